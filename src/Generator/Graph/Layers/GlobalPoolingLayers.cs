using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>A reduction of each channel over the positions of a map, in either layout, to a vector.</summary>
internal abstract record GlobalPoolingLayer(string? DeclaredName) : Layer(DeclaredName)
{
    public override Shape InferShape(Shape input) => Shape.Vector(input.Channels);

    public override IEnumerable<Problem> Check(Shape input)
    {
        if (input.IsVector)
            yield return new Problem(Descriptors.PoolingOfVector, [Kind, input.ToString()]);
    }

    /// <summary>A channel of n positions takes n - 1 additions and a division, or n - 1 comparisons.</summary>
    public override long Flops(Shape input) => input.Length;
}

/// <summary>The mean of each channel.</summary>
internal sealed record GlobalAveragePooling2DLayer(string? DeclaredName = null) : GlobalPoolingLayer(DeclaredName)
{
    public override string Kind => "GlobalAveragePooling2D";
}

/// <summary>The maximum of each channel.</summary>
internal sealed record GlobalMaxPooling2DLayer(string? DeclaredName = null) : GlobalPoolingLayer(DeclaredName)
{
    public override string Kind => "GlobalMaxPooling2D";

    public override long Flops(Shape input) => input.Length - input.Channels;
}

/// <summary>The maxima of all channels, then their means.</summary>
internal sealed record AdaptiveConcatPooling2DLayer(string? DeclaredName = null) : GlobalPoolingLayer(DeclaredName)
{
    public override string Kind => "AdaptiveConcatPooling2D";

    public override Shape InferShape(Shape input) => Shape.Vector(2 * input.Channels);

    public override long Flops(Shape input) => (2L * input.Length) - input.Channels;
}
