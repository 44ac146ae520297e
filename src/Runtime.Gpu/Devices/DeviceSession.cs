using Fused.Execution;
using ILGPU;
using ILGPU.Runtime;

namespace Fused.Devices;

/// <summary>
/// An ILGPU context with one accelerator, for all models on a device. It ends with its last user: the device, which lets go
/// only of a session that a failed compilation spoilt, and the models on it.
/// </summary>
internal sealed class DeviceSession
{
    private readonly Context _context;
    private int _users = 1;

    /// <summary>Opens a device, with the caller as the first user.</summary>
    /// <exception cref="GpuException">The driver refuses.</exception>
    public DeviceSession(GpuDevice device)
    {
        // O2: below it ILGPU loads through generic pointers. The precise arithmetic that is its default is what the functions
        // in the kernels are written for: no flushing of subnormals, no approximate division.
        _context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).Inlining(InliningMode.Aggressive));
        try
        {
            Accelerator = device.Device.CreateAccelerator(_context);
        }
        catch (Exception exception) when (exception is AcceleratorException or NotSupportedException)
        {
            _context.Dispose();
            throw new GpuException($"{device} cannot be opened: {GpuException.Describe(exception)}.", exception);
        }
    }

    /// <summary>The device.</summary>
    public Accelerator Accelerator { get; }

    /// <summary>Whether more can be compiled: ILGPU's context is not usable after a compilation that failed.</summary>
    public bool IsSound => KernelCache.For(Accelerator).IsSound;

    /// <summary>Adds a user.</summary>
    public void Join() => Interlocked.Increment(ref _users);

    /// <summary>Removes a user; the last one closes the device.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) > 0)
            return;
        Accelerator.Dispose();
        _context.Dispose();
    }
}
