namespace Fused;

/// <summary>
/// The kinds of file that people have in the place of one that can be loaded. Sources: the formats' own first bytes, as
/// <c>file(1)</c> knows them, too; <c>git-lfs/docs/spec.md</c>; NumPy's <c>numpy.lib.format</c>; PyTorch's <c>torch/serialization.py</c>.
/// </summary>
internal static class ForeignKinds
{
    /// <summary>The number with which <c>torch.save</c> began files before PyTorch 1.6, pickled.</summary>
    private static ReadOnlySpan<byte> TorchMagic => [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19];

    private static readonly ForeignKind[] All =
    [
        new(file => file.Bytes.IsEmpty, "an empty file: a download that failed leaves one, or a disk that was full"),
        new(file => file.Has("version https://git-lfs"u8), GitLfs),
        new(IsHtml, "an HTML page, not the file that it is about: of a page that shows a file, download what its link 'raw' or 'download' leads to "
            + "(on Hugging Face, the address with /resolve/ for /blob/), and log in where that asks you to"),
        new(file => file.Text.StartsWith("<?xml", StringComparison.Ordinal), file => $"an XML text, as servers answer that do not give the file: {file.Beginning}"),
        new(file => file.Text is ['{' or '[', ..], ShardIndex.Explain),
        new(file => file.Has([0x93]) && file.Has("NUMPY"u8, 1), file =>
            "a .npy file, one array without a name: "
            + $"np.savez(\"head.npz\", **{{\"dense.kernel\": np.load({Export.Name(file, "kernel.npy")}), \"dense.bias\": np.load(\"bias.npy\")}}) makes a file of several with names"),
        new(file => file.Has([0x89]) && file.Has("HDF\r\n"u8, 1), file =>
            "an HDF5 file, in which Keras keeps weights (.h5, .weights.h5): save the weights in Python; " + Export.KerasWeights(file)),
        new(file => file.Has("GGUF"u8), "a GGUF file, of llama.cpp, whose weights are mostly quantized: take the safetensors that it was made of"),
        new(file => file.Has("TFL3"u8, 4), "a TensorFlow Lite model, which has its weights by number and often quantized: export them from the model that it was converted from"),
        new(file => file.Has([0x1F, 0x8B]), Packed("gzip", "gzip -d")),
        new(file => file.Has("BZh"u8), Packed("bzip2", "bzip2 -d")),
        new(file => file.Has([0xFD]) && file.Has("7zXZ"u8, 1), Packed("xz", "xz -d")),
        new(file => file.Has([0x28, 0xB5, 0x2F, 0xFD]), Packed("Zstandard", "zstd -d")),
        new(file => file.Has("7z"u8) && file.Has([0xBC, 0xAF, 0x27, 0x1C], 2), Packed("7-Zip", "7z x")),
        new(file => file.Has("ustar"u8, 257), "a tar archive: unpack it with 'tar -xf', and load a file of it; "
            + "PyTorch wrote such files, too, before version 0.2, and a newer one opens and saves those again"),
        new(file => file.Has(TorchMagic), file => $"a file that torch.save wrote before PyTorch 1.6, and {Export.NeverUnpickled}: save the tensors in Python; " + Export.PyTorch(file)),
        new(IsPickle, Pickle),
        new(IsCheckpointIndex, file =>
            "the index of a TensorFlow checkpoint: save its tensors in Python; " + Export.Checkpoint(Prefix(file))),
        new(file => file.IsCalled(".data-00000-of-00001"), file =>
            "the data of a TensorFlow checkpoint: save its tensors in Python; " + Export.Checkpoint(Prefix(file))),
        new(file => Protobuf.IsOnnx(file.Bytes), file => "an ONNX model: save its tensors in Python; " + Export.Onnx(file)),
        new(file => Protobuf.IsSavedModel(file.Bytes), "a TensorFlow SavedModel's graph, whose weights are in the folder 'variables' beside it: save them in Python; "
            + Export.Checkpoint("variables/variables")),
        new(file => Protobuf.IsGraph(file.Bytes), "a TensorFlow graph, whose weights are constants among its operations: export them from the model that it was frozen from"),
        new(file => file.Text.Length > 0, file => $"a text, not a file of tensors: {file.Beginning}"),
    ];

    /// <summary>What a file is that is neither a safetensors nor an npz file, and what to do; null where nobody knows.</summary>
    public static string? Explain(FileHead file) => Array.Find(All, kind => kind.Is(file)) is { } kind ? "it is " + kind.Explain(file) : null;

    private static string Packed(string how, string command) => $"compressed with {how}: unpack it first ('{command}')";

    private static string GitLfs(FileHead file)
    {
        string size = file.Text.Split('\n').FirstOrDefault(line => line.StartsWith("size ", StringComparison.Ordinal)) is { } line
            ? $" of {Quoted.Text(line[5..].Trim())} bytes" : "";
        return $"a Git LFS pointer, which stands for a file{size}: run 'git lfs pull' in its repository to fetch that";
    }

    private static bool IsHtml(FileHead file) =>
        file.Text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || file.Text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
        || (file.Text is ['<', ..] && file.Text.Contains("<html", StringComparison.OrdinalIgnoreCase));

    /// <summary>Protocol 2 and later begin with a mark and their number, and go on with a frame or an opcode.</summary>
    private static bool IsPickle(FileHead file) => file.Bytes is [0x80, >= 2 and <= 5, _, ..];

    private static string Pickle(FileHead file)
    {
        string what = $"a Python pickle, and {Export.NeverUnpickled}: save the arrays in Python, where you trust the file; ";
        return what + (file.Mentions("torch"u8)
            ? Export.PyTorch(file)
            : $"np.savez(\"head.npz\", **{{\"dense.kernel\": kernel, \"dense.bias\": bias}}) does it for arrays of these names");
    }

    /// <summary>
    /// A table whose first key is empty, with a <c>BundleHeaderProto</c> as its value: the number of shards, then a version. Source:
    /// TensorFlow's <c>tensor_bundle.cc</c> and <c>tensor_bundle.proto</c>.
    /// </summary>
    private static bool IsCheckpointIndex(FileHead file) => file.Has([0, 0]) && file.Has([0x08], 3) && (file.Has([0x1A, 0x02, 0x08], 5) || file.Has([0x1A, 0x02, 0x08], 7));

    private static string Prefix(FileHead file)
    {
        int end = file.Name.LastIndexOf('.');
        return end > 0 && file.Name[..end].All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-') ? Quoted.Text(file.Name[..end]) : "variables/variables";
    }
}
