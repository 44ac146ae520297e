using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;

namespace Fused.Devices;

/// <summary>
/// Finds the drivers' libraries. ILGPU asks for "cuda" and "OpenCL", which Linux has as <c>libcuda.so</c> and <c>libOpenCL.so</c>
/// only where development packages are installed; drivers bring <c>libcuda.so.1</c> and <c>libOpenCL.so.1</c>.
/// </summary>
internal static class DriverLibrary
{
    /// <summary>The names to load CUDA's driver by, the first that exists.</summary>
    public static IReadOnlyList<string> CudaNames { get; } =
        OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1"];

    /// <summary>The names to load OpenCL by, the first that exists.</summary>
    public static IReadOnlyList<string> OpenClNames { get; } =
        OperatingSystem.IsWindows() ? ["OpenCL.dll"]
        : OperatingSystem.IsMacOS() ? ["/System/Library/Frameworks/OpenCL.framework/OpenCL"]
        : ["libOpenCL.so.1"];

    /// <summary>Makes ILGPU find the libraries. To be called before ILGPU looks for them, which it does once.</summary>
    public static void Redirect()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // An assembly has one resolver, and somebody set one. Whether it finds the libraries is seen when ILGPU is asked.
        }
    }

    /// <summary>Loads the first library there is.</summary>
    /// <param name="names">The names to try.</param>
    /// <param name="problem">Why none was loaded, in the loader's words.</param>
    public static nint Load(IReadOnlyList<string> names, out string problem)
    {
        problem = "";
        foreach (string name in names)
        {
            try
            {
                return NativeLibrary.Load(name);
            }
            catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
            {
                // The first name is the one to be told of; the loader's reason is the message's last line.
                string reason = exception.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
                problem = problem.Length > 0 ? problem : $"{name} cannot be loaded ({reason})";
            }
        }

        return 0;
    }

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? searchPath) =>
        library.ToUpperInvariant() switch
        {
            "CUDA" or "NVCUDA" => Load(CudaNames, out _),
            "OPENCL" => Load(OpenClNames, out _),
            _ => 0, // As without a resolver.
        };
}
