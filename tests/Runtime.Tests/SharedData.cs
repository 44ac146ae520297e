using Fused.Testing.Data;

namespace Fused.Runtime.Tests;

/// <summary>Tests of the data beside the repository, which are skipped where those are not.</summary>
internal static class SharedData
{
    /// <summary>A file of the shared data, or a skipped test.</summary>
    public static string File(string name) => SharedFile.Find(name) ?? throw new SkipException($"shared/data/{name} is not here.");
}
