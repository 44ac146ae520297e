using Microsoft.CodeAnalysis.Diagnostics;

namespace Fused.Generator.Parsing;

/// <summary>The properties of a build that the package's targets show to the compiler.</summary>
internal static class BuildProperties
{
    /// <summary>What <c>FusedFusion</c> says, true unless it is false.</summary>
    public static bool HasFusion(AnalyzerConfigOptions options) =>
        !options.TryGetValue("build_property.FusedFusion", out string? value) || !value.Equals("false", StringComparison.OrdinalIgnoreCase);
}
