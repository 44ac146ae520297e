using VerifyTests;
using VerifyXunit;

namespace Fused.Testing.Snapshots;

/// <summary>Verify's comparison, in builds with <c>-p:SnapshotEngine=Verify</c>.</summary>
internal static class SnapshotEngine
{
    // No text in the repository has a byte order mark.
    static SnapshotEngine() => VerifierSettings.UseUtf8NoBom();

    public static Task Verify(IReadOnlyList<SnapshotTarget> targets, string sourceFile, string method) =>
        Verifier.Verify(targets.Select(target => new Target(target.Extension, target.Text, target.Name)), sourceFile: sourceFile)
            .UseTypeName(Path.GetFileNameWithoutExtension(sourceFile))
            .UseMethodName(method)
            .ToTask();
}
