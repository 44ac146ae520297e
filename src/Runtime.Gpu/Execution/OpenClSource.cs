using System.Runtime.CompilerServices;
using ILGPU.Backends.OpenCL;

namespace Fused.Execution;

/// <summary>Corrects the OpenCL C that ILGPU writes.</summary>
internal static class OpenClSource
{
    /// <summary>Corrects a kernel that is not loaded yet.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="threads">Threads of a block.</param>
    public static void Correct(CLCompiledKernel kernel, int threads) => Source(kernel) = Correct(kernel.Source, threads);

    /// <summary>The corrected text.</summary>
    /// <param name="source">What ILGPU wrote.</param>
    /// <param name="threads">Threads of a block.</param>
    public static string Correct(string source, int threads) => source

        // PTX states the threads of a block where ILGPU is told of them, OpenCL C does not. A compiler that knows them need not
        // leave registers for the largest block that the device takes.
        .Replace("kernel void ", $"kernel __attribute__((reqd_work_group_size({threads}, 1, 1))) void ", StringComparison.Ordinal)

        // Group.Barrier() orders shared memory in CUDA and in .NET. ILGPU fences only global memory, so that a thread may read
        // what was in shared memory before the barrier.
        .Replace("work_group_barrier ( CLK_GLOBAL_MEM_FENCE )", "work_group_barrier ( CLK_GLOBAL_MEM_FENCE | CLK_LOCAL_MEM_FENCE )", StringComparison.Ordinal)

        // Atomic.Add becomes C11's atomic_fetch_add on a generic pointer, an optional feature of OpenCL 3 that not all drivers
        // compile. The form of OpenCL 1.1 is compiled by all; counters are the only atomics, and they are in global memory.
        .Replace("(atomic_int*)", "(volatile __global int*)", StringComparison.Ordinal)
        .Replace("atomic_fetch_add (", "atomic_add (", StringComparison.Ordinal);

    // The field of CLCompiledKernel.Source, which is read-only, and whose class is built only by ILGPU's own compiler.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Source>k__BackingField")]
    private static extern ref string Source(CLCompiledKernel kernel);
}
