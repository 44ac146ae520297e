using System.IO.Compression;
using System.Text;
using CsCheck;

namespace Fused.Runtime.Tests.Files;

/// <summary>Files of another kind: each is told what it is and what to do about it.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private static readonly byte[] Npy = TestFiles.Npy("<f4", "(2,)", new byte[8]);

    private static readonly byte[] TorchBefore16 = [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.', 0x80, 0x02, (byte)'M'];

    private static readonly Dictionary<string, (string Name, byte[] Content, string Start, string Help)> Kinds = new()
    {
        ["nothing"] = ("head.safetensors", [], "it is an empty file", "download"),
        ["Git LFS"] = ("head.safetensors", Utf8("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"), "it is a Git LFS pointer, which stands for a file of 12345 bytes", "run 'git lfs pull'"),
        ["HTML"] = ("head.safetensors", Utf8("\uFEFF\n<!DOCTYPE html>\n<html><head>"), "it is an HTML page", "/resolve/"),
        ["HTML after a comment"] = ("head.npz", Utf8("<!-- saved -->\n<HTML lang=\"en\">"), "it is an HTML page", "/resolve/"),
        ["XML"] = ("head.npz", Utf8("<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>"), "it is an XML text", "AccessDenied"),
        ["index"] = ("model.safetensors.index.json",
            Utf8("""{"metadata": {"total_size": 10}, "weight_map": {"model.layers.0.mlp.weight": "model-1.safetensors", "lm_head.weight": "model-2.safetensors", "model.norm.weight": "model-2.safetensors"}}"""),
            "it is the index of a model in several files", "'model-2.safetensors' has 'lm_head.weight', 'model.norm.weight'"),
        ["JSON"] = ("config.json", Utf8("{\"error\":\n \"Invalid credentials\"}"), "it is a JSON text", "'{\"error\": \"Invalid credentials\"}'"),
        ["broken JSON"] = ("x.json", Utf8("{\"weight_map\": {\"a\": "), "it is a JSON text", "weight_map"),
        ["text"] = ("head.safetensors", Utf8("404: Not Found"), "it is a text", "'404: Not Found'"),
        [".npy"] = ("kernel.npy", Npy, "it is a .npy file, one array without a name", "np.load(\"kernel.npy\")"),
        ["HDF5"] = ("head.weights.h5", [0x89, .. "HDF\r\n"u8, 0x1A, 0x0A, 0, 0, 0], "it is an HDF5 file", "model.load_weights(\"head.weights.h5\")"),
        ["GGUF"] = ("m.gguf", [.. "GGUF"u8, 3, 0, 0, 0, 9, 0], "it is a GGUF file", "safetensors"),
        ["TFLite"] = ("m.tflite", [0x1C, 0, 0, 0, .. "TFL3"u8, 0, 0], "it is a TensorFlow Lite model", "converted"),
        ["gzip"] = ("head.npz.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2], "it is compressed with gzip", "gzip -d"),
        ["bzip2"] = ("head.bz2", [.. "BZh91AY&SY"u8], "it is compressed with bzip2", "bzip2 -d"),
        ["xz"] = ("head.xz", [0xFD, .. "7zXZ"u8, 0, 0, 4, 0], "it is compressed with xz", "xz -d"),
        ["Zstandard"] = ("head.zst", [0x28, 0xB5, 0x2F, 0xFD, 4, 0], "it is compressed with Zstandard", "zstd -d"),
        ["7-Zip"] = ("head.7z", [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C, 0, 4], "it is compressed with 7-Zip", "7z x"),
        ["tar"] = ("head.tar", [.. new byte[257], .. "ustar"u8, 0, .. new byte[249]], "it is a tar archive", "tar -xf"),
        ["PyTorch before 1.6"] = ("head.pth", TorchBefore16, "it is a file that torch.save wrote before PyTorch 1.6", "torch.load(\"head.pth\", map_location=\"cpu\", weights_only=True)"),
        ["pickle"] = ("head.pkl", [0x80, 4, 0x95, 3, 0, 0, 0, 0, 0, 0, 0, (byte)'}', (byte)'.'], "it is a Python pickle", "np.savez"),
        ["pickle of tensors"] = ("head.bin", [0x80, 2, .. "ctorch._utils\n_rebuild_tensor_v2\n"u8], "it is a Python pickle", "torch.load(\"head.bin\""),
        ["checkpoint index"] = ("ckpt-1.index", [0, 0, 6, 8, 1, 0x1A, 2, 8, 1, 0, 0x11], "it is the index of a TensorFlow checkpoint", "tf.train.load_checkpoint(\"ckpt-1\")"),
        ["checkpoint data"] = ("ckpt-1.data-00000-of-00001", [0, 0, 0x80, 0x3F, 1, 2, 3, 4, 5], "it is the data of a TensorFlow checkpoint", "tf.train.load_checkpoint(\"ckpt-1\")"),
        ["ONNX"] = ("head.onnx", [8, 8, 0x12, 7, .. "pytorch"u8, 0x1A, 5, .. "2.1.0"u8, 0x3A, 0x80, 0x80, 1, 0x0A, 4, 1, 2], "it is an ONNX model", "onnx.load(\"head.onnx\").graph.initializer"),
        ["ONNX of nobody"] = ("head.onnx", [8, 7, 0x42, 4, 0x0A, 0, 0x10, 13, 0x3A, 9, 0x0A, 4, 0x12, 2, 1, 2], "it is an ONNX model", "onnx.numpy_helper.to_array"),
        ["SavedModel"] = ("saved_model.pb", [8, 1, 0x12, 0x90, 0x20, 0x0A, 0x10, 0x2A, 5, .. "serve"u8], "it is a TensorFlow SavedModel's graph", "variables/variables"),
        ["frozen graph"] = ("graph.pb", [0x0A, 0x20, 0x0A, 5, .. "input"u8, 0x12, 11, .. "Placeholder"u8, 0x2A, 1], "it is a TensorFlow graph", "frozen"),
        [".keras"] = ("head.keras", Zip("metadata.json", "config.json", "model.weights.h5"), "it is a Keras model", "keras.saving.load_model(\"head.keras\")"),
        ["PyTorch"] = ("head.pt", Zip("head/data.pkl", "head/data/0", "head/version"), "it is a file that torch.save wrote", "torch.load(\"head.pt\""),
        ["TorchScript"] = ("head.pt", Zip("head/data.pkl", "head/code/__torch__.py", "head/constants.pkl"), "it is a TorchScript model", "torch.jit.load(\"head.pt\""),
        ["zipped SavedModel"] = ("m.zip", Zip("m/saved_model.pb", "m/variables/variables.index"), "it is a zip archive with a TensorFlow SavedModel", "tf.train.load_checkpoint"),
        ["zipped file"] = ("m.zip", Zip("m/README.md", "m/head.safetensors"), "it is a zip archive with 'm/head.safetensors' in it", "unpack"),
        ["other zip"] = ("m.zip", Zip("a.txt", "b.txt", "c", "d", "e", "f"), "it is a zip archive without the .npy files that an npz has", "'a.txt', 'b.txt', 'c', 'd', 'e' and 1 more"),
        ["part of an npz"] = ("head.npz", TestFiles.Npz(CompressionLevel.Optimal, ("a", Npy))[..^30], "it begins as a zip archive", "interrupted"),
        ["part of a header"] = ("a.safetensors", TestFiles.Safetensors(("a", "F32", [2], new byte[8]))[..30], "its header has 54 bytes, but 22 follow", "interrupted"),
        ["part of the tensors"] = ("a.safetensors", TestFiles.Safetensors(("a", "F32", [2], new byte[8]))[..^3], "its tensors have 8 bytes, but 5 follow the header", "interrupted"),
        ["nobody's"] = ("x", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "it is neither a safetensors nor an npz file", "no other kind that is known"),
    };

    private readonly TestFiles _files = new();

    public static TheoryData<string> Names => [.. Kinds.Keys];

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_of_another_kind_is_told_what_it_is(string kind)
    {
        (string name, byte[] content, string start, string help) = Kinds[kind];
        string path = _files.Write(content, name);

        var exception = Assert.Throws<FusedWeightsException>(() => TensorFile.Open(path));

        Assert.Equal(path, exception.Path);
        Assert.StartsWith(start, Assert.Single(exception.Problems), StringComparison.Ordinal);
        Assert.Contains(help, exception.Problems[0], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_bytes_alone_tell_in_memory_and_in_a_stream(string kind)
    {
        (_, byte[] content, string start, _) = Kinds[kind];
        if (kind == "checkpoint data")
            return; // nothing but numbers: only its name tells

        Assert.StartsWith(start, Assert.Single(Assert.Throws<FusedWeightsException>(() => TensorFile.Open(content)).Problems), StringComparison.Ordinal);
        using var stream = new TestStream(content, step: 7);
        Assert.StartsWith(start, Assert.Single(Assert.Throws<FusedWeightsException>(() => TensorFile.Open(stream)).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_told_what_it_has()
    {
        Assert.Equal("it is a folder, not a file", Explain());
        _files.Write([1], "model.safetensors");
        _files.Write([1], "config.json");
        Assert.Equal("it is a folder, not a file: load one of 'model.safetensors'", Explain());
        _files.Write([1], "saved_model.pb");
        Assert.StartsWith("it is a folder with a TensorFlow SavedModel", Explain(), StringComparison.Ordinal);

        string Explain() => Assert.Single(Assert.Throws<FusedWeightsException>(() => TensorFile.Open(_files.Folder)).Problems);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Changed_files_of_another_kind_are_refused_or_read(string kind)
    {
        byte[] whole = Kinds[kind].Content;
        Gen.Select(Gen.Int[0, whole.Length], Gen.Int[0, 300], Gen.Byte).Sample((length, at, value) =>
        {
            byte[] content = whole[..length];
            if (at < content.Length)
                content[at] = value;
            try
            {
                TensorFile.Open(content).Dispose();
            }
            catch (FusedWeightsException exception)
            {
                Assert.NotEmpty(exception.Problems);
                Assert.DoesNotContain(exception.Message, c => char.IsControl(c) && c != '\n');
            }
        }, iter: 300, threads: 1);
    }

    [Fact]
    public void Any_bytes_at_all_are_refused_or_read() =>
        Gen.Byte.Array[0, 64].Sample(content =>
        {
            try
            {
                TensorFile.Open(content).Dispose();
            }
            catch (FusedWeightsException exception)
            {
                Assert.NotEmpty(exception.Problems);
            }
        }, iter: 20_000, threads: 1);

    [Fact]
    public void An_index_of_a_hundred_thousand_tensors_gets_a_short_answer()
    {
        string map = string.Join(",", Enumerable.Range(0, 100_000).Select(i => $"\"layers.{i}.weight\":\"shard{i % 50}\""));
        byte[] content = Utf8($"{{\"weight_map\":{{{map}}}}}");

        string problem = Assert.Single(Assert.Throws<FusedWeightsException>(() => TensorFile.Open(content)).Problems);

        Assert.Contains("and there are 30 files more", problem, StringComparison.Ordinal);
        Assert.InRange(problem.Length, 0, 5000);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("a\"); import os; (\"")]
    [InlineData("\u001b[2J")]
    public void A_files_name_is_put_into_code_only_where_it_is_plain(string name)
    {
        string path = _files.Write(Zip("config.json", "model.weights.h5"), name);
        Assert.Contains("load_model(\"head.keras\")", Assert.Throws<FusedWeightsException>(() => TensorFile.Open(path)).Problems[0], StringComparison.Ordinal);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Zip(params string[] names) => TestFiles.Zip(CompressionLevel.Optimal, [.. names.Select(name => (name, new byte[10]))]);
}
