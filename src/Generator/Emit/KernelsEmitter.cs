using Fused.Generator.IR;
using Fused.Generator.Model;
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

    private string Machine => _plan.Target.Lanes == 1
        ? "machines without vector instructions"
        : $"machines with vectors of {Literals.Int(_plan.Target.Lanes * 32)} bits ({Literals.Int(_plan.Target.Lanes)} floats)";

    private void Write()
    {
        Header.Write(
            _writer, _spec, [$"The kernels of {_spec.TypeName} for {Machine}."],
            [
                KernelSyntax.Services.TrimEnd('.'), SimdSyntax.Intrinsics.TrimEnd('.'),
                .. _spec.Weights == ElementType.Float32 ? Array.Empty<string>() : [Header.RuntimeServices.TrimEnd('.')],
            ]);
        using (Header.OpenModel(_writer, _spec))
        using (_writer.Open("private sealed partial class Compiled"))
        {
            _writer.Documentation("summary", $"For {Machine}.");
            using (_writer.Open($"private static class {ClassName(_plan.Target)}"))
            {
                Run();
                var kernels = new SimdEmitter(_writer, _syntax, _spec.Surroundings.CheckOverflow);
                foreach (TilePlan tile in _plan.Tiles)
                {
                    _writer.Line();
                    Tile(tile);
                    foreach (Kernel kernel in tile.Kernels)
                    {
                        _writer.Line();
                        kernels.Kernel(kernel);
                    }
                }

                kernels.Functions();
            }
        }
    }

    private void Run()
    {
        string tiles = string.Join(", then ", _plan.Tiles.Select(t => Literals.Int(t.Rows)));
        _writer.Documentation("summary", $"Takes the samples through the network, in tiles of {tiles}.");
        using (_writer.Open("public static void Run(Compiled model, ref float x, ref float y, int samples)"))
        {
            int scratch = _plan.Tiles.Max(t => t.ScratchLength);
            _writer.Line(scratch == 0
                ? "ref float scratch = ref y; // not used: nothing has to be kept between the steps"
                : $"ref float scratch = ref {Header.RuntimeServices}Scratch.Get({Literals.Int(scratch)});");
            foreach (TilePlan tile in _plan.Tiles)
            {
                string rows = Literals.Int(tile.Rows), times = tile.Rows == 1 ? "" : rows + " * ";
                _writer.Line();
                using (_writer.Open(tile.Rows == 1 ? "for (; samples > 0; samples--)" : $"for (; samples >= {rows}; samples -= {rows})"))
                {
                    _writer.Line($"Tile{rows}(model, ref x, ref y, ref scratch);");
                    _writer.Line($"x = ref {_syntax.Unsafe}.Add(ref x, {times}InputLength);");
                    _writer.Line($"y = ref {_syntax.Unsafe}.Add(ref y, {times}OutputLength);");
                }
            }
        }
    }

    private void Tile(TilePlan tile)
    {
        string rows = tile.Rows == 1 ? "one sample" : Literals.Int(tile.Rows) + " samples";
        _writer.Documentation("summary", $"Takes {rows} through the network.");
        using (_writer.Open($"private static void Tile{Literals.Int(tile.Rows)}(Compiled model, ref float x, ref float y, ref float scratch)"))
        {
            foreach (Kernel kernel in tile.Kernels)
            {
                _writer.Line($"{kernel.Name}({string.Join(", ", kernel.Buffers.Select(b => Argument(b, tile)))});");
            }
        }
    }

    private string Argument(Buffer buffer, TilePlan tile) => buffer.Scope switch
    {
        BufferScope.Input => "ref x",
        BufferScope.Output => "ref y",
        BufferScope.Weights => $"ref model.{buffer.Name}.{(buffer.Stride > 1 ? "Words" : "Reference")}",
        _ => tile.Scratch.First(s => s.Buffer == buffer).Offset is int offset and > 0
            ? $"ref {_syntax.Unsafe}.Add(ref scratch, {Literals.Int(offset)})"
            : "ref scratch",
    };
}
