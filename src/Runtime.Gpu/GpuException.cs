using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Fused;

/// <summary>A GPU is missing or failed. The message names the device and the model, and the cause is inside.</summary>
public sealed class GpuException : Exception
{
    internal GpuException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    /// <summary>What went wrong, in the driver's words: ILGPU's own messages are often no more than "an error has occurred".</summary>
    internal static string Describe(Exception exception)
    {
        while (exception.InnerException is { } inner)
            exception = inner;
        return exception switch
        {
            CLException { Error: not CLError.CL_SUCCESS } opencl => opencl.Error.ToString(),
            CudaException cuda => $"{cuda.Error}: {cuda.Message}",
            _ => exception.Message,
        };
    }
}
