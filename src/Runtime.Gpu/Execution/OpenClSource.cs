using System.Runtime.CompilerServices;
using ILGPU.Backends.OpenCL;

namespace Fused.Execution;

/// <summary>Corrects the OpenCL C that ILGPU writes.</summary>
internal static class OpenClSource
{
    /// <summary>Corrects a kernel that is not loaded yet.</summary>
    public static void Correct(CLCompiledKernel kernel) => Source(kernel) = Correct(kernel.Source);

    /// <summary>The corrected text.</summary>
    public static string Correct(string source) => source

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
