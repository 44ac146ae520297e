using System.Collections.Immutable;

namespace Fused.Generator.Model;

/// <summary>
/// The names of the framework's that generated kernels use without their namespaces where nothing hides them: the project is asked for
/// each of them, and the names are written out in full where one means something else there.
/// </summary>
internal static class FrameworkNames
{
    /// <summary>The namespace of what generated code calls, with the point after it.</summary>
    public const string RuntimeServices = "global::Fused.CompilerServices.";

    /// <summary>Those of the CPU's kernels.</summary>
    public static ImmutableArray<string> OfCpu { get; } =
    [
        "Vector512", "Vector256", "Vector128", "Unsafe", "Prefetch", "NarrowLoads", "NarrowProducts", "IFeatures", "MethodImpl", "MethodImplAttribute", "MethodImplOptions",
    ];

    /// <summary>Those of the GPU's kernels.</summary>
    public static ImmutableArray<string> OfGpu { get; } =
    [
        "ArrayView", "Grid", "Group", "SharedMemory", "Atomic", "MemoryFence", "Float4", "GpuMath", "IPacked4", "IPacked1",
        "MethodImpl", "MethodImplAttribute", "MethodImplOptions",
    ];
}
