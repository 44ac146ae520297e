using System.Collections.Immutable;
using Fused.Generator.Computing;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Planning;

namespace Fused.Generator.Emit;

/// <summary>The weights of the CPU's kernels: fields, in one layout where all targets agree, else in the machine's own.</summary>
internal sealed class CpuWeightsEmitter(
    SourceWriter writer, NetworkGraph graph, ImmutableArray<PreparedWeights> weights, ImmutableArray<TargetPlan> plans)
    : WeightsEmitter(writer, graph, weights)
{
    public void Fields()
    {
        foreach (Buffer buffer in Prepared)
        {
            string type = buffer.Element == ElementType.Float32 ? "" : $"<{Single(buffer)}>";
            Writer.Line($"public readonly {Header.RuntimeServices}AlignedBuffer{type} {buffer.Name};");
        }
    }

    protected override string Target(Buffer buffer) => $"{buffer.Name} =";

    protected override void Pack(Buffer kernel, string local) =>
        Dispatch.Write(Writer, Target(kernel), plans, plan => Packed(kernel, plan.WeightLayouts[kernel.Name], local));
}
