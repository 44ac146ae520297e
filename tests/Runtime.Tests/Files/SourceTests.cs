using System.IO.Compression;

namespace Fused.Runtime.Tests.Files;

/// <summary>The same files from the disk, from memory and from streams of every kind.</summary>
public sealed class SourceTests : IDisposable
{
    private static readonly float[] Values = [.. Enumerable.Range(0, 50_000).Select(i => (float)i)];

    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("path")]
    [InlineData("memory")]
    [InlineData("seekable")]
    [InlineData("forward")]
    [InlineData("one byte at a time")]
    public void A_file_is_read_wherever_it_is(string source)
    {
        foreach (bool npz in new[] { false, true })
        {
            using TensorFile file = Open(source, Content(npz));

            Assert.Equal(["a", "b"], file.Tensors.Select(t => t.Name));
            Assert.Equal(Values, file.ReadSingle("b"));
            Assert.Equal([7f], file.ReadSingle("a"));
            Assert.Equal(Values, file.ReadSingle("b"));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stream_is_read_from_its_position_and_stays_open(bool npz)
    {
        using var stream = new MemoryStream([1, 2, 3, .. Content(npz)]);
        stream.Position = 3;

        using (TensorFile file = TensorFile.Open(stream))
            Assert.Equal(Values, file.ReadSingle("b"));

        Assert.True(stream.CanRead);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_not_read_again()
    {
        using TensorFile file = Open("forward", Content(npz: false), out Stream? stream);
        stream!.Dispose();
        Assert.Equal(Values, file.ReadSingle("b"));
    }

    [Theory]
    [InlineData("memory", "The memory", "")]
    [InlineData("seekable", "The stream", "")]
    [InlineData("forward", "The stream", "")]
    public void Messages_call_the_source_what_it_is(string source, string subject, string path)
    {
        var exception = Assert.Throws<FusedWeightsException>(() => Open(source, [1, 2, 3]));
        Assert.StartsWith(subject + " cannot be read:\n", exception.Message, StringComparison.Ordinal);
        Assert.Equal(path, exception.Path);
    }

    [Fact]
    public void A_file_stream_is_called_by_its_name()
    {
        string path = _files.Write([1, 2, 3]);
        using FileStream stream = File.OpenRead(path);
        Assert.Equal(path, Assert.Throws<FusedWeightsException>(() => TensorFile.Open(stream)).Path);
    }

    [Fact]
    public void A_stream_without_end_that_is_no_file_of_tensors_is_left_alone()
    {
        using var stream = new TestStream(new byte[1], endless: (byte)'<');
        Assert.Throws<FusedWeightsException>(() => TensorFile.Open(stream));
        Assert.InRange(stream.BytesRead, 0, 1 << 20);
    }

    [Fact]
    public void A_stream_whose_header_lies_costs_what_came_of_it()
    {
        // 90 MB of header claimed, under the limit; 100 bytes come.
        byte[] content = TestFiles.Safetensors("{}", new byte[100], headerLength: 90_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<FusedWeightsException>(() => Open("forward", content));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void What_is_no_readable_stream_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => TensorFile.Open((Stream)null!));
        var closed = new MemoryStream();
        closed.Dispose();
        Assert.Throws<ArgumentException>(() => TensorFile.Open(closed));
    }

    [Fact]
    public void A_streams_own_failure_is_passed_on()
    {
        using var stream = new TestStream(Content(npz: false), failsAfter: 1000);
        Assert.Throws<IOException>(() => TensorFile.Open(stream));
    }

    [Theory]
    [InlineData("{}", 0)]
    [InlineData("""{"__metadata__":null}""", 0)]
    [InlineData("""{"__metadata__":{}}""", 0)]
    [InlineData("""{"__metadata__":{"format":"pt","producer":"burn"}}""", 2)]
    public void Metadata_is_there_to_be_asked(string header, int count)
    {
        using TensorFile file = TensorFile.Open(TestFiles.Safetensors(header, []));
        Assert.Equal(count, file.Metadata.Count);
        if (count == 2)
            Assert.Equal("burn", file.Metadata["producer"]);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"pt\"")]
    [InlineData("[]")]
    [InlineData("""{"format":1}""")]
    [InlineData("""{"format":null}""")]
    [InlineData("""{"format":{"a":"b"}}""")]
    [InlineData("""{"format":"pt","format":"pt"}""")]
    public void Metadata_that_is_not_strings_is_refused(string metadata)
    {
        byte[] content = TestFiles.Safetensors($$"""{"__metadata__":{{metadata}}}""", []);
        Assert.Contains("__metadata__", Assert.Throws<FusedWeightsException>(() => TensorFile.Open(content)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_npz_has_no_metadata()
    {
        using TensorFile file = TensorFile.Open(Content(npz: true));
        Assert.Empty(file.Metadata);
    }

    private static byte[] Content(bool npz)
    {
        byte[] a = TestFiles.Encode("F32", 7);
        byte[] b = TestFiles.Encode("F32", [.. Values.Select(v => (double)v)]);
        return npz
            ? TestFiles.Npz(CompressionLevel.Fastest, ("a", TestFiles.Npy("<f4", "(1,)", a)), ("b", TestFiles.Npy("<f4", "(50000,)", b)))
            : TestFiles.Safetensors(("a", "F32", [1], a), ("b", "F32", [50_000], b));
    }

    private TensorFile Open(string source, byte[] content) => Open(source, content, out _);

    private TensorFile Open(string source, byte[] content, out Stream? stream)
    {
        stream = source switch
        {
            "seekable" => new MemoryStream(content),
            "forward" => new TestStream(content),
            "one byte at a time" => new TestStream(content, step: 1),
            _ => null,
        };
        return stream is not null ? TensorFile.Open(stream)
            : source == "memory" ? TensorFile.Open(content) : TensorFile.Open(_files.Write(content));
    }
}
