using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>An activation function as a layer of its own.</summary>
internal sealed record ActivationLayer(ActivationFunction Function, string? DeclaredName = null) : Layer(DeclaredName)
{
    public override string Kind => "Activation";

    public override Shape InferShape(Shape input) => input;

    public override IEnumerable<Problem> Check(Shape input) =>
        Function.IsOverLastAxis ? LastAxis.Check(this, input) : [];

    public override long Flops(Shape input) => (long)input.Length * Function.FlopsPerValue;

    public override FusionPattern Pattern => Function.IsOverLastAxis ? FusionPattern.RowFunction : FusionPattern.Elementwise;

    public override bool IsNonNegative => Function.IsNonNegative;

    public override void Compute(IStageBuilder stages, Node node) => Function.Compute(stages);

    public override string Describe() => Function.KerasName;
}

/// <summary>Softmax over the last axis as a layer of its own, as Keras names it.</summary>
internal sealed record SoftmaxLayer(string? DeclaredName = null) : Layer(DeclaredName)
{
    public override string Kind => "Softmax";

    public override Shape InferShape(Shape input) => input;

    public override IEnumerable<Problem> Check(Shape input) => LastAxis.Check(this, input);

    public override long Flops(Shape input) =>
        (long)input.Length * ActivationFunction.Of(ActivationKind.Softmax).FlopsPerValue;

    public override FusionPattern Pattern => FusionPattern.RowFunction;

    public override void Compute(IStageBuilder stages, Node node) => stages.Softmax(logarithm: false);
}
