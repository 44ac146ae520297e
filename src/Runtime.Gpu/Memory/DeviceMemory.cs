using ILGPU.Runtime;

namespace Fused.Memory;

/// <summary>Allocates a device's memory.</summary>
internal static class DeviceMemory
{
    /// <summary>Memory with undefined content.</summary>
    /// <param name="place">Who asks, for the message.</param>
    /// <param name="bytes">How much; 16 bytes at least are allocated, since no driver makes empty buffers.</param>
    /// <param name="purpose">What for, for the message.</param>
    /// <exception cref="GpuException">The device has not so much.</exception>
    public static MemoryBuffer Allocate(ModelPlace place, long bytes, string purpose)
    {
        try
        {
            return place.Accelerator.AllocateRaw(Math.Max(bytes, 16), 1);
        }
        catch (Exception exception) when (exception is AcceleratorException or OutOfMemoryException or OverflowException)
        {
            throw new GpuException(
                $"{place}: {bytes:N0} bytes of device memory for {purpose} cannot be had; the device has "
                + $"{place.Accelerator.MemorySize:N0} in all: {GpuException.Describe(exception)}.",
                exception);
        }
    }

    /// <summary>The bytes that are free, or where the driver does not tell, that are there.</summary>
    public static long Free(Accelerator accelerator) =>
        accelerator is ILGPU.Runtime.Cuda.CudaAccelerator cuda ? cuda.GetFreeMemory() : accelerator.MemorySize;
}
