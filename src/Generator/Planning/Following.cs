using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Planning;

/// <summary>
/// Finds stages that go on slice by slice with what the stage before makes, as a global pool does with the channels of a convolution's map: the slice that
/// was computed is in the cache of the thread that computed it, and nobody has to wait for the others.
/// </summary>
internal static class Following
{
    /// <summary>
    /// The axis of the next stage along which a slice reads just what the same slice of this stage has written; null where there is none, or where
    /// the next one is a product, which has slices of its own.
    /// </summary>
    /// <param name="stage">This stage.</param>
    /// <param name="axis">The axis along which it is cut.</param>
    /// <param name="next">The next one.</param>
    public static Axis? Of(Stage stage, Axis axis, Stage next)
    {
        Load[] loads = [.. Loads.Of(next).OfType<Load>()];
        if (Loads.HaveWeights(next) || next.Writes.Any(w => Loads.Of(stage).OfType<Load>().Any(l => l.Buffer == w.Target)))
        {
            return null;
        }

        ImmutableArray<Buffer> passed = [.. stage.Writes.Select(w => w.Target).Distinct().Where(b => loads.Any(l => l.Buffer == b))];
        return passed.IsEmpty ? null : next.Axes.FirstOrDefault(a => a.Extent == axis.Extent && passed.All(buffer => AreOfOneSlice(
            [
                .. stage.Writes.Where(w => w.Target == buffer).Select(w => new Access(w.Index, axis, stage)),
                .. loads.Where(l => l.Buffer == buffer).Select(l => new Access(l.Index, a, next)),
            ],
            axis.Extent)));
    }

    /// <summary>An index into what is passed on.</summary>
    private sealed record Access(Affine Index, Axis Along, Stage Stage)
    {
        public int Stride => Index.Coefficient(Along.Name);

        public IEnumerable<(string Variable, int Coefficient)> Others => Index.Terms.Where(t => t.Variable != Along.Name);

        /// <summary>How far the terms go that stay inside a slice.</summary>
        public long Inside(long span) => Others.Where(t => t.Coefficient < span).Sum(t => (long)t.Coefficient * (Stage.Find(t.Variable)!.Extent - 1));
    }

    /// <summary>
    /// Whether accesses meet only where their slices are the same: all move by the same stride from slice to slice, by less inside one, and by whole
    /// multiples of what all slices span otherwise.
    /// </summary>
    private static bool AreOfOneSlice(ImmutableArray<Access> accesses, int slices)
    {
        int stride = accesses[0].Stride, first = accesses.Min(a => a.Index.Offset);
        if (stride <= 0 || accesses.Any(a => a.Stride != stride || a.Others.Any(t => t.Coefficient < 0)))
        {
            return false;
        }

        long span = (long)stride * slices;
        int row = accesses.SelectMany(a => a.Others).Select(t => t.Coefficient).Where(c => c >= span).Aggregate(0, Divisor);
        return (row == 0 || row >= span)
            && accesses.All(a => (row == 0 ? a.Index.Offset - first : (a.Index.Offset - first) % row) + a.Inside(span) < stride);
    }

    private static int Divisor(int x, int y) => y == 0 ? x : Divisor(y, x % y);
}
