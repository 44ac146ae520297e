namespace Fused.Generator.Graph;

/// <summary>One of a network's outputs.</summary>
/// <param name="Name">What it is called: its layer's name, or that of the block's use which ends in the layer.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Offset">The values of other outputs that come before its own in a sample's row.</param>
internal sealed record NetworkOutput(string Name, Shape Shape, int Offset)
{
    /// <summary>As texts list it: <c>category (10)</c>.</summary>
    public override string ToString() => $"{Name} {Shape}";
}
