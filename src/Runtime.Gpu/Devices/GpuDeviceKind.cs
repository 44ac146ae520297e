namespace Fused;

/// <summary>What drives a device.</summary>
public enum GpuDeviceKind
{
    /// <summary>NVIDIA's CUDA driver.</summary>
    Cuda,

    /// <summary>An OpenCL driver, of any vendor.</summary>
    OpenCL,
}
