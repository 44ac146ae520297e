namespace Fused.Runtime.Tests.Files;

/// <summary>What a failing, a killed and a competing Save leave behind.</summary>
public sealed class SaveTests : IDisposable
{
    private static readonly TensorSpec[] Specs = [new("dense", TensorRole.Kernel, 300, 200), new("dense", TensorRole.Bias, 200)];

    private static readonly ModelWeights Weights = ModelWeights.Initialize(Specs, 1);

    private readonly TestFiles _files = new();

    private string Target => Path.Combine(_files.Folder, "head.safetensors");

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_failure_names_the_file_that_was_asked_for()
    {
        string absent = Path.Combine(_files.Folder, "absent", "head.safetensors");
        AssertNames<DirectoryNotFoundException>(absent);
        Directory.CreateDirectory(Target);
        Exception? exception = Record.Exception(() => Weights.Save(Target));
        Assert.True(exception is IOException or UnauthorizedAccessException, exception?.ToString());
        AssertNames(exception, Target);
        AssertNames<IOException>(Path.Combine(_files.Write([1], "file"), "head.safetensors"));
    }

    [Fact]
    public void What_a_killed_save_left_is_removed_by_the_next_one()
    {
        string abandoned = Litter("head.safetensors.0123456789abcdef0123456789abcdef.tmp", TimeSpan.FromMinutes(11));
        string[] others =
        [
            Litter("head.safetensors.fedcba9876543210fedcba9876543210.tmp", TimeSpan.FromMinutes(1)), // somebody may be writing it
            Litter("other.safetensors.0123456789abcdef0123456789abcdef.tmp", TimeSpan.FromDays(1)),
            Litter("head.safetensors.0123456789abcdef.tmp", TimeSpan.FromDays(1)),
            Litter("head.safetensors.tmp", TimeSpan.FromDays(1)),
            Litter("head.safetensors.0123456789abcdef0123456789abcdef.bak", TimeSpan.FromDays(1)),
            Litter("head.safetensors.my.0123456789abcdef0123456789abcdef.tmp", TimeSpan.FromDays(1)),
        ];

        Weights.Save(Target);

        Assert.False(File.Exists(abandoned));
        Assert.Equal([.. others.Append(Target).Order(StringComparer.Ordinal)], Directory.GetFiles(_files.Folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_somebody_has_open_is_left()
    {
        string path = Litter("head.safetensors.0123456789abcdef0123456789abcdef.tmp", TimeSpan.FromDays(1));
        using (new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None))
            Weights.Save(Target);
        Assert.True(File.Exists(path));

        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-1));
        Weights.Save(Target);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Those_who_save_at_once_do_not_disturb_one_another()
    {
        ModelWeights[] all = [.. Enumerable.Range(0, 4).Select(seed => ModelWeights.Initialize(Specs, seed))];
        Weights.Save(Target);
        await Task.WhenAll(all.Select(weights => Task.Run(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                weights.Save(Target);
                float first = ModelWeights.Load(Target, Specs)[0][0];
                Assert.Contains(all.Append(Weights), candidate => candidate[0][0] == first);
            }
        })));
        Assert.Equal(Target, Assert.Single(Directory.GetFiles(_files.Folder)));
    }

    private string Litter(string name, TimeSpan age)
    {
        string path = _files.Write([1, 2, 3], name);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow - age);
        return path;
    }

    private static void AssertNames<T>(string target)
        where T : Exception => AssertNames(Assert.ThrowsAny<T>(() => Weights.Save(target)), target);

    private static void AssertNames(Exception? exception, string target)
    {
        string text = exception!.ToString();
        Assert.StartsWith($"'{target}' cannot be saved: ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", text, StringComparison.Ordinal);
    }
}
