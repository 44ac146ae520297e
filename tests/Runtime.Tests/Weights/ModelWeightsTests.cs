using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using CsCheck;
using Fused.Runtime.Tests.Files;

namespace Fused.Runtime.Tests.Weights;

public sealed class ModelWeightsTests : IDisposable
{
    private static readonly TensorSpec[] Specs =
    [
        new("norm", TensorRole.Gamma, 3),
        new("norm", TensorRole.Beta, 3),
        new("norm", TensorRole.MovingMean, 3),
        new("norm", TensorRole.MovingVariance, 3),
        new("dense", TensorRole.Kernel, 3, 2),
        new("dense", TensorRole.Bias, 2),
    ];

    private static readonly float[][] Values = [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12], [1, 2, 3, 4, 5, 6], [7, 8]];

    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("norm.gamma norm.beta norm.moving_mean norm.moving_variance dense.kernel dense.bias")]
    [InlineData("norm/gamma norm/beta norm/moving_mean norm/moving_variance dense/kernel dense/bias")]
    [InlineData("norm/gamma:0 norm/beta:0 norm/moving_mean:0 norm/moving_variance:0 dense/kernel:0 dense/bias:0")]
    [InlineData("norm.gamma:0 norm.beta norm/moving_mean norm.moving_variance:0 dense.kernel:0 dense/bias")]
    public void Kerass_names_load(string names)
    {
        string[] name = names.Split(' ');
        (string, float[])[] tensors = [.. name.Zip(Values)];
        AssertLoaded(Safetensors(tensors));
        AssertLoaded(Npz(tensors));
    }

    [Fact]
    public void PyTorchs_names_load_and_the_kernel_is_transposed()
    {
        // What torch.save gives for nn.BatchNorm1d(3) and nn.Linear(3, 2).
        float[] weight = [1, 3, 5, 2, 4, 6];
        (string Name, string DType, int[] Shape, byte[] Data)[] tensors =
        [
            ("dense.bias", "F32", [2], Bytes(Values[5])),
            ("dense.weight", "F32", [2, 3], Bytes(weight)),
            ("norm.bias", "F32", [3], Bytes(Values[1])),
            ("norm.num_batches_tracked", "I64", [], new byte[8]),
            ("norm.running_mean", "F32", [3], Bytes(Values[2])),
            ("norm.running_var", "F32", [3], Bytes(Values[3])),
            ("norm.weight", "F32", [3], Bytes(Values[0])),
        ];
        AssertLoaded(TestFiles.Safetensors(tensors));
    }

    [Fact]
    public void A_PyTorch_kernel_in_fortran_order_is_transposed_by_being_read_as_it_lies()
    {
        TensorSpec[] specs = Specs[4..];
        byte[] weight = TestFiles.Npy("<f4", "(2, 3)", Bytes(Values[4]), fortran: true);
        byte[] bias = TestFiles.Npy("<f4", "(2,)", Bytes(Values[5]));
        string path = _files.Write(TestFiles.Npz(CompressionLevel.Optimal, ("dense.weight", weight), ("dense.bias", bias)));

        Assert.Equal(Values[4], ModelWeights.Load(path, specs)[0]);
    }

    [Fact]
    public void Tensors_are_found_by_place_and_by_name()
    {
        ModelWeights weights = ModelWeights.Load(_files.Write(Safetensors([.. Specs.Select(s => s.Name).Zip(Values)])), Specs);
        Assert.Equal([7f, 8f], weights[5]);
        Assert.Equal([7f, 8f], weights.Tensor("dense.bias").Span);
        Assert.Same(Specs, weights.Specs);
        Assert.Contains("dense.kernel", Assert.Throws<KeyNotFoundException>(() => weights.Tensor("dens.kernel")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_does_not_fit_is_listed_at_once()
    {
        string path = _files.Write(TestFiles.Safetensors(
            ("norm.gamma", "F32", [3], Bytes(Values[0])),
            ("norm.weight", "F32", [3], Bytes(Values[0])),
            ("norm.betta", "F32", [3], Bytes(Values[1])),
            ("norm.moving_mean", "I32", [3], new byte[12]),
            ("dense.weight", "F32", [3, 3], new byte[36]),
            ("dense.bias", "F32", [3], Bytes(Values[0])),
            ("head.extra", "I8", [1, 2], new byte[2])));

        var exception = Assert.Throws<FusedWeightsException>(() => ModelWeights.Load(path, Specs));

        Assert.Equal(path, exception.Path);
        Assert.Equal(
            [
                "norm.gamma (3) is there more than once: as 'norm.gamma' and 'norm.weight'",
                "norm.beta (3) is missing; did you mean 'norm.betta'?",
                "'norm.moving_mean' has type I32; F64, F32, F16 and BF16 can be loaded",
                "norm.moving_variance (3) is missing",
                "'dense.weight' has shape (3, 3); expected is (3, 2) or (2, 3): the file's layer has 3 outputs, the model's 2",
                "'dense.bias' has shape (3); expected is (2): the file's layer has 3 outputs, the model's 2",
                "'head.extra' I8 (1, 2) is not in the model",
                "'norm.betta' F32 (3) is not in the model",
            ],
            exception.Problems);
        Assert.Equal(
            $"'{path}' does not fit the model:" + string.Concat(exception.Problems.Select(p => "\n  - " + p)) + """

            The model expects:
              - norm.gamma (3)
              - norm.beta (3)
              - norm.moving_mean (3)
              - norm.moving_variance (3)
              - dense.kernel (3, 2)
              - dense.bias (2)
            """.ReplaceLineEndings("\n"),
            exception.Message);
    }

    [Theory]
    [InlineData("dense.kernel:0", "dense/kernel")]
    [InlineData("dense.kernel", "dense.weight")]
    public void A_name_in_two_spellings_is_refused(string first, string second)
    {
        string path = _files.Write(TestFiles.Safetensors(
            (first, "F32", [3, 2], Bytes(Values[4])), (second, "F32", [2, 3], Bytes(Values[4])), ("dense.bias", "F32", [2], Bytes(Values[5]))));
        string problem = Assert.Single(Assert.Throws<FusedWeightsException>(() => ModelWeights.Load(path, Specs[4..])).Problems);
        Assert.Equal($"dense.kernel (3, 2) is there more than once: as '{first}' and '{second}'", problem);
    }

    [Theory]
    [InlineData("dnse.kernel", new[] { 4, 4 }, "'dnse.kernel'")]
    [InlineData("classifier.kernel", new[] { 4, 4 }, null)]
    [InlineData("embedding", new[] { 3, 2 }, "'embedding', the only other tensor that fits")]
    [InlineData("embedding", new[] { 1, 1, 2, 3 }, "'embedding', the only other tensor that fits")]
    [InlineData("embedding", new[] { 3, 3 }, null)]
    public void A_missing_tensor_is_pointed_at_what_is_like_it(string name, int[] shape, string? hint)
    {
        string path = _files.Write(TestFiles.Safetensors((name, "F32", shape, new byte[4 * shape.Aggregate((a, b) => a * b)])));
        string problem = Assert.Throws<FusedWeightsException>(() => ModelWeights.Load(path, [Specs[4]])).Problems[0];
        Assert.Equal("dense.kernel (3, 2) is missing" + (hint is null ? "" : $"; did you mean {hint}?"), problem);
    }

    [Fact]
    public void Corrupt_values_are_a_problem_of_their_tensor()
    {
        byte[] kernel = TestFiles.Npy("<f4", "(3, 2)", Bytes(Values[4]));
        byte[] file = TestFiles.Npz(CompressionLevel.Optimal, ("dense.kernel", kernel));
        // The local header is 30 bytes and the name; a first block of the reserved kind 3 is no deflate.
        file[30 + "dense.kernel.npy".Length] = 0b111;
        string path = _files.Write(file);
        Assert.Contains("dense.kernel", Assert.Throws<FusedWeightsException>(() => ModelWeights.Load(path, [Specs[4]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_saved_loads_bit_for_bit() =>
        Gen.Int.Array[6].Sample(bits =>
        {
            float[] values = [.. bits.Select(BitConverter.Int32BitsToSingle)];
            string path = Path.Combine(_files.Folder, "saved");
            new ModelWeights(Specs[4..], [values, [float.NaN, -0f]]).Save(path);

            ModelWeights loaded = ModelWeights.Load(path, Specs[4..]);

            Assert.Equal(bits, loaded[0].ToArray().Select(BitConverter.SingleToInt32Bits));
            Assert.Equal(BitConverter.SingleToInt32Bits(-0f), BitConverter.SingleToInt32Bits(loaded[1][1]));
        }, iter: 100, threads: 1);

    [Fact]
    public void A_tensor_larger_than_the_buffers_is_saved_and_loaded()
    {
        TensorSpec[] specs = [new("a", TensorRole.Kernel, 1000, 77), new("b", TensorRole.Kernel, 77, 1000)];
        ModelWeights weights = ModelWeights.Initialize(specs, 1);
        string path = Path.Combine(_files.Folder, "saved");
        weights.Save(path);

        ModelWeights loaded = ModelWeights.Load(path, specs);

        Assert.Equal(weights[0], loaded[0]);
        Assert.Equal(weights[1], loaded[1]);
    }

    [Fact]
    public void The_saved_file_is_sorted_and_aligned()
    {
        string path = Path.Combine(_files.Folder, "saved");
        new ModelWeights(Specs[4..], [Values[4], Values[5]]).Save(path);

        byte[] file = File.ReadAllBytes(path);

        string header = """{"dense.bias":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"dense.kernel":{"dtype":"F32","shape":[3,2],"data_offsets":[8,32]}}""";
        string padded = header.PadRight((header.Length + 7) / 8 * 8);
        Assert.Equal(padded, Encoding.UTF8.GetString(file, 8, file.Length - 8 - 32));
        Assert.Equal(TestFiles.Safetensors(padded, [.. Bytes(Values[5]), .. Bytes(Values[4])]), file);
    }

    [Fact]
    public void Saving_replaces_a_file_and_leaves_nothing_else()
    {
        string path = _files.Write([1, 2, 3]);
        ModelWeights.Initialize(Specs, 1).Save(path);
        Assert.Equal(Specs.Length, ModelWeights.Load(path, Specs).Specs.Count);
        Assert.Equal(path, Assert.Single(Directory.GetFiles(_files.Folder)));
    }

    [Fact]
    public void A_save_that_fails_leaves_no_file_behind()
    {
        string target = Path.Combine(_files.Folder, "target");
        Directory.CreateDirectory(target);
        File.WriteAllText(Path.Combine(target, "kept"), "kept");

        Exception? exception = Record.Exception(() => ModelWeights.Initialize(Specs, 1).Save(target));

        Assert.True(exception is IOException or UnauthorizedAccessException, exception?.ToString());
        Assert.Empty(Directory.GetFiles(_files.Folder));
        Assert.Equal("kept", File.ReadAllText(Path.Combine(target, "kept")));
    }

    [Fact]
    public void A_save_into_no_folder_fails() =>
        Assert.Throws<DirectoryNotFoundException>(() => ModelWeights.Initialize(Specs, 1).Save(Path.Combine(_files.Folder, "absent", "file")));

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void A_save_that_cannot_write_leaves_the_old_file_untouched()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "The superuser may write into read-only folders.");
        string path = _files.Write([1, 2, 3]);
        File.SetUnixFileMode(_files.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.ThrowsAny<UnauthorizedAccessException>(() => ModelWeights.Initialize(Specs, 1).Save(path));
            Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        }
        finally
        {
            File.SetUnixFileMode(_files.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static byte[] Bytes(float[] values) => TestFiles.Encode("F32", [.. values.Select(v => (double)v)]);

    private static byte[] Safetensors((string Name, float[] Values)[] tensors) =>
        TestFiles.Safetensors([.. tensors.Select((t, i) => (t.Name, "F32", Specs[i].Shape.ToArray(), Bytes(t.Values)))]);

    private static byte[] Npz((string Name, float[] Values)[] tensors) =>
        TestFiles.Npz(
            CompressionLevel.NoCompression,
            [.. tensors.Select((t, i) => (t.Name, TestFiles.Npy("<f4", i == 4 ? "(3, 2)" : $"({t.Values.Length},)", Bytes(t.Values))))]);

    private void AssertLoaded(byte[] file)
    {
        ModelWeights weights = ModelWeights.Load(_files.Write(file), Specs);
        for (int i = 0; i < Specs.Length; i++)
            Assert.Equal(Values[i], weights[i]);
    }
}
