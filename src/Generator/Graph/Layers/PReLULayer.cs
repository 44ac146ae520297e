using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Graph;

/// <summary>Along which axes alphas are shared: the members and values of the runtime's <c>Fused.PReLUAxes</c>.</summary>
internal enum SharedAxes
{
    None,
    Positions,
}

/// <summary>x where it is not negative, else alpha * x, with an alpha for each value or for each channel.</summary>
internal sealed record PReLULayer(SharedAxes SharedAxes, string? DeclaredName = null) : Layer(DeclaredName)
{
    public override string Kind => "PReLU";

    public override FusionPattern Pattern => FusionPattern.Elementwise;

    public override Shape InferShape(Shape input) => input;

    /// <summary>Of the input's shape in the order of memory, with 1 for height and width where they share the alphas.</summary>
    public override ImmutableArray<ParameterTensor> Parameters(string name, Shape input)
    {
        Shape alphas = SharedAxes == SharedAxes.Positions ? input with { Height = 1, Width = 1 } : input;
        return [ParameterTensor.Of(name, TensorRole.Alpha, [.. alphas.Dimensions])];
    }

    public override void Compute(IStageBuilder stages, Node node) => stages.MapWith(
        TensorRole.Alpha, isForEach: SharedAxes == SharedAxes.None,
        (value, alpha) => new Binary(BinaryOp.Max, value, new FloatConstant(0)) + (alpha * new Binary(BinaryOp.Min, value, new FloatConstant(0))));

    /// <summary>A function of one value.</summary>
    public override long Flops(Shape input) => input.Length;
}
