using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fused.Testing.Compiling;

/// <summary>A build's properties, as the compiler shows them to a generator.</summary>
internal sealed class BuildProperties(params (string Name, string Value)[] properties) : AnalyzerConfigOptionsProvider
{
    /// <summary>None set: what a generator sees that is run without a build.</summary>
    public static BuildProperties None { get; } = new();

    public static BuildProperties WithoutFusion { get; } = new(("FusedFusion", "false"));

    /// <summary>Without analyzers, so that the generator itself reports models that are not compiled.</summary>
    public static BuildProperties WithoutAnalyzers { get; } = new(("RunAnalyzers", "false"));

    public static BuildProperties WithoutFusionAndAnalyzers { get; } = new(("FusedFusion", "false"), ("RunAnalyzers", "false"));

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(properties.ToDictionary(p => "build_property." + p.Name, p => p.Value));

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
