using System.Runtime.CompilerServices;
using Fused.Generator;

namespace Fused.Testing.Snapshots;

/// <summary>
/// Compares text with a file beside the test, by the conventions of Verify: <c>Class.Method.verified.cs</c> is what was
/// approved, <c>Class.Method.received.cs</c> what came instead, and moving the one over the other approves it. A text
/// without a verified file fails, so that the first run shows what there is to approve.
/// </summary>
/// <remarks>
/// <see cref="SnapshotEngine"/> does the work. There are two: the project's own, and Verify itself, over the same files, in
/// builds with <c>-p:SnapshotEngine=Verify</c>.
/// </remarks>
internal static class Snapshot
{
    /// <summary>Compares one text with <c>Class.Method.verified.extension</c>.</summary>
    public static Task Verify(
        string text, string extension = "txt", [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "") =>
        SnapshotEngine.Verify([new SnapshotTarget(null, extension, text)], sourceFile, method);

    /// <summary>Compares several texts of one test, each with <c>Class.Method#Name.verified.extension</c>.</summary>
    public static Task Verify(
        IEnumerable<(string Name, string Text)> texts, string extension = "txt", [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "") =>
        SnapshotEngine.Verify([.. texts.Select(text => new SnapshotTarget(text.Name, extension, text.Text))], sourceFile, method);

    /// <summary>Compares generated files, each with <c>Class.Method#HintName.verified.cs</c>, as Verify.SourceGenerators lays them down.</summary>
    public static Task Verify(
        IEnumerable<GeneratedFile> files, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "") =>
        SnapshotEngine.Verify(
            [
                .. files.OrderBy(file => file.HintName, StringComparer.Ordinal).Select(file => new SnapshotTarget(
                    Path.GetFileNameWithoutExtension(file.HintName), "cs", $"//HintName: {file.HintName}\n{file.Source}")),
            ],
            sourceFile,
            method);
}

/// <summary>One text to compare.</summary>
/// <param name="Name">What tells it from the test's other texts; null where it is the only one.</param>
/// <param name="Extension">Of the file, without the point.</param>
/// <param name="Text">The text.</param>
internal sealed record SnapshotTarget(string? Name, string Extension, string Text);
