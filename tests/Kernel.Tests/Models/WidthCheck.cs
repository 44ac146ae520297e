using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Models;

/// <summary>
/// The entry point of a process of its own, in which the runtime's switches have turned instruction sets off, or which an emulator runs:
/// checks networks of a compiled image from features of each type. Prints the widest vectors that the process has, the greatest error, and
/// the processor's architecture.
/// </summary>
internal static class WidthCheck
{
    public static int WidestVector =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    public static int Main(string[] args)
    {
        Func<string, ModelType> types = ModelCompiler.Load(File.ReadAllBytes(args[0]));
        if (args[1] == nameof(TestGraphs))
        {
            double most = TestGraphs.Compiled.Max(network =>
                PredictionCheck.Run(network, types(network.Name), CompiledGraphs.Samples, CompiledGraphs.Batches(network)));
            return Report(TestGraphs.Compiled.Count, most);
        }

        if (args[1] == nameof(ByteNetworks))
        {
            return Report(ByteNetworks.All.Count, ByteNetworks.All.Max(network => ByteInputCheck.Run(network, types(network.Name))));
        }

        IReadOnlyList<Network> networks = args[1] switch
        {
            nameof(TestNetworks.OfCpu) => TestNetworks.OfCpu,
            nameof(TestNetworks.WithoutFusion) => TestNetworks.WithoutFusion,
            nameof(TestNetworks.Emulated) => TestNetworks.Emulated,
            _ => throw new ArgumentException($"There are no networks {args[1]}."),
        };
        ConversionCheck.Run();
        foreach (Network network in TestNetworks.OfNarrowFeatures.Where(narrow => networks.Any(n => n.Name == narrow.Name)))
        {
            NarrowFeatureCheck.Run(network, types(network.Name));
        }

        return Report(networks.Count, networks.Max(network => PredictionCheck.Run(network, types(network.Name))));
    }

    private static int Report(int count, double worst)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{WidestVector} bits, {count} networks, worst error {worst:F3} tolerances, {RuntimeInformation.ProcessArchitecture}"));
        return 0;
    }
}
