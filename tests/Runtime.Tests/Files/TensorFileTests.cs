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
    [InlineData("'<f16'", "<f16, NumPy's longdouble (float128)", true)]
    [InlineData("'>f12'", ">f12, NumPy's longdouble (float96)", true)]
    [InlineData("'<i2'", "<i2 (int16)", true)]
    [InlineData("'<u4'", "<u4 (uint32)", true)]
    [InlineData("'|b1'", "|b1 (bool)", true)]
    [InlineData("'<c8'", "<c8 (complex64)", false)]
    [InlineData("'<U20'", "<U20, text", false)]
    [InlineData("'|S3'", "|S3, bytes of text", false)]
    [InlineData("'<M8[ns]'", "<M8[ns]", false)]
    [InlineData("[('a]', '<f4'), ('b', '<i4', (2, 2))]", "structured", false)]
    [InlineData("'f99999999999'", "f99999999999", false)]
    public void What_cannot_be_read_is_listed_and_refused_in_NumPys_words(string descr, string described, bool isReal)
    {
        using TensorFile file = Open(OneNpy(TestFiles.Npy($"{{'descr': {descr}, 'fortran_order': False, 'shape': (2,), }}", new byte[160])));
        Assert.StartsWith(Assert.Single(file.Tensors).DType, described, StringComparison.Ordinal);
        string floats = isReal ? ": save x.astype(\"float32\")" : "", integers = isReal ? ": save x.astype(\"int32\")" : "";
        Assert.Equal($"'x' has type {described}; float64, float32, float16 and bfloat16 can be read{floats}", Refused(() => file.ReadSingle("x")));
        Assert.Equal($"'x' has type {described}; int64, int32 and uint8 can be read{integers}", Refused(() => file.ReadInt32("x")));
    }

    [Fact]
    public void Pickled_objects_are_listed_and_never_unpickled()
    {
        using TensorFile file = Open(OneNpy(TestFiles.Npy("|O", "(2,)", [0x80, 4, (byte)'c', (byte)'o', (byte)'s'])));
        Assert.Equal("|O", Assert.Single(file.Tensors).DType);
        Assert.Equal(
            "'x' has type |O: Python objects, which are pickled, and a pickle can run any code when it is opened, so that none is ever opened here: "
            + "save arrays of numbers; of a list of arrays, np.savez(\"head.npz\", *arrays) saves each",
            Refused(() => file.ReadSingle("x")));
    }

    [Fact]
    public void What_cannot_be_read_is_refused_in_the_words_of_safetensors()
    {
        using TensorFile file = Open(TestFiles.Safetensors(("x", "F8_E4M3", [2], new byte[2])));
        Assert.Equal("'x' has type F8_E4M3; F64, F32, F16 and BF16 can be read", Refused(() => file.ReadSingle("x")));
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
        using TensorFile file = Open(TestFiles.Zip(
            CompressionLevel.Optimal, ("README.txt", []), ("x.npy", TestFiles.Npy("<f4", "(1,)", TestFiles.Encode("<f4", 3)))));
        Assert.Equal("x", Assert.Single(file.Tensors).Name);
    }

    [Fact]
    public void An_npz_of_nothing_is_one()
    {
        using TensorFile file = Open(TestFiles.Zip(CompressionLevel.Optimal));
        Assert.Empty(file.Tensors);
    }

    [Fact]
    public void What_is_no_readable_file_gives_the_systems_exception()
    {
        Assert.Throws<FileNotFoundException>(() => TensorFile.Open(Path.Combine(_files.Folder, "absent")));
        Assert.Throws<DirectoryNotFoundException>(() => TensorFile.Open(Path.Combine(_files.Folder, "absent", "absent")));
    }

    [Theory]
    [InlineData(25_000)]
    [InlineData(70_000)] // beyond what a zip can count without its 64-bit extension
    public void An_npz_of_one_array_for_each_photo_opens(int count)
    {
        byte[] npy = TestFiles.Npy("<f4", "(1,)", TestFiles.Encode("<f4", 3));
        byte[] content = TestFiles.Npz(CompressionLevel.NoCompression, [.. Enumerable.Range(0, count).Select(i => ($"photo{i}", npy))]);
        using TensorFile file = TensorFile.Open(content);
        Assert.Equal(count, file.Tensors.Count);
        Assert.Equal([3f], file.ReadSingle($"photo{count - 1}"));
    }

    private static byte[] OneNpy(byte[] npy) => TestFiles.Npz(CompressionLevel.Optimal, ("x", npy));

    private static string Refused(Action read) => Assert.Single(Assert.Throws<FusedWeightsException>(read).Problems);

    private TensorFile Open(byte[] content) => TensorFile.Open(_files.Write(content));
}
