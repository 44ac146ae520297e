using System.Runtime.CompilerServices;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.OpenCL;

namespace Fused.Devices;

/// <summary>Lists OpenCL's devices, GPUs before CPUs.</summary>
internal static class OpenClDevices
{
    private const int MaxDevices = 64;

    /// <summary>Adds each device, and each reason why there is none.</summary>
    public static void List(DeviceList list)
    {
        if (DriverLibrary.Load(DriverLibrary.OpenClNames, out string problem) == 0)
        {
            list.Refuse($"OpenCL: {problem}");
            return;
        }

        CLAPI api = CLAPI.CurrentAPI;
        if (!api.IsSupported || api.GetNumPlatforms(out int count) != CLError.CL_SUCCESS || count < 1)
        {
            list.Refuse($"OpenCL: {DriverLibrary.OpenClNames[0]} lists no platform; is a driver installed (/etc/OpenCL/vendors)?");
            return;
        }

        nint[] platforms = new nint[count];
        CLException.ThrowIfFailed(api.GetPlatforms(platforms, ref count));
        var devices = new List<GpuDevice>();
        foreach (nint platform in platforms)
            ListPlatform(api, platform, devices, list);
        foreach (GpuDevice device in devices.OrderBy(d => d.IsCpu))
            list.Add(device);
    }

    // One device at a time, where ILGPU's own enumeration ends at the first that fails.
    private static void ListPlatform(CLAPI api, nint platform, List<GpuDevice> devices, DeviceList list)
    {
        string name = api.GetPlatformInfo(platform, CLPlatformInfoType.CL_PLATFORM_NAME);
        nint[] ids = new nint[MaxDevices];
        CLError error = api.GetDevices(platform, CLDeviceType.CL_DEVICE_TYPE_ALL, ids, out int count);
        if (error != CLError.CL_SUCCESS)
        {
            list.Refuse($"OpenCL: the platform '{name}' lists no devices: {error}");
            return;
        }

        foreach (nint id in ids.AsSpan(0, Math.Min(count, MaxDevices)))
        {
            try
            {
                bool available = api.GetDeviceInfo<int>(id, CLDeviceInfoType.CL_DEVICE_AVAILABLE) != 0;
                var device = new CLDevice(platform, id);
                devices.Add(new GpuDevice(
                    device,
                    GpuDeviceKind.OpenCL,
                    isCpu: device.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_CPU),
                    available ? Refusal(device) : "its driver says that it is not available"));
            }
            catch (Exception exception) when (exception is CLException or NotSupportedException or ArgumentException)
            {
                list.Refuse($"OpenCL: a device of the platform '{name}' cannot be described: {GpuException.Describe(exception)}");
            }
        }
    }

    private static string? Refusal(CLDevice device)
    {
        if (device.CLStdVersion < CLBackend.MinimumVersion)
            return $"it has {device.CLStdVersion}, and ILGPU needs {CLBackend.MinimumVersion}";

        // ILGPU refuses devices without the generic address space. It finds the address space of each pointer in our kernels, so
        // that none is generic in the source that the device gets.
        SetGenericAddressSpace(device.Capabilities, true);
        return null;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_GenericAddressSpace")]
    private static extern void SetGenericAddressSpace(CLCapabilityContext capabilities, bool value);
}
