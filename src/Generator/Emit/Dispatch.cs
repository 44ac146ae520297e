using System.Collections.Immutable;
using Fused.Generator.Planning;
using Fused.Generator.Scheduling;

namespace Fused.Generator.Emit;

/// <summary>
/// Chooses among the targets by what the machine has. The JIT and NativeAOT know the answer when they compile, so that
/// nothing of the choice is left in the machine code.
/// </summary>
internal static class Dispatch
{
    /// <summary>
    /// Writes a statement or member that ends with a value for each target: the widest first, the last one for whatever
    /// remains. A machine with wide vectors has the narrower ones too, so that of neighbours with one value the last says all.
    /// </summary>
    public static void Write(SourceWriter writer, string start, ImmutableArray<TargetPlan> plans, Func<TargetPlan, string> value)
    {
        ImmutableArray<TargetPlan> told = [.. plans.Where((plan, i) => i == plans.Length - 1 || value(plan) != value(plans[i + 1]))];
        if (told.Length == 1)
        {
            writer.Line($"{start} {value(told[0])};");
            return;
        }

        writer.Line(start);
        for (int i = 0; i < told.Length; i++)
        {
            string condition = i < told.Length - 1 ? Has(told[i].Target) + " ? " : "";
            writer.Line($"    {(i == 0 ? "" : ": ")}{condition}{value(told[i])}{(i == told.Length - 1 ? ";" : "")}");
        }
    }

    public static string Has(Target target) => $"{SimdSyntax.Intrinsics}{target.Name}.IsHardwareAccelerated";
}
