namespace Fused.Testing.Snapshots;

/// <summary>The project's own comparison, which needs no package beyond the tool that opens differences in an editor.</summary>
internal static class SnapshotEngine
{
    /// <summary>Compares all the texts of a test, and fails with every difference there is.</summary>
    public static async Task Verify(IReadOnlyList<SnapshotTarget> targets, string sourceFile, string method)
    {
        // In tests, which is the only place where this is called, a class has the name of its file.
        string test = Path.Combine(Path.GetDirectoryName(sourceFile)!, $"{Path.GetFileNameWithoutExtension(sourceFile)}.{method}");
        var faults = new List<string>();
        foreach (SnapshotTarget target in targets)
        {
            if (await SnapshotFile.Of(test, target).Compare(target.Text) is { } fault)
                faults.Add(fault);
        }

        faults.AddRange(SnapshotFile.Obsolete(test, targets).Select(path => $"{path} is no longer produced: delete it."));
        if (faults.Count > 0)
            Assert.Fail(string.Join("\n\n", faults));
    }
}
