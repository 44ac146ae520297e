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
        !options.TryGetValue("build_property.FusedFusion", out string? value) || !value.Equals("false", StringComparison.OrdinalIgnoreCase);
}
