using System.Text.RegularExpressions;
using Fused.Generator.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fused.Generator.Tests.Diagnostics;

/// <summary>What the documents show of blocks is true.</summary>
public partial class BlockDocumentTests
{
    [Theory]
    [InlineData("blocks.md", "Part")]
    [InlineData("../README.md", "Small")]
    [InlineData("../samples/Classify/README.md", "TorchResNet50")]
    public async Task Examples_have_no_diagnostic(string document, string model)
    {
        string[] examples = [.. Example().Matches(Documents.Read(document)).Select(match => match.Groups[1].Value).Where(code => code.Contains("[FusedBlock]", StringComparison.Ordinal))];
        CSharpCompilation compilation = Compilations.Create("using Fused;\n" + Assert.Single(examples).Replace("public sealed", "sealed", StringComparison.Ordinal)); // a public class wants documentation

        Assert.Empty(await compilation.WithAnalyzers([new FusedModelAnalyzer()]).GetAllDiagnosticsAsync(CancellationToken.None));
        Assert.NotNull(Compilations.Parse(compilation, model).Spec);
    }

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
