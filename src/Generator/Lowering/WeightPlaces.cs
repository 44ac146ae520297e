using Fused.Generator.IR;

namespace Fused.Generator.Lowering;

/// <summary>Where a layout puts the weights of a matrix, in terms of the loops that count its rows and columns.</summary>
/// <param name="layout">The layout.</param>
/// <param name="loop">By its variable, the elements of a loop's step and of all its steps together; nothing for what is no loop of the stage.</param>
internal sealed class WeightPlaces(WeightLayout layout, Func<string, (int Step, int Count)?> loop)
{
    /// <summary>The load of a weight.</summary>
    public Load Load(Buffer matrix, Affine row, Affine column)
    {
        int columns = matrix.Pitch, rows = matrix.Length / columns;

        // A row is a group's first + place in the group, and a column panel start + place in the panel: the loops that
        // step by whole groups and panels give the starts. A matrix that is one panel has no loop to step by it.
        Affine index = layout.IsTransposed ? (column * rows) + row
            : Split(row, layout.Interleave, layout.PanelWidth, 1)
                + Split(column, layout.PanelWidth >= columns ? int.MaxValue : layout.PanelWidth, layout.Padded(rows), layout.Interleave);
        return new Load(matrix with { Length = layout.Length(rows, columns), Stride = layout.Interleave }, index);
    }

    /// <summary>An index whose steps by whole blocks of elements go as far as one factor says, and the others as another.</summary>
    /// <exception cref="InvalidOperationException">The others may leave their block: no affine index says where they are.</exception>
    private Affine Split(Affine index, int block, int wholeFactor, int partFactor)
    {
        if (block == 1 || block == int.MaxValue)
        {
            return index * (block == 1 ? wholeFactor : partFactor);
        }

        int part = index.Offset % block;
        Affine split = Affine.Constant(((index.Offset - part) * wholeFactor) + (part * partFactor));
        foreach (var (variable, coefficient) in index.Terms)
        {
            // What counts whole slices of the stage is no loop of it: there the elements of a slice say it.
            var counts = loop(variable);
            int step = coefficient * (counts?.Step ?? 1);
            bool isWhole = step % block == 0;
            part += isWhole ? 0 : counts is not var (each, all) ? block : step * ((all - 1) / each);
            split += Affine.Variable(variable) * (coefficient * (isWhole ? wholeFactor : partFactor));
        }

        return part < block ? split
            : throw new InvalidOperationException($"Weights at {index} lie in blocks of {block}, and no loop steps by whole ones.");
    }
}
