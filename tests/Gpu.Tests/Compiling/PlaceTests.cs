using Fused.CompilerServices;
using Fused.Generator;
using Fused.Generator.Model;
using Fused.Gpu.Tests.Numerics;
using Fused.Gpu.Tests.Ptx;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;
using ILGPU.Runtime.Cuda;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Gpu.Tests.Compiling;

/// <summary>
/// Wherever a model stands, whatever the user's own types are called and however the project is built, its kernels compile
/// without a warning and compute what the CPU does.
/// </summary>
public sealed class PlaceTests
{
    /// <summary>Enough layers and weights for every schedule: barriers, counters, fences and shared memory.</summary>
    private const string Model =
        "[FusedModel, Input(2, 2, 512), GlobalAveragePooling2D, Dense(64, Activation = Activation.Gelu), Dense(3, Activation = Activation.Softmax)] ";

    private static readonly string Types =
        string.Concat(FrameworkNames.OfGpu.Concat(["ILGPU", "Index1D", "TX", "TW"]).Select(name => $"internal sealed class {name}; "));

    [Theory]
    [InlineData("* public sealed partial class Head;", "Head")]
    [InlineData("* internal partial class @class;", "class")]
    [InlineData("internal static partial class Outer { * public partial class Head; }", "Outer+Head")]
    [InlineData("partial struct Outer { internal partial interface IInner { * private partial class Head; } }", "Outer+IInner+Head")]
    public void A_model_stands_anywhere(string declaration, string type) => AssertComputes(declaration, type);

    [Theory]
    [InlineData("% * public partial class Head;", "Head")]
    [InlineData("internal partial class Outer { % * public partial class Head; }", "Outer+Head")]
    [InlineData("internal class Base { % } * internal partial class Head : Base;", "Head")]
    public void The_users_types_have_the_names_of_ILGPUs(string declaration, string type) =>
        AssertComputes(declaration.Replace("%", Types, StringComparison.Ordinal), type);

    [Fact]
    public void Arithmetic_is_checked_in_the_project() =>
        AssertComputes("* public partial class Head;", "Head", settings => settings.WithOverflowChecks(true));

    [Fact]
    public void The_project_is_built_for_debugging() =>
        AssertComputes("* public partial class Head;", "Head", settings => settings.WithOptimizationLevel(OptimizationLevel.Debug));

    /// <summary>The CPU's code does not know whether there is a GPU.</summary>
    [Fact]
    public void The_reference_adds_one_file_and_changes_no_other()
    {
        Network network = GpuNetworks.Named("Head");
        IReadOnlyList<GeneratedFile> without = ModelCompiler.Generate(network), with = GpuCompiler.Generate(network);

        GeneratedFile added = Assert.Single(with.Except(without));
        Assert.EndsWith(".Gpu.g.cs", added.HintName, StringComparison.Ordinal);
        Assert.Equal(without, with.Except([added]));
        Assert.All(without, file => Assert.DoesNotContain("gpu", file.Source, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(typeof(FusedModelAttribute).Assembly.GetReferencedAssemblies(), name => name.Name!.StartsWith("ILGPU", StringComparison.Ordinal));
    }

    private static void AssertComputes(
        string declaration, string type, Func<CSharpCompilationOptions, CSharpCompilationOptions>? settings = null)
    {
        IModel model = GpuCompiler.Compile(declaration.Replace("*", Model, StringComparison.Ordinal), settings ?? (same => same))(type).Create(1);
        float[] samples = [.. Enumerable.Range(0, 2 * 2 * 2 * 512).Select(i => MathF.Sin(i))];
        float[] expected = model.Predict(samples);
        GpuProgram program = GpuCompiler.GpuModelOf(model).CreateGpuProgram();

        Assert.True(program.Schedules.Count > 1, "The model is too small for several schedules.");
        Assert.All(program.Schedules, schedule =>
        {
            GpuProgram pinned = program with { Schedules = [schedule with { MaxSamples = int.MaxValue }] };
            var executor = new PtxExecutor(pinned, WeightType.Float32, WeightType.Float32, CudaArchitecture.SM_80);
            Assert.Equal(expected, executor.Run(samples).Output, (e, a) => Math.Abs(e - a) <= 1e-5f);
        });
    }
}
