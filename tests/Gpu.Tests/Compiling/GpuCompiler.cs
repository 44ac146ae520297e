using System.Reflection;
using Fused.CompilerServices;
using Fused.Generator;
using Fused.Generator.Scheduling;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Gpu.Tests.Compiling;

/// <summary>Compiles networks in a project that references <c>Fused.Gpu</c>, which is what makes the generator write GPU kernels.</summary>
internal static class GpuCompiler
{
    /// <summary>What such a project references beside Fused and the base library.</summary>
    private static readonly Assembly[] References = [typeof(IGpuModel).Assembly, typeof(ILGPU.Context).Assembly];

    /// <summary>
    /// The models of the networks, by the names of their classes, compiled when the first is asked for. Of the CPU's code there is what this
    /// machine runs and what is for all machines: to compile the rest, which the CPU's suite does, takes longer than all of the GPU's.
    /// </summary>
    public static Func<Network, ModelType> Compile(IReadOnlyCollection<Network> networks)
    {
        var types = new Lazy<Func<string, ModelType>>(() => ModelCompiler.Load(
            TargetCompiler.CompileForGpus(networks, [MachineCompiler.Machine, Target.Scalar], References)));
        return network => types.Value(network.Name);
    }

    /// <summary>The models of some declarations by the names of their classes.</summary>
    /// <param name="declarations">As a user would write them.</param>
    /// <param name="settings">Changes the project's settings.</param>
    public static Func<string, ModelType> Compile(string declarations, Func<CSharpCompilationOptions, CSharpCompilationOptions> settings) =>
        ModelCompiler.Load(ModelCompiler.Compile(declarations, settings, References));

    /// <summary>All files that are generated for a network.</summary>
    public static IReadOnlyList<GeneratedFile> Generate(Network network) => ModelCompiler.Generate(network, References);

    /// <summary>The generated file with a network's GPU kernels.</summary>
    public static GeneratedFile Kernels(Network network) =>
        Generate(network).Single(file => file.HintName.EndsWith(".Gpu.g.cs", StringComparison.Ordinal));

    /// <summary>The part of a model that runs on GPUs.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static IGpuModel GpuModelOf(IModel model) => model.Instance as IGpuModel ?? throw new InvalidOperationException(
        $"{model.Instance.GetType().Name} is no {nameof(IGpuModel)}: its compilation references {nameof(Fused)}.{nameof(Gpu)}, and the generator wrote no GPU code for it.");
}
