using System.Collections.Immutable;
using Fused.Generator.Planning;

namespace Fused.Generator.Emit;

/// <summary>Writes how a network's sample goes through its phases, on one thread or on several.</summary>
/// <param name="writer">Where to.</param>
/// <param name="syntax">How it is spelled.</param>
/// <param name="tile">The kernels' calls.</param>
/// <param name="argument">What a call gives a kernel for a buffer, which begins so many elements further on (none: empty).</param>
internal sealed class PhasesEmitter(SourceWriter writer, SimdSyntax syntax, TilePlan tile, Func<Buffer, string, string> argument)
{
    private static readonly string[] Memory = ["ref TElement x", "ref float y", "ref float scratch"];

    public void Write()
    {
        writer.Documentation("summary", "Takes one sample through the network.");
        using (syntax.OpenMethod(writer, "private", "Tile1", true, ["Compiled model"], Memory))
        {
            using (writer.Open("for (int phase = 0; phase < Tasks.Length; phase++)"))
            using (writer.Open("for (int task = 0; task < Tasks[phase]; task++)"))
            {
                writer.Line($"Execute(model, {SimdSyntax.Features}, ref x, ref y, ref scratch, phase, ({syntax.IndexType})task);");
            }
        }

        writer.Line();
        writer.Documentation("summary", "The tasks of each phase. Those of one need nothing of each other, and what all phases before have made.");
        writer.Line("public static global::System.ReadOnlySpan<short> Tasks =>");
        writer.Line("[");
        foreach (IEnumerable<string> line in tile.Phases.Select((phase, i) => (Text: Literals.Int(phase.Sum(c => c.Tasks)), Line: i / 16)).GroupBy(t => t.Line, t => t.Text))
        {
            writer.Line($"    {string.Join(", ", line)},");
        }

        writer.Line("];");
        writer.Line();
        writer.Documentation("summary", "Computes a task of a phase.");
        using (syntax.OpenMethod(writer, "public", "Execute", true, ["Compiled model"], [.. Memory, "int phase", syntax.IndexType + " task"]))
        using (writer.Open("switch (phase)"))
        {
            for (int i = 0; i < tile.Phases.Length; i++)
            {
                Phase(i, tile.Phases[i]);
            }
        }
    }

    private void Phase(int number, ImmutableArray<KernelCall> calls)
    {
        foreach (string layers in calls.Select(c => c.Layers).Distinct())
        {
            writer.Comment(layers);
        }

        writer.Line($"case {Literals.Int(number)}:");
        int first = 0;
        foreach (KernelCall call in calls)
        {
            bool isLast = call == calls[calls.Length - 1];
            string condition = (first == 0 ? "" : "else ") + (isLast ? "" : $"if (task < {Literals.Int(first + call.Tasks)}) ");
            writer.Line($"    {condition}{Call(call, first)}");
            first += call.Tasks;
        }

        writer.Line("    break;");
    }

    private string Call(KernelCall call, int first)
    {
        string task = first == 0 ? "task" : $"(task - {Literals.Int(first)})";
        IEnumerable<string> arguments = call.Arguments.Select((buffer, i) => "ref " + argument(buffer, Offset(buffer, call.Stride(i))));
        arguments = SimdSyntax.ReadsFeatures(call.Kernel) ? arguments.Prepend(SimdSyntax.Features) : arguments;
        return $"{call.Kernel.Name}({string.Join(", ", arguments)});";

        // What is read by words is addressed by them.
        string Offset(Buffer buffer, int stride) => (stride / buffer.Stride) switch
        {
            0 => "",
            1 => task,
            var places => $"{task} * {Literals.Int(places)}",
        };
    }
}
