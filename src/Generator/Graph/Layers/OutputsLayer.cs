using System.Collections.Immutable;

namespace Fused.Generator.Graph;

/// <summary>
/// The end of a network of several outputs: a row with all of them, one after the other, each in its own shape's order. No layer of the
/// declaration's, but one of the graph's: who asks which layers read a value finds that the caller does, and whoever runs a network need not
/// know how many outputs it has.
/// </summary>
/// <param name="Names">The outputs' names, in order.</param>
internal sealed record OutputsLayer(EquatableArray<string> Names) : Layer("outputs")
{
    public override string Kind => "Outputs";

    public override FusionPattern Pattern => FusionPattern.Join;

    public override Shape InferShape(Shape input) => InferShape([input]);

    public override Shape InferShape(ImmutableArray<Shape> inputs) => Shape.Vector(Limits.Saturate(inputs.Sum(input => (long)input.Length)));

    public override void Compute(IStageBuilder stages, Node node) => stages.Gather();
}
