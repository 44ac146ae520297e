using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Fused.Execution;

/// <summary>
/// Why a device does not take a kernel: blocks that are too large for it, or what its driver says. Other kernels may fit it, so
/// a schedule that does without this one takes over.
/// </summary>
/// <param name="Reason">The kernel, its threads and the driver's word, as a sentence without its end.</param>
/// <param name="Cause">What the driver's call threw; nothing where it was not asked.</param>
internal sealed record Refusal(string Reason, Exception? Cause = null)
{
    /// <summary>
    /// What drivers answer where a kernel's registers, shared memory or threads are too many. Memory that is short is not among
    /// them, for it may be there next time, nor are errors of earlier work, which a driver may report late.
    /// </summary>
    private static readonly string[] CudaLaunch =
    [
        nameof(CudaError.CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES),
        nameof(CudaError.CUDA_ERROR_INVALID_VALUE),
    ];

    private static readonly CLError[] OpenClLaunch =
    [
        CLError.CL_OUT_OF_RESOURCES,
        CLError.CL_INVALID_WORK_GROUP_SIZE,
        CLError.CL_INVALID_WORK_ITEM_SIZE,
    ];

    /// <summary>What drivers answer where their compiler or loader does not take a kernel.</summary>
    private static readonly string[] CudaLoad =
    [
        .. CudaLaunch,
        nameof(CudaError.CUDA_ERROR_INVALID_IMAGE),
        nameof(CudaError.CUDA_ERROR_NO_BINARY_FOR_GPU),
        nameof(CudaError.CUDA_ERROR_INVALID_PTX),
    ];

    private static readonly CLError[] OpenClLoad = [.. OpenClLaunch, CLError.CL_BUILD_PROGRAM_FAILURE];

    /// <summary>Whether an exception of a launch says that the device does not take the kernel.</summary>
    public static bool IsOfLaunch(Exception exception) => Is(exception, CudaLaunch, OpenClLaunch);

    /// <summary>Whether an exception of loading a compiled kernel says that the device does not take it.</summary>
    public static bool IsOfLoad(Exception exception) => Is(exception, CudaLoad, OpenClLoad);

    private static bool Is(Exception exception, string[] cuda, CLError[] openCl) => exception switch
    {
        CudaException failure => cuda.Contains(failure.Error),
        CLException failure => openCl.Contains(failure.Error),
        _ => false,
    };
}
