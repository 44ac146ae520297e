namespace Fused.Generator.Graph;

/// <summary>Inverted dropout: active in training only, the identity at inference.</summary>
internal sealed record DropoutLayer(double Rate, string? DeclaredName = null) : Layer(DeclaredName)
{
    public override string Kind => "Dropout";

    public override Shape InferShape(Shape input) => input;

    public override FusionPattern Pattern => FusionPattern.Identity;
}
