namespace Fused.Testing.Snapshots;

/// <summary>A verified text and what was received in its place.</summary>
internal sealed record SnapshotFile(string VerifiedPath, string ReceivedPath)
{
    public static SnapshotFile Of(string test, SnapshotTarget target)
    {
        string stem = target.Name is null ? test : $"{test}#{target.Name}";
        return new SnapshotFile($"{stem}.verified.{target.Extension}", $"{stem}.received.{target.Extension}");
    }

    /// <summary>Verified files of a test that it does not produce any more.</summary>
    public static IEnumerable<string> Obsolete(string test, IEnumerable<SnapshotTarget> targets)
    {
        HashSet<string> produced = [.. targets.Select(target => Of(test, target).VerifiedPath)];
        (string directory, string name) = (Path.GetDirectoryName(test)!, Path.GetFileName(test));
        return Directory.EnumerateFiles(directory, name + "#*.verified.*")
            .Concat(Directory.EnumerateFiles(directory, name + ".verified.*"))
            .Where(path => !produced.Contains(path))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>What is wrong, for the test's message; null where the text is the verified one.</summary>
    public async Task<string?> Compare(string received)
    {
        string? verified = File.Exists(VerifiedPath) ? await File.ReadAllTextAsync(VerifiedPath) : null;
        if (verified == received)
        {
            File.Delete(ReceivedPath);
            return null;
        }

        await File.WriteAllTextAsync(ReceivedPath, received);
        await DifferenceViewer.Show(ReceivedPath, VerifiedPath);
        string difference = verified is null ? "It is new: read it before you approve it." : TextDifference.Describe(verified, received);
        return $"""
            {Path.GetFileName(ReceivedPath)} is not as verified.
            {difference}
            To approve it: mv '{ReceivedPath}' '{VerifiedPath}'
            """;
    }
}
