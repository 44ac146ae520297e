#pragma warning disable CS1591 // What the members do is said in GpuModelExtensions.

using System.ComponentModel;
using ILGPU.Runtime;

namespace Fused.CompilerServices;

/// <summary>
/// <see cref="GpuModelExtensions"/> before models are known to be such: for other generators to see, as <see cref="ModelStandIns"/> is.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GpuModelStandIns
{
    public static GpuModel ToGpu(this object model, GpuOptions? options = null) => throw Called();

    public static GpuModel ToGpu(this object model, GpuDevice device, GpuOptions? options = null) => throw Called();

    public static GpuModel ToGpu(this object model, Accelerator accelerator, GpuOptions? options = null) => throw Called();

    private static NotSupportedException Called() => new(
        "This method is there for source generators to look at. Models have one in GpuModelExtensions.");
}
