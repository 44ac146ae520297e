using Fused.Generator.Graph;
using Fused.Generator.Planning.Gpu;

namespace Fused.Generator.Emit;

/// <summary>The weights of a GPU's kernels: variables, which the program takes to the device.</summary>
internal sealed class GpuWeightsEmitter(SourceWriter writer, NetworkGraph graph, GpuPlan plan) : WeightsEmitter(writer, graph, plan.Weights)
{
    /// <summary>The variable with a buffer's values.</summary>
    public static string Values(Buffer buffer) => buffer.Name + "Values";

    protected override string Target(Buffer buffer) => $"{Header.RuntimeServices}AlignedBuffer {Values(buffer)} =";

    protected override void Pack(Buffer kernel, string local) => Writer.Line($"{Target(kernel)} {Packed(kernel, plan.Matrices[kernel.Name], local)};");
}
