using System.Runtime.InteropServices;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace Fused.Devices;

/// <summary>Lists CUDA's devices.</summary>
internal static class CudaDevices
{
    /// <summary>Adds each device, and each reason why there is none.</summary>
    public static unsafe void List(DeviceList list)
    {
        nint library = DriverLibrary.Load(DriverLibrary.CudaNames, out string problem);
        if (library == 0)
        {
            list.Refuse($"CUDA: {problem}");
            return;
        }

        // ILGPU only says that CUDA is not supported; the driver's own code says why.
        if (!NativeLibrary.TryGetExport(library, "cuInit", out nint init))
        {
            list.Refuse($"CUDA: {DriverLibrary.CudaNames[0]} has no cuInit");
            return;
        }

        int error = ((delegate* unmanaged<uint, int>)init)(0);
        if (error != 0)
        {
            list.Refuse($"CUDA: the driver does not start: {(CudaError)error} ({error})");
            return;
        }

        if (!CudaAPI.CurrentAPI.IsSupported || CudaAPI.CurrentAPI.GetDeviceCount(out int count) != CudaError.CUDA_SUCCESS)
        {
            list.Refuse("CUDA: ILGPU looked for the driver before it could be told the library's name, and did not find it");
            return;
        }

        int found = 0;
        foreach (ILGPU.Runtime.Device device in CudaDevice.GetDevices(_ => true))
        {
            found++;
            list.Add(new GpuDevice(device, GpuDeviceKind.Cuda, isCpu: false, Refusal((CudaDevice)device)));
        }

        if (found < count)
            list.Refuse($"CUDA: {count - found} of {count} devices cannot be described; the driver gives an error");
    }

    private static string? Refusal(CudaDevice device)
    {
        if (device.Architecture is null)
            return "its architecture is not one that ILGPU knows";
        if (device.InstructionSet is not { } set || !PTXCodeGenerator.SupportedInstructionSets.Contains(set))
            return $"ILGPU writes no PTX for {device.Architecture} with the driver's version {device.DriverVersion}";
        return null;
    }
}
