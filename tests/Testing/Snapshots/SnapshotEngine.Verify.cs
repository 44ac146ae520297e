namespace Fused.Testing.Snapshots;

/// <summary>
/// Verify's comparison, in builds with <c>-p:SnapshotEngine=Verify</c>. There are no usings: Verify's packages bring its namespaces
/// as global ones, beside which usings here would be errors.
/// </summary>
internal static class SnapshotEngine
{
    private static readonly Lock TextExtensions = new();

    // No text in the repository has a byte order mark.
    static SnapshotEngine() => VerifierSettings.UseUtf8NoBom();

    public static Task Verify(IReadOnlyList<SnapshotTarget> targets, string sourceFile, string method) =>
        Verifier.Verify(targets.Select(Text), sourceFile: sourceFile)
            .UseTypeName(Path.GetFileNameWithoutExtension(sourceFile))
            .UseMethodName(method)
            .ToTask();

    /// <summary>A target of Verify, which refuses text for an extension that it does not know to be one of texts, such as that of PTX.</summary>
    private static Target Text(SnapshotTarget target)
    {
        // Tests run side by side, and adding an extension makes a new set of an old one.
        lock (TextExtensions)
        {
            if (!EmptyFiles.FileExtensions.IsTextExtension(target.Extension))
                EmptyFiles.FileExtensions.AddTextExtension(target.Extension);
        }

        return new Target(target.Extension, target.Text, target.Name);
    }
}
