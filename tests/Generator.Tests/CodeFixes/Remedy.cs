using Fused.Generator.Analyzers;
using Fused.Generator.Tests.Diagnostics;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Testing;

namespace Fused.Generator.Tests.CodeFixes;

/// <summary>Applies a code fix to marked source: to each place in its turn, and to all at once, which give the same.</summary>
internal static class Remedy
{
    private const string Usings = "using Fused;\nusing F = Fused;\nusing Unrolled = Fused.FlattenAttribute;\nusing Last = Fused.SoftmaxAttribute;\n";

    /// <summary>A directive by which functions are called without the name of their enumeration.</summary>
    public const string NamesFunctions = "using static Fused.Activation;\n";

    /// <param name="source">Diagnostics are marked: <c>{|FUSED201:Flatten|}</c>.</param>
    /// <param name="remedied">What it becomes, with those marked that stay.</param>
    public static Task Check<TCodeFix>(string source, string remedied)
        where TCodeFix : CodeFixProvider, new()
    {
        var test = new CSharpCodeFixTest<FusedModelAnalyzer, TCodeFix, DefaultVerifier>
        {
            TestCode = Usings + source,
            FixedCode = Usings + remedied,
            ReferenceAssemblies = Analysis.NoDownload,
        };
        test.TestState.AdditionalReferences.AddRange(Compilations.References);
        test.SolutionTransforms.Add(Analysis.WithLanguage);
        return test.RunAsync(CancellationToken.None);
    }
}
