using System.Globalization;
using System.Runtime.Intrinsics;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Models;

/// <summary>
/// The entry point of a process of its own, in which the runtime's switches have turned instruction sets off: checks every
/// network of a compiled image, with fusion or without, from features of each type. Prints the widest vectors that the process has, and the
/// greatest error.
/// </summary>
internal static class WidthCheck
{
    public static int WidestVector =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    public static int Main(string[] args)
    {
        Func<string, ModelType> types = ModelCompiler.Load(File.ReadAllBytes(args[0]));
        IReadOnlyList<Network> networks = bool.Parse(args[1]) ? TestNetworks.OfCpu : TestNetworks.WithoutFusion;
        ConversionCheck.Run();
        foreach (Network network in TestNetworks.OfNarrowFeatures.Where(narrow => networks.Any(n => n.Name == narrow.Name)))
        {
            NarrowFeatureCheck.Run(network, types(network.Name));
        }

        double worst = networks.Max(network => PredictionCheck.Run(network, types(network.Name)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{WidestVector} bits, {networks.Count} networks, worst error {worst:F3} tolerances"));
        return 0;
    }
}
