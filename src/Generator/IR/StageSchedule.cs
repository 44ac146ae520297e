using System.Collections.Immutable;
using System.Globalization;

namespace Fused.Generator.IR;

/// <summary>
/// One loop of a stage: over <paramref name="Axis"/> in steps of <paramref name="Step"/> elements. Levels stand from the
/// outside in; an axis that stands several times is split, its first level running over the whole axis and each further one
/// over the step of the one before.
/// </summary>
/// <param name="RoundUp">Whether a last, partial step runs on into padding instead of getting code of its own.</param>
internal sealed record Level(string Axis, int Step, LoopKind Kind, bool RoundUp = false)
{
    public override string ToString() =>
        Axis + (Step == 1 ? "" : "/" + Step.ToString(CultureInfo.InvariantCulture))
        + " " + Kind.ToString().ToLowerInvariant() + (RoundUp ? " padded" : "");
}

/// <summary>How a weight matrix (rows: inputs, columns: outputs) lies in memory, so that the inner loop reads it in order.</summary>
/// <param name="PanelWidth">
/// The matrix is cut into panels of so many columns, one panel after the other, each row by row: [column / width][row][column %
/// width]. 0: transposed, [column][row].
/// </param>
/// <param name="Interleave">
/// In panels, how many neighbouring rows are interleaved, [column / width][row / interleave][column % width][row % interleave]:
/// more than 1 where as many narrow weights make a word.
/// </param>
internal readonly record struct WeightLayout(int PanelWidth, int Interleave = 1)
{
    public static WeightLayout Transposed => new(0);

    public bool IsTransposed => PanelWidth == 0;

    /// <summary>Elements with the padding of the last panel.</summary>
    public int Length(int rows, int columns) =>
        IsTransposed ? rows * columns : (columns + PanelWidth - 1) / PanelWidth * PanelWidth * Padded(rows);

    /// <summary>The rows with those that the last word has too many.</summary>
    public int Padded(int rows) => (rows + Interleave - 1) / Interleave * Interleave;
}

/// <summary>How one stage is computed on one target.</summary>
/// <param name="Levels">The loops from the outside in.</param>
/// <param name="Weights">The layout of the stage's weight matrix, where it has one.</param>
/// <param name="Why">Why it is so, for the reader of the generated code; empty where it is plain.</param>
internal sealed record StageSchedule(ImmutableArray<Level> Levels, WeightLayout Weights, string Why)
{
    public override string ToString() => string.Join(", ", Levels);
}
