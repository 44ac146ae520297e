using ILGPU.Runtime;

namespace Fused.Memory;

/// <summary>A model on a device: what messages name.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Accelerator">The device.</param>
internal sealed record ModelPlace(string Model, Accelerator Accelerator)
{
    /// <summary>The exception for one that ILGPU or a driver threw.</summary>
    public GpuException Failed(string what, Exception exception) =>
        new($"{this}: {what}: {GpuException.Describe(exception)}.", exception);

    /// <inheritdoc/>
    public override string ToString() => $"{Model} on '{Accelerator.Name}' ({Accelerator.AcceleratorType})";
}
