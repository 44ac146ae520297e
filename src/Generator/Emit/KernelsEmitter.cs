using System.Collections.Immutable;
using Fused.Generator.IR;
using Fused.Generator.Model;
using Fused.Generator.Planning;
using Fused.Generator.Scheduling;

namespace Fused.Generator.Emit;

/// <summary>Writes one target's file: its kernels, and what takes a batch through them tile by tile.</summary>
internal sealed class KernelsEmitter
{
    private readonly SourceWriter _writer = new();
    private readonly ModelSpec _spec;
    private readonly TargetPlan _plan;
    private readonly SimdSyntax _syntax;

    private KernelsEmitter(ModelSpec spec, TargetPlan plan)
    {
        _spec = spec;
        _plan = plan;
        _syntax = new SimdSyntax(spec.Surroundings.HideNames);
    }

    /// <summary>The name of a target's class inside the compiled model.</summary>
    public static string ClassName(Target target) => target.Name + "Kernels";

    public static string Emit(ModelSpec spec, TargetPlan plan)
    {
        var emitter = new KernelsEmitter(spec, plan);
        emitter.Write();
        return emitter._writer.ToString();
    }

    /// <summary>What takes samples through the network is given beside them; where tiles are pipelined, the size of the whole batch too.</summary>
    public static string[] RunParameters(bool isPipelined) => ["ref float y", "int samples", .. isPipelined ? ["int batch"] : Array.Empty<string>()];

    private string Machine => _plan.Target.Lanes == 1
        ? "machines without vector instructions"
        : $"machines with vectors of {Literals.Int(_plan.Target.Lanes * 32)} bits ({Literals.Int(_plan.Target.Lanes)} floats)";

    private void Write()
    {
        Header.Write(
            _writer, _spec, isKernels: true, [$"The kernels of {_spec.TypeName} for {Machine}.", .. Index()],
            [Header.RuntimeServices.TrimEnd('.'), KernelSyntax.Services.TrimEnd('.'), SimdSyntax.Intrinsics.TrimEnd('.')]);
        using (Header.OpenModel(_writer, _spec))
        using (_writer.Open("private sealed partial class Compiled"))
        {
            _writer.Documentation("summary", $"For {Machine}.");
            using (_writer.Open($"private static class {ClassName(_plan.Target)}"))
            {
                if (_plan.IsLayerByLayer)
                {
                    new LayerByLayerEmitter(_writer, _syntax, _plan).Write();
                }
                else
                {
                    Run();
                    SplitK();
                }

                var kernels = new SimdEmitter(_writer, _syntax, _spec.Surroundings.CheckOverflow);
                foreach (TilePlan tile in _plan.Tiles)
                {
                    if (!_plan.IsLayerByLayer)
                    {
                        _writer.Line();
                        Tile(tile);
                    }

                    foreach (Kernel kernel in tile.Kernels.Union(tile.SplitK).Concat(tile.Pipeline is null ? [] : [tile.Pipeline.Steady]))
                    {
                        _writer.Line();
                        kernels.Kernel(kernel);
                    }
                }

                kernels.Functions();
            }
        }
    }

    /// <summary>The kernels of a network, each with the layers that call it and the loops of its reductions from the outside in.</summary>
    private IEnumerable<string> Index()
    {
        if (!_plan.HasWindows)
        {
            yield break;
        }

        yield return "";
        foreach (var calls in _plan.Tiles[0].Calls.GroupBy(c => c.Kernel))
        {
            string count = calls.Count() == 1 ? "" : $" ({Literals.Int(calls.Count())} calls)";
            foreach (string line in new[] { $"{calls.Key.Name}{count}: {calls.Key.Summary}" }.Concat(calls.Key.Schedules.Distinct()).SelectMany(Wrapped))
            {
                yield return line;
            }
        }
    }

    /// <summary>A line of the index in pieces that fit, all but the first one set in.</summary>
    private static IEnumerable<string> Wrapped(string line, int place)
    {
        const int Width = 110;
        string rest = place == 0 ? line : "    " + line;
        while (rest.Length > Width && rest.LastIndexOf(' ', Width) is > 8 and int end)
        {
            yield return rest.Substring(0, end);
            rest = "        " + rest.Substring(end + 1);
        }

        yield return rest;
    }

