using Fused.Generator.IR;

namespace Fused.Generator.Graph;

/// <summary>A place in one sample, in terms of a stage's axes. A vector has one position.</summary>
internal sealed record Point(Affine Row, Affine Column, Affine Channel)
{
    /// <summary>A channel of a vector.</summary>
    public static Point Of(Affine channel) => new(Affine.Constant(0), Affine.Constant(0), channel);
}
