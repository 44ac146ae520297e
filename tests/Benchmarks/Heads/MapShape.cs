namespace Fused.Benchmarks.Heads;

/// <summary>The shape of a sample: a feature map, or with one position a vector.</summary>
internal readonly record struct MapShape(int Height, int Width, int Channels, DataLayout Layout)
{
    public int Positions => Height * Width;

    public int Length => Positions * Channels;

    public bool IsVector => Positions == 1;

    public override string ToString() => IsVector ? $"{Channels}" : $"{Height}x{Width}x{Channels}";
}
