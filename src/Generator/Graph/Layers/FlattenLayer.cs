namespace Fused.Generator.Graph;

/// <summary>All values as one vector, in memory order unless told another one.</summary>
/// <param name="ChannelsLastOrder">Whether a channels-first map is taken in (height, width, channels) order instead, as in Keras.</param>
/// <param name="ChannelsFirstOrder">Whether a channels-last map is taken in (channels, height, width) order instead, as in PyTorch.</param>
/// <param name="DeclaredName">The declared name.</param>
internal sealed record FlattenLayer(bool ChannelsLastOrder, bool ChannelsFirstOrder = false, string? DeclaredName = null) : Layer(DeclaredName)
{
    public override string Kind => "Flatten";

    public override Shape InferShape(Shape input) => Shape.Vector(input.Length);

    public override FusionPattern Pattern => FusionPattern.View;

    public override bool CommutesWithAffine => true;

    public override int ChannelRun(int run, Shape input) =>
        input.IsVector ? run : Order(input).ChannelsAreLast ? 1 : input.Positions;

    public override Interchange? Reordering(Shape input)
    {
        bool isOther = Order(input).ChannelsFirst != input.ChannelsFirst && input.Positions > 1 && input.Channels > 1;
        return !isOther ? null : input.ChannelsAreLast ? new(input.Positions, input.Channels) : new(input.Channels, input.Positions);
    }

    public override void Compute(IStageBuilder stages, Node node) => stages.Flatten(Order(node.Input));

    /// <summary>The map as the vector has its values.</summary>
    private Shape Order(Shape input) =>
        ChannelsLastOrder || ChannelsFirstOrder ? input with { ChannelsFirst = ChannelsFirstOrder && !input.IsVector } : input;
}
