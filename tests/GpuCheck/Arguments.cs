using System.Globalization;

namespace Fused.GpuCheck;

/// <summary>What the command line asks for.</summary>
/// <param name="Kind">The only kind of device to check; CPUs with an OpenCL driver are checked only when OpenCL is asked for by name.</param>
/// <param name="Batches">The batches; if left out, those that suit the device.</param>
/// <param name="Bandwidth">Bytes a second that the device's memory gives; if left out, as its driver says, if it does.</param>
/// <param name="Models">The only kind of model to check; if left out, all of them on a GPU, heads on a CPU.</param>
internal sealed record Arguments(GpuDeviceKind? Kind, int[]? Batches, double? Bandwidth, ModelKind? Models)
{
    public const string Usage = """
        Usage: tests/gpu-check.sh [--device cuda|opencl] [--batches 1,8,32] [--bandwidth GB/S] [--models heads|networks]

          --device      the only kind of device to check; with opencl CPUs too that have a driver, such as PoCL
          --batches     numbers of samples; of heads 1,8,32,256,1024,4096 unless given, of networks 1,8,32; on CPUs 1,8,32 and 1
          --bandwidth   the device's memory bandwidth in GB/s, for the bound; as CUDA's driver says unless given
          --models      heads or whole networks alone; both unless given, and heads on CPUs
        """;

    /// <summary>Reads the command line; null where it makes no sense.</summary>
    public static Arguments? Parse(string[] args)
    {
        var result = new Arguments(null, null, null, null);
        for (int i = 0; i < args.Length; i += 2)
        {
            Arguments? next = args.AsSpan(i) switch
            {
                ["--device", "cuda", ..] => result with { Kind = GpuDeviceKind.Cuda },
                ["--device", "opencl", ..] => result with { Kind = GpuDeviceKind.OpenCL },
                ["--batches", var list, ..] when Numbers(list) is { } batches => result with { Batches = batches },
                ["--bandwidth", var text, ..] when double.TryParse(text, CultureInfo.InvariantCulture, out double rate) && rate > 0 => result with { Bandwidth = rate * 1e9 },
                ["--models", "heads", ..] => result with { Models = ModelKind.Heads },
                ["--models", "networks", ..] => result with { Models = ModelKind.Networks },
                _ => null,
            };
            if (next is null)
                return null;
            result = next;
        }

        return result;
    }

    private static int[]? Numbers(string list)
    {
        int[] numbers = [.. list.Split(',').Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : 0)];
        return numbers.All(n => n > 0) ? numbers : null;
    }
}
