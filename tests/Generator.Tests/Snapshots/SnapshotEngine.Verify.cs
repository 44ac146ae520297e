using System.Runtime.CompilerServices;
using VerifyTests;
using VerifyXunit;

namespace Fused.Generator.Tests.Snapshots;

/// <summary>Verify's comparison, in builds with <c>-p:SnapshotEngine=Verify</c>.</summary>
internal static class SnapshotEngine
{
    // The sources have no byte order mark, and generated text is no place for what scrubbers look for.
    [ModuleInitializer]
    internal static void Initialize() => VerifierSettings.UseUtf8NoBom();

    public static Task Verify(IReadOnlyList<SnapshotTarget> targets, string sourceFile, string method) =>
        Verifier.Verify(targets.Select(target => new Target(target.Extension, target.Text, target.Name)), sourceFile: sourceFile)
            .UseTypeName(Path.GetFileNameWithoutExtension(sourceFile))
            .UseMethodName(method)
            .ToTask();
}
