using Fused.Testing.Data;

namespace Fused.Benchmarks.Heads;

/// <summary>InceptionV3's last maps of photos, from the data that lie beside the repository.</summary>
internal static class RealMaps
{
    private static readonly MapShape Shape = new(8, 8, 2048, DataLayout.ChannelsLast);

    private static readonly Lazy<float[]?> Maps = new(Read);

    /// <summary>Fills memory with the maps, again and again; false where they have another shape or are not on this machine.</summary>
    public static bool TryFill(MapShape shape, Span<float> target)
    {
        if (shape with { Layout = DataLayout.ChannelsLast } != Shape || Maps.Value is not { } maps)
            return false;

        for (int start = 0; start < target.Length; start += maps.Length)
        {
            Span<float> part = target[start..Math.Min(start + maps.Length, target.Length)];
            Layouts.Convert(maps.AsSpan(0, part.Length), Shape, shape.Layout, part);
        }

        return true;
    }

    private static float[]? Read()
    {
        if (SharedFile.Find("inception-mixed10/maps.npz") is not { } path)
            return null;

        using TensorFile file = TensorFile.Open(path);
        return file.ReadSingle("maps");
    }
}