    private void Run()
    {
        string tiles = string.Join(", then ", _plan.Tiles.Select(t => Literals.Int(t.Rows)));
        _writer.Documentation("summary", $"Takes the samples through the network, in tiles of {tiles}.");
        using (_syntax.OpenMethod(_writer, "public", "Run", true, ["Compiled model"], ["ref TElement x", .. RunParameters(_plan.IsPipelined)]))
        {
            ScratchMemory();
            foreach (TilePlan tile in _plan.Tiles)
            {
                string rows = Literals.Int(tile.Rows);
                _writer.Line();
                if (tile.Pipeline is { } pipeline)
                {
                    Pipeline(tile, pipeline);
                    _writer.Line();
                }

                using (_writer.Open(tile.Rows == 1 ? "for (; samples > 0; samples--)" : $"for (; samples >= {rows}; samples -= {rows})"))
                {
                    _writer.Line($"Tile{rows}(model, {SimdSyntax.Features}, ref x, ref y, ref scratch);");
                    Advance(tile);
                }
            }
        }
    }

    /// <summary>Writes the software pipeline: how tiles go one after the other, all but the last with the next one's first step.</summary>
    private void Pipeline(TilePlan tile, PipelinePlan pipeline)
    {
        string rows = Literals.Int(tile.Rows), two = Literals.Int(2 * tile.Rows);
        string results = KernelSyntax.Identifier(pipeline.Results.Name), next = KernelSyntax.Identifier(pipeline.Next.Name);
        _writer.Comment("While a tile is multiplied, the next one's map is reduced, where the batch has more maps than the LLC may hold.");
        using (_writer.Open($"if (samples >= {two} && batch >= {Literals.Int(pipeline.FewestSamples)})"))
        {
            _writer.Line($"ref float {results} = ref {Argument(pipeline.Results, tile)};");
            _writer.Line($"ref float {next} = ref {Argument(pipeline.Next, tile)};");
            _writer.Line($"Tile{rows}Prologue(model, {SimdSyntax.Features}, ref x, ref {results});");
            using (_writer.Open($"for (; samples >= {two}; samples -= {rows})"))
            {
                _writer.Line($"Tile{rows}Steady(model, {SimdSyntax.Features}, ref x, ref y, ref scratch, ref {results}, ref {next});");
                Advance(tile);
                _writer.Line($"ref float done = ref {results};");
                _writer.Line($"{results} = ref {next};");
                _writer.Line($"{next} = ref done;");
            }

            _writer.Line();
            _writer.Line($"Tile{rows}Epilogue(model, ref y, ref scratch, ref {results});");
            Advance(tile);
            _writer.Line($"samples -= {rows};");
        }
    }

    /// <summary>Writes that a tile is done.</summary>
    private void Advance(TilePlan tile)
    {
        string times = tile.Rows == 1 ? "" : Literals.Int(tile.Rows) + " * ";
        _writer.Line($"x = ref {_syntax.Unsafe}.Add(ref x, {times}InputLength);");
        _writer.Line($"y = ref {_syntax.Unsafe}.Add(ref y, {times}OutputLength);");
    }

    private void Tile(TilePlan tile)
    {
        if (_plan.IsPhased)
        {
            new PhasesEmitter(_writer, _syntax, tile, (buffer, offset) => Argument(buffer, tile, offset: offset)).Write();
            return;
        }

        string rows = tile.Rows == 1 ? "one sample" : Literals.Int(tile.Rows) + " samples", name = "Tile" + Literals.Int(tile.Rows);
        Method($"Takes {rows} through the network.", name, ["ref TElement x", "ref float y", "ref float scratch"], [.. tile.Calls]);
        if (tile.Pipeline is { } pipeline)
        {
            IEnumerable<KernelCall> others = tile.Calls.Where(c => c.Kernel != pipeline.Prologue && c.Kernel != pipeline.Epilogue);
            string results = "ref float " + KernelSyntax.Identifier(pipeline.Results.Name), next = "ref float " + KernelSyntax.Identifier(pipeline.Next.Name);
            _writer.Line();
            Method("Reduces the map of a tile.", name + "Prologue", ["ref TElement x", results], [KernelCall.Of(pipeline.Prologue)], pipeline);
            _writer.Line();
            Method(
                "Takes a tile, its map reduced, through the rest of the network, and reduces the next one's meanwhile.", name + "Steady",
                ["ref TElement x", "ref float y", "ref float scratch", results, next], [KernelCall.Of(pipeline.Steady), .. others], pipeline);
            _writer.Line();
            Method(
                "Takes a tile, its map reduced, through the rest of the network.", name + "Epilogue",
                ["ref float y", "ref float scratch", results], [KernelCall.Of(pipeline.Epilogue), .. others], pipeline);
        }

        if (!tile.SplitK.IsEmpty)
        {
            _writer.Line();
            Method(
                $"Computes one of the {Literals.Int(tile.Parts)} parts of a tile of {rows}.", name + "Part",
                ["ref TElement x", "ref float shares", "ref float scratch", _syntax.IndexType + " part"], [KernelCall.Of(tile.SplitK[0])]);
            _writer.Line();
            Method(
                $"Makes the results of {rows} of what the parts have computed.", name + "Finish",
                ["ref float shares", "ref float y", "ref float scratch"], [.. tile.SplitK.Skip(1).Select(KernelCall.Of)]);
        }

        void Method(string summary, string method, string[] parameters, ImmutableArray<KernelCall> calls, PipelinePlan? pipeline = null)
        {
            _writer.Documentation("summary", summary);
            using (_syntax.OpenMethod(_writer, "private", method, calls.Any(c => SimdSyntax.ReadsFeatures(c.Kernel)), ["Compiled model"], parameters))
            {
                foreach (var (kernel, buffers) in calls)
                {
                    IEnumerable<string> arguments = buffers.Select(b => "ref " + Argument(b, tile, pipeline));
                    arguments = SimdSyntax.ReadsFeatures(kernel) ? arguments.Prepend(SimdSyntax.Features) : arguments;
                    _writer.Line($"{kernel.Name}({string.Join(", ", kernel.Parts > 1 ? arguments.Append(IR.Kernel.Part) : arguments)});");
                }
            }
        }
    }

