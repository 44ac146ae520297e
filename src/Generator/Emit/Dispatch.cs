using System.Collections.Immutable;
using Fused.Generator.Scheduling;

namespace Fused.Generator.Emit;

/// <summary>
/// Chooses among the targets by what the machine has. The JIT and NativeAOT know the answer when they compile, so that
/// nothing of the choice is left in the machine code.
/// </summary>
internal static class Dispatch
{
    /// <summary>A conditional expression over the targets, the widest first, the last one for whatever remains.</summary>
    public static string Expression(ImmutableArray<TargetPlan> plans, Func<TargetPlan, string> value)
    {
        var parts = plans.Take(plans.Length - 1).Select(p => $"{Has(p.Target)} ? {value(p)} : ");
        return string.Concat(parts) + value(plans[plans.Length - 1]);
    }

    public static string Has(Target target) => $"global::System.Runtime.Intrinsics.{target.Name}.IsHardwareAccelerated";
}
