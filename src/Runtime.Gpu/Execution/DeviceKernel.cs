using Fused.Memory;
using ILGPU;
using ILGPU.Runtime;

namespace Fused.Execution;

/// <summary>A kernel for blocks of so many threads on a device: loaded, or refused by it, now or when it is launched.</summary>
internal sealed class DeviceKernel
{
    private readonly string _name;
    private readonly Pass? _launch;
    private Refusal? _refusal;

    private DeviceKernel(string name, Pass? launch, Refusal? refusal)
    {
        _name = name;
        _launch = launch;
        _refusal = refusal;
    }

    /// <summary>Queues a launch on a stream, given the grid, all buffers of the program, for each view its place among them, and the number of samples.</summary>
    public delegate void Pass(AcceleratorStream stream, KernelConfig config, DeviceView[] buffers, int[] map, int samples);

    /// <summary>Why the device does not take it, as far as is known.</summary>
    public Refusal? Refusal => Volatile.Read(ref _refusal);

    /// <summary>A kernel that is loaded.</summary>
    public static DeviceKernel Loaded(string name, Pass launch) => new(name, launch, refusal: null);

    /// <summary>A kernel that the device does not take.</summary>
    public static DeviceKernel Refused(string name, Refusal refusal) => new(name, launch: null, refusal);

    /// <summary>Queues a launch on a stream; false if the device refuses it, which it is then not asked again.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="config">The grid.</param>
    /// <param name="buffers">All buffers of the program.</param>
    /// <param name="map">For each view of the kernel its place among the buffers.</param>
    /// <param name="samples">The number of samples.</param>
    public bool TryLaunch(AcceleratorStream stream, KernelConfig config, DeviceView[] buffers, int[] map, int samples)
    {
        if (_launch is null || Refusal is not null)
            return false;
        try
        {
            _launch(stream, config, buffers, map, samples);
            return true;
        }
        catch (AcceleratorException exception) when (Refusal.IsOfLaunch(exception))
        {
            Volatile.Write(ref _refusal, new Refusal(
                $"the kernel {_name} of {config.GroupDim.X} threads a block cannot be launched: {GpuException.Describe(exception)}", exception));
            return false;
        }
    }
}
