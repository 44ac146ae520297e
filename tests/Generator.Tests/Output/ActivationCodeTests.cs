using Fused.Generator.Graph;
using Fused.Testing.Snapshots;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator.Tests.Output;

/// <summary>The functions that the activations need, each once, as C# for vectors of 256 bits.</summary>
public class ActivationCodeTests
{
    [Fact]
    public Task Functions_of_all_activations()
    {
        string layers = string.Concat(Enum.GetValues<ActivationKind>().Select(kind => $"[Activation(Activation.{kind})]\n"));
        Generated generated = Generated.From($"using Fused;\n[FusedModel]\n[Input(8)]\n{layers}public sealed partial class Head;");
        Assert.Empty(generated.Diagnostics());

        string kernels = generated.Files.Single(file => file.HintName == "Head.Vector256.g.cs").Source;
        IEnumerable<string> functions = CSharpSyntaxTree.ParseText(kernels).GetRoot().DescendantNodes()
            .OfType<MethodDeclarationSyntax>()
            .Where(method => method.AttributeLists.ToString().Contains("AggressiveInlining", StringComparison.Ordinal))
            .OrderBy(method => method.Identifier.Text, StringComparer.Ordinal)
            .Select(method => method.ToFullString().Trim('\n'));
        return Snapshot.Verify(string.Join("\n\n", functions) + "\n", "cs");
    }
}
