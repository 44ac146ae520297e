using Fused.Devices;
using ILGPU.Runtime;

namespace Fused;

/// <summary>A device that models can run on.</summary>
public sealed class GpuDevice
{
    private readonly object _gate = new();
    private DeviceSession? _session;

    internal GpuDevice(Device device, GpuDeviceKind kind, bool isCpu, string? refusal)
    {
        Device = device;
        Kind = kind;
        IsCpu = isCpu;
        Refusal = refusal;
    }

    /// <summary>All devices, usable or not: CUDA's, then OpenCL's, of these GPUs before CPUs. Looked for once; never throws.</summary>
    public static IReadOnlyList<GpuDevice> All => DeviceList.Current.Devices;

    /// <summary>
    /// Why a backend has no devices (its library is missing, its driver does not start) or a device cannot be used, a sentence
    /// each. Empty where all that could be there is.
    /// </summary>
    public static IReadOnlyList<string> Problems => DeviceList.Current.Problems;

    /// <summary>
    /// The first usable device that is a GPU; null where there is none. An OpenCL device that is a CPU is never chosen: a model
    /// is faster on the CPU without OpenCL. It is used when it is asked for.
    /// </summary>
    public static GpuDevice? Best => All.FirstOrDefault(d => d.IsUsable && !d.IsCpu);

    /// <summary>The device's name, by its driver.</summary>
    public string Name => Device.Name;

    /// <summary>What drives the device.</summary>
    public GpuDeviceKind Kind { get; }

    /// <summary>The device's memory in bytes.</summary>
    public long MemoryBytes => Device.MemorySize;

    /// <summary>Whether the device is a CPU that an OpenCL driver makes available.</summary>
    public bool IsCpu { get; }

    /// <summary>Whether models can run on the device.</summary>
    public bool IsUsable => Refusal is null;

    /// <summary>Why the device cannot be used; null where it can.</summary>
    public string? Refusal { get; }

    internal Device Device { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Kind})";

    /// <summary>Why <see cref="Best"/> is null.</summary>
    internal static GpuException NothingBest()
    {
        IEnumerable<string> cpus = All.Where(d => d.IsUsable && d.IsCpu)
            .Select(d => $"{d.Kind}: '{d.Name}' is a CPU, which is used only when it is asked for: ToGpu(device)");
        return new GpuException("There is no GPU to run on:" + string.Concat(Problems.Concat(cpus).Select(p => $"\n  - {p}")));
    }

    /// <summary>The device with a context on it, shared by all models; to be left once for each call.</summary>
    /// <exception cref="GpuException">The device cannot be used.</exception>
    internal DeviceSession Join()
    {
        if (Refusal is not null)
            throw new GpuException($"{this} cannot be used: {Refusal}.");

        lock (_gate)
        {
            if (_session is { IsSound: false })
            {
                _session.Leave();
                _session = null;
            }

            _session ??= new DeviceSession(this); // The device itself is a user: what was compiled stays for the next model.
            _session.Join();
            return _session;
        }
    }
}
