namespace Fused.Devices;

/// <summary>What was found when the devices were listed, once in a process.</summary>
internal sealed class DeviceList
{
    private static readonly Lazy<DeviceList> Lazy = new(Find);
    private readonly List<GpuDevice> _devices = [];
    private readonly List<string> _problems = [];

    private DeviceList()
    {
    }

    /// <summary>The list.</summary>
    public static DeviceList Current => Lazy.Value;

    /// <summary>CUDA's devices, then OpenCL's.</summary>
    public IReadOnlyList<GpuDevice> Devices => _devices;

    /// <summary>Why a backend or a device cannot be used.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Adds a device, usable or not.</summary>
    public void Add(GpuDevice device)
    {
        _devices.Add(device);
        if (device.Refusal is not null)
            Refuse($"{device.Kind}: '{device.Name}': {device.Refusal}");
    }

    /// <summary>Adds a problem.</summary>
    public void Refuse(string problem) => _problems.Add(problem);

    private static DeviceList Find()
    {
        DriverLibrary.Redirect();
        var list = new DeviceList();
        list.Try("CUDA", CudaDevices.List);
        list.Try("OpenCL", OpenClDevices.List);
        return list;
    }

    // A broken driver is a reason not to use it; the program that asks what there is goes on.
    private void Try(string backend, Action<DeviceList> find)
    {
        try
        {
            find(this);
        }
#pragma warning disable CA1031 // Whatever it throws.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Refuse($"{backend}: {GpuException.Describe(exception)}");
        }
    }
}
