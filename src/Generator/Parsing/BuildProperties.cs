using Microsoft.CodeAnalysis.Diagnostics;

namespace Fused.Generator.Parsing;

/// <summary>The properties of a build that the package's targets show to the compiler.</summary>
internal static class BuildProperties
{
    /// <summary>The folder of the project; empty where that is not known.</summary>
    public static string ProjectFolder(AnalyzerConfigOptions options) =>
        options.TryGetValue("build_property.ProjectDir", out string? value) ? value : "";

    /// <summary>What <c>FusedFusion</c> says, true unless it is false.</summary>
    public static bool HasFusion(AnalyzerConfigOptions options) =>
        !IsFalse(options, "FusedFusion");

    /// <summary>Whether analyzers run in the build; the second property says so where the first does not.</summary>
    public static bool HasAnalyzers(AnalyzerConfigOptions options) =>
        !(IsFalse(options, "RunAnalyzers") || (Value(options, "RunAnalyzers").Length == 0 && IsFalse(options, "RunAnalyzersDuringBuild")));

    private static bool IsFalse(AnalyzerConfigOptions options, string property) => Value(options, property).Equals("false", StringComparison.OrdinalIgnoreCase);

    private static string Value(AnalyzerConfigOptions options, string property) =>
        options.TryGetValue("build_property." + property, out string? value) ? value : "";
}
