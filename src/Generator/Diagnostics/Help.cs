using System.Reflection;

namespace Fused.Generator.Diagnostics;

/// <summary>Where a diagnostic is explained.</summary>
internal static class Help
{
    /// <summary>The address that the project's files can be read under, which the build knows; null as long as there is none.</summary>
    private static readonly string? Home = typeof(Help).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(metadata => metadata.Key == "FusedHome")?.Value;

    /// <summary>The link of a diagnostic; none where it would lead nowhere.</summary>
    public static string? Link(string id) => Link(Home, id);

    /// <inheritdoc cref="Link(string)"/>
    public static string? Link(string? home, string id) =>
        home is null ? null : $"{home.TrimEnd('/')}/docs/diagnostics.md#{id.ToLowerInvariant()}";

    /// <summary>Where to read about a diagnostic without a network.</summary>
    public static string Section(string id) => $"Explained in docs/diagnostics.md of the package Fused, in section {id}.";
}
