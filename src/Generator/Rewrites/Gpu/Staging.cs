using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Rewrites.Gpu;

/// <summary>
/// Copies a sample next to the threads, as float32, before what reads it more than once: the features of a sample are loaded
/// from the caller's memory once, in order, whatever is computed of them.
/// </summary>
internal static class Staging
{
    public static ImmutableArray<Stage> Run(ImmutableArray<Stage> stages)
    {
        ImmutableArray<Stage> readers = [.. stages.Where(s => Inputs(s).Any())];
        if (readers.Length == 0 || (readers.Length == 1 && !Loads.HaveWeights(readers[0])))
        {
            return stages;
        }

        Buffer input = Inputs(readers[0]).First().Buffer;
        var staged = new Buffer("staged", BufferScope.Scratch, Factor.RoundUp(input.Pitch), Factor.RoundUp(input.Pitch));
        var element = new Axis("i", input.Pitch);
        var copy = new Stage(
            staged.Name, $"{staged.Name}: the sample, next to the threads that read it again and again", [element], [], [],
            [new Write(staged, element.Index, input.At(element.Index))]);
        var replace = new Replace(staged);
        return
        [
            copy,
            .. stages.Select(replace.Rewrite),
        ];
    }

    private static IEnumerable<Load> Inputs(Stage stage) => Loads.Of(stage).OfType<Load>().Where(l => l.Buffer.Scope == BufferScope.Input);

    private sealed class Replace(Buffer staged) : Rewriter
    {
        public override Expr Rewrite(Expr expr) =>
            expr is Load { Buffer.Scope: BufferScope.Input } load ? new Load(staged, load.Index, load.Lanes) : base.Rewrite(expr);
    }
}
