using Fused.Generator.Fusion;

namespace Fused.Generator.Graph;

/// <summary>All values as one vector, in memory order.</summary>
/// <param name="ChannelsLastOrder">Whether a channels-first map is taken in (height, width, channels) order instead, as in Keras.</param>
/// <param name="DeclaredName">The declared name.</param>
internal sealed record FlattenLayer(bool ChannelsLastOrder, string? DeclaredName = null) : Layer(DeclaredName)
{
    public override string Kind => "Flatten";

    public override Shape InferShape(Shape input) => Shape.Vector(input.Length);

    public override FusionPattern Pattern => FusionPattern.View;

    public override bool CommutesWithAffine => true;

    public override int ChannelRun(int run) => ChannelsLastOrder ? 1 : run;

    public override void Compute(Computation computation, Node node) => computation.Flatten(ChannelsLastOrder);
}
