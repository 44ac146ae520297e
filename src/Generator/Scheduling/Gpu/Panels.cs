using Fused.Generator.IR;
using Fused.Generator.Rewrites.Gpu;

namespace Fused.Generator.Scheduling.Gpu;

/// <summary>How the outputs of a matrix product are shared out: all schedules read one packed matrix.</summary>
/// <param name="Vectors">Vectors of outputs in a panel, one for each of a block's threads in a row.</param>
/// <param name="Count">Panels.</param>
internal readonly record struct Panels(int Vectors, int Count)
{
    /// <summary>A warp's threads; half as many still load whole lines.</summary>
    private const int Most = 32, Fewest = 16;

    /// <summary>Outputs with the padding of the last panel, and so columns of the packed matrix.</summary>
    public int Width => Vectors * Count * Grid.Lanes;

    /// <summary>Panels of one width, with as little padding as that takes.</summary>
    public static Panels Of(int outputs)
    {
        int vectors = Factor.RoundUp(outputs) / Grid.Lanes;
        for (; vectors > Most; vectors++)
        {
            int panel = Factor.LargestDivisor(vectors, Most);
            if (panel >= Fewest)
            {
                return new Panels(panel, vectors / panel);
            }
        }

        return new Panels(vectors, 1);
    }
}
