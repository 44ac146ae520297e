using System.Collections.Concurrent;
using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>Kernels as the PTX that ILGPU would hand to a CUDA driver. No device is needed.</summary>
internal static class PtxCompiler
{
    private static readonly ConcurrentDictionary<(MethodInfo Kernel, int? Threads, CudaArchitecture Architecture), Lazy<string>> Cache = new();

    /// <summary>The PTX text of an explicitly grouped kernel, a public static method that is closed over all its types.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="threads">Threads of a block, which the entry then states, as it does in what the runtime loads.</param>
    /// <param name="architecture">What the PTX is made for.</param>
    public static string Compile(MethodInfo kernel, int? threads, CudaArchitecture architecture) =>
        Cache.GetOrAdd((kernel, threads, architecture), key => new Lazy<string>(() => CompileNew(key.Kernel, key.Threads, key.Architecture))).Value;

    /// <summary>Compiles in a context of its own: a failed compilation leaves a context unusable.</summary>
    private static string CompileNew(MethodInfo kernel, int? threads, CudaArchitecture architecture)
    {
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).Inlining(InliningMode.Aggressive));
        using var backend = new PTXBackend(
            context, new CudaCapabilityContext(architecture), architecture, CudaInstructionSet.ISA_80, null);
        var entryPoint = EntryPointDescription.FromExplicitlyGroupedKernel(kernel);
        return ((PTXCompiledKernel)backend.Compile(entryPoint, new KernelSpecialization(threads, null))).PTXAssembly;
    }
}
