using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Fused.Memory;

/// <summary>
/// Copies between host and device, in a stream's order and without waiting. ILGPU's own copies make an object a call, and those
/// for OpenCL copy as much as the host's buffer has, not as much as the view.
/// </summary>
internal static unsafe class Transfer
{
    /// <summary>Copies the first bytes of the host's memory to a place in the device's.</summary>
    public static void ToDevice(AcceleratorStream stream, HostMemory source, MemoryBuffer target, long offset, long bytes)
    {
        Check(bytes, source.Bytes, target.LengthInBytes - offset);
        switch (stream)
        {
            case CudaStream:
                CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.MemcpyAsync(target.NativePtr + (nint)offset, (nint)source.Pointer, (nint)bytes, stream));
                break;
            case CLStream:
                CLException.ThrowIfFailed(
                    CLAPI.CurrentAPI.WriteBuffer(stream, target.NativePtr, false, (nint)offset, (nint)bytes, (nint)source.Pointer));
                break;
            default:
                Buffer.MemoryCopy(source.Pointer, (byte*)target.NativePtr + offset, bytes, bytes);
                break;
        }
    }

    /// <summary>Copies the first bytes from a device.</summary>
    public static void ToHost(AcceleratorStream stream, MemoryBuffer source, HostMemory target, long bytes)
    {
        Check(bytes, target.Bytes, source.LengthInBytes);
        switch (stream)
        {
            case CudaStream:
                CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.MemcpyAsync((nint)target.Pointer, source.NativePtr, (nint)bytes, stream));
                break;
            case CLStream:
                CLException.ThrowIfFailed(
                    CLAPI.CurrentAPI.ReadBuffer(stream, source.NativePtr, false, 0, (nint)bytes, (nint)target.Pointer));
                break;
            default:
                Buffer.MemoryCopy((void*)source.NativePtr, target.Pointer, target.Bytes, bytes);
                break;
        }
    }

    /// <summary>Has the device begin what is queued: OpenCL may otherwise wait until somebody waits for it.</summary>
    public static void Submit(AcceleratorStream stream)
    {
        if (stream is CLStream opencl)
            CLException.ThrowIfFailed(CLAPI.CurrentAPI.FlushCommandQueue(opencl.CommandQueue));
    }

    /// <summary>Waits until a device is out of all memory that a stream's work is in, before it is freed, even if the work fails.</summary>
    public static void Drain(AcceleratorStream stream)
    {
        try
        {
            stream.Synchronize();
        }
        catch (AcceleratorException)
        {
            // What failed is reported by the call that failed; a device in this state does not come back.
        }
    }

    /// <summary>Whether copies and launches of such an accelerator are known here.</summary>
    public static bool Supports(Accelerator accelerator) => accelerator is CudaAccelerator or CLAccelerator or CPUAccelerator;

    private static void Check(long bytes, long host, long device)
    {
        if (bytes < 0 || bytes > host || bytes > device)
            throw new ArgumentOutOfRangeException(nameof(bytes), bytes, $"The host has {host} bytes and the device {device}.");
    }
}
