using Fused.Generator.IR;
using Fused.Generator.Model;
using Fused.Generator.Scheduling;

namespace Fused.Generator.Emit;

/// <summary>Writes one target's file: its kernels, and what takes a batch through them tile by tile.</summary>
internal static class KernelsEmitter
{
    /// <summary>The name of a target's class inside the compiled model.</summary>
    public static string ClassName(Target target) => target.Name + "Kernels";

    public static string Emit(ModelSpec spec, TargetPlan plan)
    {
        var writer = new SourceWriter();
        Header.Write(writer, $"The kernels of {spec.TypeName} for {Machine(plan.Target)}.");
        writer.Lines(
            "using global::System.Runtime.CompilerServices;",
            "using global::System.Runtime.Intrinsics;",
            "");
        using (Header.OpenModel(writer, spec))
        using (writer.Open("private sealed partial class Compiled"))
        {
            writer.Documentation("summary", $"For {Machine(plan.Target)}.");
            using (writer.Open($"private static class {ClassName(plan.Target)}"))
            {
                Run(writer, plan);
                var emitter = new SimdEmitter(writer);
                foreach (TilePlan tile in plan.Tiles)
                {
                    writer.Line();
                    Tile(writer, tile);
                    foreach (Kernel kernel in tile.Kernels)
                    {
                        writer.Line();
                        emitter.Kernel(kernel);
                    }
                }

                emitter.Functions();
            }
        }

        return writer.ToString();
    }

    private static string Machine(Target target) => target.Lanes == 1
        ? "machines without vector instructions"
        : $"machines with vectors of {Literals.Int(target.Lanes * 32)} bits ({Literals.Int(target.Lanes)} floats)";

    private static void Run(SourceWriter writer, TargetPlan plan)
    {
        writer.Documentation("summary", [$"Takes the samples through the network, in tiles of {string.Join(", then ", plan.Tiles.Select(t => Literals.Int(t.Rows)))}."]);
        using (writer.Open("public static void Run(Compiled model, ref float x, ref float y, int samples)"))
        {
            int scratch = plan.Tiles.Max(t => t.ScratchLength);
            writer.Line(scratch == 0 ? "ref float scratch = ref y;" : $"ref float scratch = ref global::Fused.CompilerServices.Scratch.Get({Literals.Int(scratch)});");
            foreach (TilePlan tile in plan.Tiles)
            {
                string rows = Literals.Int(tile.Rows);
                using (writer.Open($"for (; samples >= {rows}; samples -= {rows})"))
                {
                    writer.Line($"Tile{rows}(model, ref x, ref y, ref scratch);");
                    writer.Line($"x = ref Unsafe.Add(ref x, {rows} * InputLength);");
                    writer.Line($"y = ref Unsafe.Add(ref y, {rows} * OutputLength);");
                }
            }
        }
    }

    private static void Tile(SourceWriter writer, TilePlan tile)
    {
        string rows = tile.Rows == 1 ? "one sample" : Literals.Int(tile.Rows) + " samples";
        writer.Documentation("summary", $"Takes {rows} through the network.");
        using (writer.Open($"private static void Tile{Literals.Int(tile.Rows)}(Compiled model, ref float x, ref float y, ref float scratch)"))
        {
            foreach (Kernel kernel in tile.Kernels)
            {
                writer.Line($"{kernel.Name}({string.Join(", ", kernel.Buffers.Select(b => Argument(b, tile)))});");
            }
        }
    }

    private static string Argument(Buffer buffer, TilePlan tile) => buffer.Scope switch
    {
        BufferScope.Input => "ref x",
        BufferScope.Output => "ref y",
        BufferScope.Weights => $"ref model.{buffer.Name}.Reference",
        _ => tile.Scratch.First(s => s.Buffer == buffer).Offset is int offset and > 0
            ? $"ref Unsafe.Add(ref scratch, {Literals.Int(offset)})"
            : "ref scratch",
    };
}
