using Fused.Testing.Snapshots;

namespace Fused.Generator.Tests.Snapshots;

/// <summary>The conventions of Verify, as the project's own comparison keeps them.</summary>
public sealed class SnapshotEngineTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("snapshots");

    private string Test => Path.Combine(_directory.FullName, "SomeTests.cs");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task The_first_run_fails_and_shows_what_was_received()
    {
        string message = await Fail(new SnapshotTarget(null, "txt", "text\n"));

        Assert.Contains("It is new", message, StringComparison.Ordinal);
        Assert.Equal(["SomeTests.Method.received.txt"], Files());
        Assert.Equal("text\n", Read("SomeTests.Method.received.txt"));
    }

    [Fact]
    public async Task The_received_text_moved_over_the_verified_one_passes_and_leaves_nothing_else()
    {
        await Fail(new SnapshotTarget(null, "txt", "text\n"));
        File.Move(PathOf("SomeTests.Method.received.txt"), PathOf("SomeTests.Method.verified.txt"));

        await Verify(new SnapshotTarget(null, "txt", "text\n"));

        Assert.Equal(["SomeTests.Method.verified.txt"], Files());
    }

    [Fact]
    public async Task A_match_clears_away_what_an_earlier_run_received()
    {
        Write("SomeTests.Method.verified.txt", "text");
        Write("SomeTests.Method.received.txt", "older");

        await Verify(new SnapshotTarget(null, "txt", "text"));

        Assert.Equal(["SomeTests.Method.verified.txt"], Files());
    }

    [Theory]
    [InlineData("one\ntwo\n", "one\ntwo")]
    [InlineData("one\ntwo\n", "one\r\ntwo\n")]
    [InlineData("one\ntwo\n", "one \ntwo\n")]
    [InlineData("one\ntwo\n", "One\ntwo\n")]
    public async Task Every_difference_counts(string verified, string received)
    {
        Write("SomeTests.Method.verified.txt", verified);

        await Fail(new SnapshotTarget(null, "txt", received));

        Assert.Equal(verified, Read("SomeTests.Method.verified.txt"));
        Assert.Equal(received, Read("SomeTests.Method.received.txt"));
    }

    [Fact]
    public async Task Several_texts_have_names_and_are_all_compared()
    {
        Write("SomeTests.Method#Shop.Head.g.verified.cs", "same");

        string message = await Fail(
            new SnapshotTarget("Shop.Head.g", "cs", "same"), new SnapshotTarget("Shop.A.g", "cs", "a"), new SnapshotTarget("Shop.B.g", "cs", "b"));

        Assert.Contains("SomeTests.Method#Shop.A.g.received.cs", message, StringComparison.Ordinal);
        Assert.Contains("SomeTests.Method#Shop.B.g.received.cs", message, StringComparison.Ordinal);
        Assert.DoesNotContain("SomeTests.Method#Shop.Head.g.received.cs", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verified_text_that_is_no_longer_produced_fails()
    {
        Write("SomeTests.Method#Old.g.verified.cs", "old");
        Write("SomeTests.Method#New.g.verified.cs", "new");
        Write("SomeTests.Method2#Other.g.verified.cs", "another test's");

        string message = await Fail(new SnapshotTarget("New.g", "cs", "new"));

        Assert.Contains("SomeTests.Method#Old.g.verified.cs is no longer produced", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Method2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_shows_the_first_change_alone()
    {
        string[] lines = [.. Enumerable.Range(1, 100).Select(i => $"line {i}")];
        string verified = string.Join('\n', lines);
        lines[49] = "changed \t";
        lines[50] = "more\nand more";
        lines[90] = "changed again";

        Assert.Equal(
            """
            The first difference is at line 50 (- verified, + received):
              line 47
              line 48
              line 49
            - line 50
            - line 51
            + changed \t
            + more
            + and more
            """,
            TextDifference.Describe(verified, string.Join('\n', lines)));
    }

    private Task Verify(params SnapshotTarget[] targets) => SnapshotEngine.Verify(targets, Test, "Method");

    private async Task<string> Fail(params SnapshotTarget[] targets) =>
        (await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Verify(targets))).Message;

    private string[] Files() => [.. _directory.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    private string PathOf(string file) => Path.Combine(_directory.FullName, file);

    private string Read(string file) => File.ReadAllText(PathOf(file));

    private void Write(string file, string text) => File.WriteAllText(PathOf(file), text);
}
