using System.Runtime.CompilerServices;
using Fused.CompilerServices;
using Fused.Devices;
using ILGPU.Runtime;

namespace Fused;

/// <summary>Puts models on GPUs.</summary>
public static class GpuModelExtensions
{
    /// <summary>Copies the model's weights to the best GPU there is, <see cref="GpuDevice.Best"/>.</summary>
    /// <param name="model">A model that was compiled where <c>Fused.Gpu</c> is referenced.</param>
    /// <param name="options">How to run; the defaults if left out.</param>
    /// <returns>The model on the device; independent of <paramref name="model"/>, and to be disposed of.</returns>
    /// <exception cref="GpuException">There is no GPU, in which case all reasons are listed, or it fails.</exception>
    [OverloadResolutionPriority(1)] // what null and new() mean
    public static GpuModel ToGpu(this IGpuModel model, GpuOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.ToGpu(GpuDevice.Best ?? throw GpuDevice.NothingBest(), options);
    }

    /// <summary>Copies the model's weights to a device.</summary>
    /// <param name="model">A model that was compiled where <c>Fused.Gpu</c> is referenced.</param>
    /// <param name="device">A usable device, one of <see cref="GpuDevice.All"/>.</param>
    /// <param name="options">How to run; the defaults if left out.</param>
    /// <returns>The model on the device; independent of <paramref name="model"/>, and to be disposed of.</returns>
    /// <exception cref="GpuException">The device cannot be used or fails.</exception>
    public static GpuModel ToGpu(this IGpuModel model, GpuDevice device, GpuOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(device);
        DeviceSession session = device.Join();
        try
        {
            return new GpuModel(model.CreateGpuProgram(), session.Accelerator, options ?? new GpuOptions(), session);
        }
        catch
        {
            session.Leave();
            throw;
        }
    }

    /// <summary>
    /// Copies the model's weights to an ILGPU accelerator, which stays the caller's. Its context should be made with
    /// <c>OptimizationLevel.O2</c>, below which kernels are much slower, and without <c>MathMode.Fast</c>, with which they are wrong.
    /// </summary>
    /// <param name="model">A model that was compiled where <c>Fused.Gpu</c> is referenced.</param>
    /// <param name="accelerator">A CUDA or OpenCL accelerator, or ILGPU's simulation of a GPU on the CPU, which is for tests.</param>
    /// <param name="options">How to run; the defaults if left out.</param>
    /// <returns>The model on the device; to be disposed of, before or after the accelerator.</returns>
    /// <exception cref="ObjectDisposedException">The accelerator is disposed.</exception>
    /// <exception cref="GpuException">The device fails.</exception>
    public static GpuModel ToGpu(this IGpuModel model, Accelerator accelerator, GpuOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(accelerator);
        ObjectDisposedException.ThrowIf(accelerator.IsDisposed, accelerator);
        return new GpuModel(model.CreateGpuProgram(), accelerator, options ?? new GpuOptions(), session: null);
    }
}
