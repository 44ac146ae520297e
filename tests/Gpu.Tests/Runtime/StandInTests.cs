using System.Collections.Immutable;
using System.Reflection;
using Fused.CompilerServices;
using Fused.Generator;
using Fused.Testing.Compiling;
using ILGPU.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Gpu.Tests.Runtime;

/// <summary>What other generators see of <c>ToGpu</c>, which a model has only once it is generated.</summary>
public sealed class StandInTests
{
    [Fact]
    public void Others_know_what_ToGpu_returns()
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Tested",
            [CSharpSyntaxTree.ParseText("""
                using Fused;
                [FusedModel, Input(4), Dense(3)] public partial class Head;
                public static class Calls { public static readonly System.Delegate One = (Head h, float[] x) => { using var gpu = h.ToGpu(); return gpu.Predict(x); }; }
                """)],
            [
                .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                    .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
                    .Concat(new[] { typeof(FusedModelAttribute), typeof(GpuModel), typeof(Accelerator) }.Select(type => type.Assembly.Location))
                    .Select(path => MetadataReference.CreateFromFile(path)),
            ],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var probe = new TypeProbe();
        CSharpGeneratorDriver.Create(new FusedGenerator(), new StandInGenerator(), probe)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation final, out ImmutableArray<Diagnostic> thrown);

        Assert.Equal(["float[]"], probe.Returned);
        Assert.DoesNotContain(final.GetDiagnostics().Concat(thrown), diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden);
    }

    [Fact]
    public void They_see_each_form_of_it() => Assert.Equal(Forms(typeof(GpuModelExtensions)), Forms(typeof(GpuModelStandIns)));

    /// <summary>The methods of a class of extensions, but for what they extend.</summary>
    private static IEnumerable<string> Forms(Type type) => type.GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Select(method => $"{method.ReturnType} {method.Name}({string.Join(", ", method.GetParameters()[1..].Select(parameter => parameter.ToString()))})")
        .Order(StringComparer.Ordinal);
}
