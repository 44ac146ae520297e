namespace Fused.Generator.IR;

/// <summary>How much room scratch rows get beyond their values.</summary>
internal static class Padding
{
    /// <summary>The most outputs that any target's schedule computes at a time: three vectors of 16.</summary>
    public const int WidestPanel = 48;

    /// <summary>Outputs that are a multiple of this fill the vectors of every target.</summary>
    private const int WidestVector = 16;

    /// <summary>4 KiB: rows at a multiple of this distance compete for the same lines of L1.</summary>
    private const int CacheAlias = 1024;

    public static bool IsNoneNeeded(int outputs) => outputs % WidestVector == 0;

    /// <summary>A row of outputs with room for the last panel to run over.</summary>
    public static int Row(int outputs) => IsNoneNeeded(outputs) ? outputs : RoundUp(outputs + WidestPanel - 1);

    /// <summary>The distance from one sample's row to the next.</summary>
    public static int Pitch(int length)
    {
        int pitch = RoundUp(length);
        return pitch % (CacheAlias / 4) == 0 ? pitch + WidestVector : pitch;
    }

    private static int RoundUp(int length) => checked((length + WidestVector - 1) / WidestVector * WidestVector);
}
