using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Fused.Runtime.Tests.Files;

/// <summary>Files that lie: each loads or gives a <see cref="FusedWeightsException"/>, and costs little memory either way.</summary>
public sealed class HostileFileTests : IDisposable
{
    private const long MaxAllocated = 1 << 20;

    private static readonly TensorSpec[] Specs = [new("dense", TensorRole.Kernel, 3, 2), new("dense", TensorRole.Bias, 2)];

    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(1L << 60)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(90_000_000)]
    [InlineData(99)]
    public void A_header_length_beyond_the_file_is_refused(long length) =>
        Refused(TestFiles.Safetensors("{}", [], length));

    [Theory]
    [InlineData("", "neither")]
    [InlineData("[]", "neither")]
    [InlineData(" {}", "neither")]
    [InlineData("{", "JSON")]
    [InlineData("{}x", "JSON")]
    [InlineData("{} {}", "JSON")]
    [InlineData("""{"a":1}""", "not a dtype")]
    [InlineData("""{"a":{}}""", "not a dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", "not a dtype")]
    [InlineData("""{"a":{"dtype":1,"shape":[1],"data_offsets":[0,4]}}""", "not a dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"extra":1}}""", "not a dtype")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "not a dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", "not a dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "not a dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "not a dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", "not a dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999],"data_offsets":[0,4]}}""", "not a dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}""", "not a dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", "overflows")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647],"data_offsets":[0,4]}}""", "4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "4 bytes")]
    [InlineData("""{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,4]}}""", "4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "bytes 4 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", "not a dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begins at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}""", "twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "begins at 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "8 bytes, but 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", "0 bytes, but 4")]
    [InlineData("""{"a":{"dtype":"X9","shape":[1],"data_offsets":[0,9000000000000000000]}}""", "but 4")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "JSON")]
    public void A_safetensors_header_that_lies_is_refused(string json, string reason) =>
        Assert.Contains(reason, Refused(TestFiles.Safetensors(json, new byte[4])), StringComparison.Ordinal);

    [Fact]
    public void A_name_that_is_no_UTF8_is_refused()
    {
        byte[] file = TestFiles.Safetensors("""{"?":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", new byte[4]);
        file[10] = 0xFF;
        Refused(file);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        string deep = new string('[', 100_000);
        Refused(TestFiles.Safetensors($$"""{"__metadata__":{{deep}}""", []));
        Refused(TestFiles.Safetensors($$"""{"a":{"shape":{{deep}}""", []));
    }

    [Fact]
    public void A_zip_bomb_is_not_inflated()
    {
        // 300 MB of zeros in 300 KB, twice: under a name that the model has, of a shape that it has not, and under another.
        byte[] bomb = new byte[300_000_000];
        byte[] honest = TestFiles.Npy("<f4", "(3, 2)", new byte[24]);
        byte[] file = TestFiles.Npz(
            CompressionLevel.Fastest, ("dense.kernel", honest), ("dense.bias", Sized(bomb, "(74999980,)")), ("bomb", Sized(bomb, "(74999980,)")));

        string problems = Refused(file);

        Assert.Contains("'dense.bias' has shape (", problems, StringComparison.Ordinal);
        Assert.Contains("'bomb' <f4 (", problems, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_inflates_to_more_than_it_says_is_read_no_further()
    {
        // The header promises what the model has; the archive's directory says so too; the stream goes on for 64 MB.
        byte[] npy = TestFiles.Npy("<f4", "(2,)", new byte[8]);
        byte[] long_ = new byte[64 << 20];
        npy.CopyTo(long_, 0);
        byte[] file = TestFiles.Npz(CompressionLevel.Fastest, ("dense.bias", long_));
        Patch(file, BitConverter.GetBytes(long_.Length), BitConverter.GetBytes(npy.Length));

        string path = _files.Write(file);
        AllocatesLittle(() => Assert.Throws<FusedWeightsException>(() => ModelWeights.Load(path, Specs)));
        AllocatesLittle(() => ModelWeights.Load(path, Specs[1..]));
    }

    [Theory]
    [InlineData("(2147483647,)")]
    [InlineData("(500000000,)")]
    [InlineData("(2147483647, 2147483647, 2147483647)")]
    [InlineData("(3,)")]
    [InlineData("(-2,)")]
    [InlineData("(99999999999999999999,)")]
    [InlineData("(2")]
    [InlineData("2,)")]
    [InlineData("(2,,)")]
    [InlineData("(2 2)")]
    [InlineData("None")]
    public void A_npy_shape_that_lies_is_refused(string shape) => Refused(OneNpy(TestFiles.Npy("<f4", shape, new byte[8])));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} x")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'shape': (2,)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': 1}")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}")]
    [InlineData("{'descr': '<f4 'fortran_order': False, 'shape': (2,)}")]
    [InlineData("{'descr': [[[[, 'fortran_order': False, 'shape': (2,)}")]
    [InlineData("{'descr': 4, 'fortran_order': False, 'shape': (2,), 'shape'")]
    public void A_npy_header_that_is_none_is_refused(string header) => Refused(OneNpy(TestFiles.Npy(header, new byte[8])));

    [Fact]
    public void A_npy_header_of_four_gigabytes_is_refused()
    {
        byte[] npy = TestFiles.Npy("<f4", "(2,)", new byte[8], version: 2);
        BinaryPrimitives.WriteUInt32LittleEndian(npy.AsSpan(8), uint.MaxValue);
        Refused(OneNpy(npy));
    }

    [Fact]
    public void A_size_that_the_compressed_bytes_cannot_give_is_refused()
    {
        // A gigabyte claimed alike by the header and by the archive's directory, on a few bytes.
        byte[] npy = TestFiles.Npy("<f4", "(250000000,)", new byte[8]);
        byte[] file = OneNpy(npy);
        Patch(file, BitConverter.GetBytes(npy.Length), BitConverter.GetBytes(npy.Length - 8 + 1_000_000_000));
        string path = _files.Write(file);

        AllocatesLittle(() => Assert.Throws<FusedWeightsException>(() => TensorFile.Open(path)));
    }

    [Fact]
    public void The_same_name_twice_in_a_zip_is_refused()
    {
        byte[] npy = TestFiles.Npy("<f4", "(2,)", new byte[8]);
        Assert.Contains("twice", Refused(TestFiles.Npz(CompressionLevel.Optimal, ("a", npy), ("a", npy))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_of_nothing_but_directory_is_refused()
    {
        // 60,000 entries, 3 MB, would be ten times that as objects.
        const ushort entries = 60_000;
        byte[] one = TestFiles.Npz(CompressionLevel.NoCompression, ("a", []));
        int start = one.AsSpan().IndexOf("PK\u0001\u0002"u8);
        int end = one.AsSpan().IndexOf("PK\u0005\u0006"u8);
        byte[] file = [.. one[..start], .. Enumerable.Repeat(one[start..end], entries).SelectMany(b => b), .. one[end..]];
        int tail = file.Length - (one.Length - end);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(tail + 8), entries);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(tail + 10), entries);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(tail + 12), tail - start);

        Assert.Contains("its directory is larger", Refused(file, maxAllocated: 10L * file.Length), StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_that_are_all_one_cost_a_small_multiple_of_what_they_take()
    {
        // Each entry of the directory has a name of its own and the place of the one array that there is; zeros make the file three times the directory.
        const ushort entries = 60_000;
        byte[] one = TestFiles.Npz(CompressionLevel.NoCompression, ("00000000", TestFiles.Npy("<f4", "(1,)", new byte[4])));
        int start = one.AsSpan().IndexOf("PK\u0001\u0002"u8), end = one.AsSpan().IndexOf("PK\u0005\u0006"u8), size = end - start;
        byte[] file = new byte[start + 3 * entries * size + one.Length - end];
        one.AsSpan(0, start).CopyTo(file);
        int directory = start + 2 * entries * size;
        for (int i = 0; i < entries; i++)
        {
            one.AsSpan(start, size).CopyTo(file.AsSpan(directory + i * size));
            Encoding.ASCII.GetBytes($"{i:D8}").CopyTo(file, directory + i * size + 46);
        }

        one.AsSpan(end).CopyTo(file.AsSpan(directory + entries * size));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(directory + entries * size + 8), entries);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(directory + entries * size + 10), entries);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(directory + entries * size + 12), entries * size);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(directory + entries * size + 16), directory);

        string path = _files.Write(file);
        AllocatesLittle(() => TensorFile.Open(path).Dispose(), maxAllocated: 10L * file.Length);
    }

    [Fact]
    public void A_hundred_thousand_entries_that_are_no_tensors_are_refused()
    {
        byte[] file = TestFiles.Zip(CompressionLevel.NoCompression, [.. Enumerable.Range(0, 100_000).Select(i => ($"{i:D8}", new byte[40]))]);
        Assert.Contains("without the .npy files", Refused(file, maxAllocated: 8L * file.Length), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_truncated_file_is_refused_wherever_it_ends(bool npz, bool deflated)
    {
        byte[] whole = Small(npz, deflated);
        Assert.Equal(2, ModelWeights.Load(_files.Write(whole), Specs)[1].Length);
        for (int length = 0; length < whole.Length; length++)
            Refused(whole[..length]);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_flipped_bit_anywhere_is_refused_or_loads(bool npz, bool deflated)
    {
        byte[] file = Small(npz, deflated);
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            string path = _files.Write(file);
            AllocatesLittle(() =>
            {
                try
                {
                    ModelWeights.Load(path, Specs);
                }
                catch (FusedWeightsException exception)
                {
                    Assert.NotEmpty(exception.Problems);
                }
            });
            file[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_message_does_not_repeat_what_a_terminal_would_obey()
    {
        string name = "\\u001b[2J" + new string('a', 5000);
        string problems = Refused(TestFiles.Safetensors((name, "F32", [1], new byte[4])));
        Assert.DoesNotContain('\u001b', problems);
        Assert.True(problems.Length < 1000);
    }

    [Fact]
    public void Thousands_of_unexpected_tensors_are_counted()
    {
        int[] empty = [0];
        (string, string, int[], byte[])[] tensors = [.. Enumerable.Range(0, 20_000).Select(i => ($"t{i}", "F32", empty, Array.Empty<byte>()))];
        Assert.Contains("19,995 more", Refused(TestFiles.Safetensors(tensors), maxAllocated: 64 << 20), StringComparison.Ordinal);
    }

    private static byte[] Small(bool npz, bool deflated)
    {
        byte[] kernel = TestFiles.Encode("<f4", 1, 2, 3, 4, 5, 6);
        byte[] bias = TestFiles.Encode("<f4", 7, 8);
        return npz
            ? TestFiles.Npz(
                deflated ? CompressionLevel.Optimal : CompressionLevel.NoCompression,
                ("dense.kernel", TestFiles.Npy("<f4", "(3, 2)", kernel)),
                ("dense.bias", TestFiles.Npy("<f4", "(2,)", bias)))
            : TestFiles.Safetensors(("dense.bias", "F32", [2], bias), ("dense.kernel", "F32", [3, 2], kernel));
    }

    private static byte[] OneNpy(byte[] npy) => TestFiles.Npz(CompressionLevel.Optimal, ("dense.bias", npy));

    /// <summary>A .npy file of the given size, whose header takes 80 bytes whatever the shape.</summary>
    private static byte[] Sized(byte[] content, string shape)
    {
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}".PadRight(69);
        byte[] npy = TestFiles.Npy(header, []);
        npy.CopyTo(content, 0);
        return content;
    }

    private static void Patch(byte[] file, byte[] old, byte[] replacement)
    {
        int count = 0;
        for (int at = file.AsSpan().IndexOf(old); at >= 0; at = file.AsSpan().IndexOf(old))
        {
            replacement.CopyTo(file, at);
            count++;
        }

        Assert.True(count >= 1, Encoding.ASCII.GetString(file));
    }

    private static void AllocatesLittle(Action action, long maxAllocated = MaxAllocated)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < maxAllocated, $"{allocated} bytes were allocated.");
    }

    private string Refused(byte[] content, long maxAllocated = MaxAllocated)
    {
        string path = _files.Write(content);
        string message = "";
        AllocatesLittle(() => message = Assert.Throws<FusedWeightsException>(() => ModelWeights.Load(path, Specs)).Message, maxAllocated);
        return message;
    }
}