    /// <summary>Writes what threads call that compute a tile together: one part, and what comes after all parts.</summary>
    private void SplitK()
    {
        ImmutableArray<TilePlan> tiles = [.. _plan.Tiles.Where(t => t.Parts > 1)];
        if (tiles.IsEmpty)
        {
            return;
        }

        _writer.Line();
        _writer.Documentation("summary", "The largest tile of no more than so many samples whose channels can be split.");
        IEnumerable<string> choice = tiles.Select(t => t.Rows == 1 ? "1" : $"samples >= {Literals.Int(t.Rows)} ? {Literals.Int(t.Rows)}");
        _writer.Line($"public static int SplitKTile(int samples) => {string.Join(" : ", choice)};");
        Choose(
            "Part", "Computes one part of a tile.", readsFeatures: true, ["ref TElement x", "ref float shares", "int samples", "int part"],
            $"{SimdSyntax.Features}, ref x, ref shares, ref scratch, (nuint)part");
        Choose(
            "Finish", "Makes the results of a tile whose parts are all there.", readsFeatures: false,
            ["ref float shares", "ref float y", "int samples"], "ref shares, ref y, ref scratch");

        void Choose(string name, string summary, bool readsFeatures, string[] parameters, string arguments)
        {
            _writer.Line();
            _writer.Documentation("summary", summary);
            using (_syntax.OpenMethod(_writer, "public", name, readsFeatures, ["Compiled model"], parameters))
            {
                ScratchMemory();
                using (_writer.Open("switch (samples)"))
                {
                    foreach (TilePlan tile in tiles)
                    {
                        _writer.Line(tile == tiles[tiles.Length - 1] ? "default:" : $"case {Literals.Int(tile.Rows)}:");
                        _writer.Line($"    Tile{Literals.Int(tile.Rows)}{name}(model, {arguments});");
                        _writer.Line("    break;");
                    }
                }
            }
        }
    }

    private void ScratchMemory()
    {
        int scratch = _plan.Tiles.Max(t => t.ScratchLength);
        _writer.Line(scratch == 0
            ? "ref float scratch = ref y; // not used: nothing has to be kept between the steps"
            : $"ref float scratch = ref {Header.RuntimeServices}Scratch.Get({Literals.Int(scratch)});");
    }

    /// <summary>The first value, word or pair of some weights of <c>model</c>.</summary>
    public static string Weights(Buffer buffer) => $"model.{buffer.Name}.{(buffer.IsPairs ? "Pairs" : buffer.Stride > 1 ? "Words" : "Reference")}";

    /// <summary>What a method of a tile's gives a kernel as a buffer; what a pipeline's tiles pass on are parameters of the method.</summary>
    private string Argument(Buffer buffer, TilePlan tile, PipelinePlan? pipeline = null, string offset = "") => buffer.Scope switch
    {
        _ when pipeline is not null && (buffer == pipeline.Results || buffer == pipeline.Next) => KernelSyntax.Identifier(buffer.Name),
        BufferScope.Input => At("x", offset),
        BufferScope.Output => At("y", offset),
        BufferScope.Shared => "shares",
        BufferScope.Weights => At(Weights(buffer), offset),
        _ => At("scratch", string.Join(" + ", new[] { Place(buffer, tile), offset }.Where(part => part.Length > 0))),
    };

    private static string Place(Buffer buffer, TilePlan tile) => tile.Scratch.First(s => s.Buffer == buffer).Offset is int place and > 0 ? Literals.Int(place) : "";

    private string At(string reference, string offset) => offset.Length == 0 ? reference : $"{_syntax.Unsafe}.Add(ref {reference}, {offset})";
}
