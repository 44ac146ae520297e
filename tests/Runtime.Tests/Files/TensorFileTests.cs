using System.IO.Compression;

namespace Fused.Runtime.Tests.Files;

public sealed class TensorFileTests : IDisposable
{
    // Exact in every type that is read.
    private static readonly double[] Values = [0, -1, 1.5, 96, -0.25, 2];

    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("F64")]
    [InlineData("F32")]
    [InlineData("F16")]
    [InlineData("BF16")]
    public void Safetensors_types_are_read(string dtype)
    {
        using TensorFile file = Open(TestFiles.Safetensors(
            ("other", "F32", [1], TestFiles.Encode("F32", 7)),
            ("x", dtype, [2, 3], TestFiles.Encode(dtype, Values))));

        Assert.Equal(["other", "x"], file.Tensors.Select(t => t.Name));
        Assert.Equal($"x {dtype} (2, 3)", file.Tensors[1].ToString());
        Assert.Equal(Values.Select(v => (float)v), file.ReadSingle("x"));
    }

    [Theory]
    [InlineData("<f8")]
    [InlineData("<f4")]
    [InlineData("<f2")]
    [InlineData(">f8")]
    [InlineData(">f4")]
    [InlineData(">f2")]
    [InlineData("<V2")]
    [InlineData("|V2")]
    [InlineData("bfloat16")]
    public void Npz_types_are_read_stored_and_deflated(string dtype)
    {
        byte[] npy = TestFiles.Npy(dtype, "(2, 3)", TestFiles.Encode(dtype, Values));
        foreach (CompressionLevel level in new[] { CompressionLevel.NoCompression, CompressionLevel.Optimal })
        {
            using TensorFile file = Open(TestFiles.Npz(level, ("x", npy)));
            Assert.Equal($"x {dtype} (2, 3)", Assert.Single(file.Tensors).ToString());
            Assert.Equal(Values.Select(v => (float)v), file.ReadSingle("x"));
        }
    }

    [Theory]
    [InlineData("<i4")]
    [InlineData(">i4")]
    [InlineData("<i8")]
    [InlineData(">i8")]
    [InlineData("|u1")]
    public void Npz_integers_are_read(string dtype)
    {
        double[] values = dtype == "|u1" ? [0, 1, 255] : [0, -1, int.MaxValue];
        using TensorFile file = Open(OneNpy(TestFiles.Npy(dtype, "(3,)", TestFiles.Encode(dtype, values))));
        Assert.Equal(values.Select(v => (int)v), file.ReadInt32("x"));
    }

    [Fact]
    public void An_integer_that_does_not_fit_is_refused()
    {
        using TensorFile file = Open(OneNpy(TestFiles.Npy("<i8", "(1,)", TestFiles.Encode("<i8", 1L << 31))));
        Assert.Contains("2147483648", Refused(() => file.ReadInt32("x")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(6,)", new[] { 6 })]
    [InlineData("(2, 3)", new[] { 2, 3 })]
    [InlineData("(2, 3, 4)", new[] { 2, 3, 4 })]
    [InlineData("(3, 1, 2, 5)", new[] { 3, 1, 2, 5 })]
    public void Fortran_order_becomes_C_order(string shape, int[] dimensions)
    {
        int count = dimensions.Aggregate(1, (a, b) => a * b);
        double[] expected = [.. Enumerable.Range(0, count).Select(i => (double)i)];
        double[] stored = new double[count];
        for (int i = 0; i < count; i++)
        {
            // i is the index in C order; its place in the file has the first axis varying fastest.
            int rest = i, place = 0;
            for (int axis = dimensions.Length - 1; axis >= 0; axis--)
            {
                int stride = dimensions[..axis].Aggregate(1, (a, b) => a * b);
                place += rest % dimensions[axis] * stride;
                rest /= dimensions[axis];
            }

            stored[place] = expected[i];
        }

        using TensorFile file = Open(OneNpy(TestFiles.Npy("<f4", shape, TestFiles.Encode("<f4", stored), fortran: true)));
        Assert.Equal(expected.Select(v => (float)v), file.ReadSingle("x"));
    }

    [Fact]
    public void Fortran_order_is_right_across_buffers()
    {
        const int rows = 123, columns = 457;
        double[] stored = [.. Enumerable.Range(0, rows * columns).Select(p => (double)(p % rows * columns + p / rows))];
        using TensorFile file = Open(OneNpy(TestFiles.Npy("<f8", $"({rows}, {columns})", TestFiles.Encode("<f8", stored), fortran: true)));
        Assert.Equal(Enumerable.Range(0, rows * columns).Select(i => (float)i), file.ReadSingle("x"));
    }

    [Theory]
    [InlineData("{'shape':(2,),'descr':\"<f4\",'fortran_order':False}")]
    [InlineData("  { 'fortran_order' : False , 'shape' : ( 2 ) , 'descr' : '<f4' , }   ")]
    public void Npy_headers_may_be_written_in_any_order(string header)
    {
        foreach (int version in new[] { 1, 2, 3 })
        {
            using TensorFile file = Open(OneNpy(TestFiles.Npy(header, TestFiles.Encode("<f4", 1, 2), version)));
            Assert.Equal([1f, 2f], file.ReadSingle("x"));
        }
    }

    [Theory]
    [InlineData("<f4", "()", 1)]
    [InlineData("<f4", "(0,)", 0)]
    [InlineData("<f4", "(0, 2147483647, 2147483647, 2147483647)", 0)]
    [InlineData("<f4", "(3, 0)", 0)]
    public void Single_values_and_empty_tensors_are_read(string dtype, string shape, int count)
    {
        using TensorFile file = Open(OneNpy(TestFiles.Npy(dtype, shape, new byte[4 * count], fortran: true)));
        Assert.Equal(count, file.ReadSingle("x").Length);
    }

    [Theory]
    [InlineData("{'descr': '<U20', 'fortran_order': False, 'shape': (2,), }", "<U20")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "|O")]
    [InlineData("{'descr': [('a]', '<f4'), ('b', '<i4', (2, 2))], 'fortran_order': False, 'shape': (2,), }", "structured")]
    public void What_cannot_be_read_is_listed_and_refused(string header, string dtype)
    {
        using TensorFile file = Open(OneNpy(TestFiles.Npy(header, new byte[160])));
        Assert.Equal(dtype, Assert.Single(file.Tensors).DType);
        Assert.Equal($"'x' has type {dtype}; F64, F32, F16 and BF16 can be read", Refused(() => file.ReadSingle("x")));
        Assert.Equal($"'x' has type {dtype}; I64, I32 and U8 can be read", Refused(() => file.ReadInt32("x")));
    }

    [Fact]
    public void A_name_that_is_not_there_is_answered_with_those_that_are()
    {
        using TensorFile file = Open(TestFiles.Safetensors(("a", "F32", [1], new byte[4]), ("b", "I8", [2], new byte[2])));
        Assert.Equal("there is no 'maps'; there are 'a', 'b'", Refused(() => file.ReadSingle("maps")));
    }

    [Fact]
    public void Entries_of_a_zip_that_are_no_npy_are_passed_over()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            archive.CreateEntry("README.txt");
        using TensorFile file = Open(stream.ToArray());
        Assert.Empty(file.Tensors);
    }

    [Fact]
    public void What_is_no_readable_file_gives_the_systems_exception()
    {
        Assert.Throws<FileNotFoundException>(() => TensorFile.Open(Path.Combine(_files.Folder, "absent")));
        Assert.Throws<DirectoryNotFoundException>(() => TensorFile.Open(Path.Combine(_files.Folder, "absent", "absent")));
        Assert.Throws<UnauthorizedAccessException>(() => TensorFile.Open(_files.Folder));
    }

    private static byte[] OneNpy(byte[] npy) => TestFiles.Npz(CompressionLevel.Optimal, ("x", npy));

    private static string Refused(Action read) => Assert.Single(Assert.Throws<FusedWeightsException>(read).Problems);

    private TensorFile Open(byte[] content) => TensorFile.Open(_files.Write(content));
}
