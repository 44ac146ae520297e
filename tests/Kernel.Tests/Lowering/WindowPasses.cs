using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.IR;
using Fused.Generator.Lowering;
using Fused.Generator.Lowering.Gpu;
using LoweredKernel = Fused.Generator.IR.Kernel;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>What makes a kernel of a stage's loops, pass by pass.</summary>
/// <param name="Name">Of whom, for failures.</param>
/// <param name="All">The passes with their names, in order.</param>
/// <param name="Verify">Proves of what comes out that it touches nothing else; nothing where that is not to be proved.</param>
internal sealed record WindowPasses(string Name, ImmutableArray<(string Name, Func<Stmt, Stmt> Run)> All, Action<LoweredKernel>? Verify)
{
    /// <summary>A CPU's with vectors of so many lanes.</summary>
    public static implicit operator WindowPasses(int lanes) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{lanes} lanes"), Lower.Passes(lanes), kernel => Verifier.Check(kernel, lanes));

    /// <summary>
    /// A GPU's. Its verifier wants samples placed in a grid of blocks, which these stages know nothing of: it sees the kernels of networks, in the GPU's tests.
    /// </summary>
    public static WindowPasses Gpu { get; } = new(
        "threads",
        [.. GpuLower.StagePasses, ("map to threads", stage => MapThreads.Run(stage, ofAllBlocks: true)), .. GpuLower.KernelPasses],
        Verify: null);
}
