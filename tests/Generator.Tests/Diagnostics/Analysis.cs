using Fused.Generator.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Fused.Generator.Tests.Diagnostics;

/// <summary>
/// Runs the analyzer over source whose diagnostics are marked: <c>{|FUSED011:Dense(0)|}</c>. Exactly those marked may be
/// found, at exactly those places.
/// </summary>
internal static class Analysis
{
    /// <summary>Stands for the testing package's own reference assemblies, which it would download.</summary>
    public static ReferenceAssemblies NoDownload { get; } = new("net10.0");

    /// <summary>A file with "using Fused" before the source.</summary>
    public static Task Run(string source, params string[] messages) => Test("using Fused;\n" + source, messages).RunAsync(CancellationToken.None);

    /// <summary>A test of source that may name Fused as it likes.</summary>
    /// <param name="source">The file; with several messages, its marks are <c>{|#0:...|}</c>, <c>{|#1:...|}</c>.</param>
    /// <param name="messages">By mark number, <c>ID severity: message</c>; nothing where ids in the marks say enough.</param>
    public static AnalyzerTest<DefaultVerifier> Test(string source, params string[] messages)
    {
        var test = new CSharpAnalyzerTest<FusedModelAnalyzer, DefaultVerifier>
        {
            TestCode = source,
            ReferenceAssemblies = NoDownload,
            CompilerDiagnostics = CompilerDiagnostics.Errors,
        };
        test.TestState.AdditionalReferences.AddRange(Compilations.References);
        test.SolutionTransforms.Add(WithLanguage);
        test.ExpectedDiagnostics.AddRange(messages.Select(Expected));
        return test;
    }

    /// <summary>The options with which the other tests compile.</summary>
    public static Solution WithLanguage(Solution solution, ProjectId project) =>
        solution.WithProjectParseOptions(project, Compilations.ParseOptions);

    private static DiagnosticResult Expected(string expected, int mark)
    {
        string[] parts = expected.Split(": ", 2);
        string[] head = parts[0].Split(' ');
        return new DiagnosticResult(head[0], Enum.Parse<DiagnosticSeverity>(head[1])).WithLocation(mark).WithMessage(parts[1]);
    }
}
