using Fused;
using Fused.GpuCheck;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

if (Arguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

GpuDevice[] devices = [.. GpuDevice.All.Where(d => d.IsUsable && (arguments.Kind is null ? !d.IsCpu : d.Kind == arguments.Kind))];
if (devices.Length == 0)
{
    Console.WriteLine(arguments.Kind is null ? "No GPU here." : $"No {arguments.Kind} device here.");
    foreach (string problem in GpuDevice.Problems)
        Console.WriteLine($"  - {problem}");
    if (arguments.Kind is null && GpuDevice.All.Any(d => d.IsUsable))
        Console.WriteLine("  - OpenCL has a CPU, which --device opencl checks");
    return 0;
}

bool right = true;
foreach (GpuDevice device in devices)
    right &= new DeviceCheck(device, arguments).Run();
Console.WriteLine(right ? "All results are right." : "Some results are WRONG.");
return right ? 0 : 1;
