using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.IR;

namespace Fused.Generator.Scheduling;

/// <summary>
/// Windows of single channels, pooled or weighted: vectors of channels, for a few neighbouring positions at once, whose windows overlap. What
/// several of them read is loaded once.
/// </summary>
internal static class WindowSchedule
{
    /// <summary>Positions of a register tile: their sums, the taps that they share and the weights fit in 16 registers.</summary>
    private const int MostPositions = 5, FewPositions = 4;

    /// <summary>Taps of a window that are all written out.</summary>
    private const int FewTaps = 9;

    /// <summary>Vectors of results that hide an addition's latency where there is one position only.</summary>
    private const int Vectors = 4;

    public static StageSchedule Run(Stage stage, Axis channels, Target target)
    {
        Axis? positions = stage.Axes.LastOrDefault(a => a.Name is AxisNames.Column or AxisNames.Position);
        int rows = positions is null ? 1 : Positions(positions.Extent);
        Axis inner = stage.ReductionAxes[stage.ReductionAxes.Length - 1];
        ImmutableArray<Level> reduction =
        [
            .. stage.ReductionAxes.Select(a => new Level(a.Name, 1, stage.Terms <= FewTaps || (a == inner && a.Extent <= FewTaps) ? LoopKind.Unrolled : LoopKind.Serial)),
        ];
        int width = target.Lanes * (rows == 1 ? Vectors : 1);
        return new StageSchedule(
            [
                .. stage.Axes.Where(a => a != channels && a != positions).Select(a => new Level(a.Name, 1, LoopKind.Serial)),
                .. positions is null ? [] : new[] { new Level(positions.Name, rows, LoopKind.Serial) },
                new(channels.Name, width, LoopKind.Serial),
                .. reduction,
                .. positions is null || rows == 1 ? [] : new[] { new Level(positions.Name, 1, LoopKind.Unrolled) },
                .. target.Lanes == 1 ? [new Level(channels.Name, 1, LoopKind.Unrolled)]
                    : new[] { new Level(channels.Name, target.Lanes, LoopKind.Unrolled), new Level(channels.Name, 1, LoopKind.Vectorized) },
            ],
            new WeightLayout(channels.Extent),
            rows == 1 ? "" : string.Format(CultureInfo.InvariantCulture, "{0} positions at a time, whose windows overlap: what they share is loaded once.", rows));
    }

    /// <summary>As many positions as divide a row, else a few and a tail.</summary>
    private static int Positions(int extent) =>
        Enumerable.Range(2, MostPositions - 1).LastOrDefault(d => extent % d == 0) is > 0 and int divisor ? divisor : Math.Min(extent, FewPositions);
}
