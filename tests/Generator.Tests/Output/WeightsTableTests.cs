using System.Text.RegularExpressions;

namespace Fused.Generator.Tests.Output;

/// <summary>
/// The table of docs/weights.md: what each row says to write is compiled and loads a file that is made by the rules of the row's
/// framework. The kernel is square, so that its order matters in each.
/// </summary>
public sealed partial class WeightsTableTests : IDisposable
{
    private const string Burn = """{"format":"safetensors","producer":"burn","version":"0.20.1"}""";

    /// <summary>(in, out), as Keras has it, and (out, in), as PyTorch has it.</summary>
    private static readonly float[] InputsFirst = [1, 2, 3, 4, 5, 6, 7, 8, 9], OutputsFirst = [1, 4, 7, 2, 5, 8, 3, 6, 9];

    private static readonly float[] Bias = [10, 20, 30];

    /// <summary>(1, 2, 3) times the kernel, plus the bias.</summary>
    private static readonly float[] Expected = [40, 56, 72];

    private static readonly Stored Body = new("features.0.weight", [4, 3, 3, 3], new float[108]);

    private static readonly Dictionary<string, byte[]> Files = new(StringComparer.Ordinal)
    {
        ["Keras 2, `np.savez` by the variables' names"] = TensorBytes.Npz(Kernel("dense/kernel:0", InputsFirst), Vector("dense/bias:0")),
        ["Keras 3, by the variables' `path`"] = TensorBytes.Npz(Kernel("sequential/dense/kernel", InputsFirst), Vector("sequential/dense/bias")),
        ["Keras, `np.savez(path, *model.get_weights())`"] = TensorBytes.Npz(Kernel("arr_0", InputsFirst), Vector("arr_1")),
        ["Keras 3, `.weights.h5` copied to .npz"] = TensorBytes.Npz(
            Kernel("layers/dense/vars/0", InputsFirst), Vector("layers/dense/vars/1"), new Stored("optimizer/vars/0", [1], [1])),
        ["Keras, a head of 1x1 convolution"] = TensorBytes.Npz(new Stored("conv2d/kernel", [1, 1, 3, 3], InputsFirst), Vector("conv2d/bias")),
        ["PyTorch, `nn.Sequential`"] = TensorBytes.Safetensors("", Kernel("0.weight", OutputsFirst), Vector("0.bias")),
        ["PyTorch, one `nn.Linear`"] = TensorBytes.Safetensors("", Kernel("weight", OutputsFirst), Vector("bias")),
        ["PyTorch with batch norm"] = TensorBytes.Safetensors(
            "", Kernel("0.weight", OutputsFirst), Vector("0.bias"), new Stored("1.weight", [3], [1, 1, 1]), new Stored("1.bias", [3], [0, 0, 0]),
            new Stored("1.running_mean", [3], [0, 0, 0]), new Stored("1.running_var", [3], [1 - 1e-5f, 1 - 1e-5f, 1 - 1e-5f]), new Stored("1.num_batches_tracked", [], [1])),
        ["PyTorch, a head of 1x1 convolution"] = TensorBytes.Safetensors("", new Stored("classifier.1.weight", [3, 3, 1, 1], OutputsFirst), Vector("classifier.1.bias")),
        ["torchvision, a whole checkpoint"] = TensorBytes.Safetensors("", Body, Kernel("classifier.1.weight", OutputsFirst), Vector("classifier.1.bias")),
        ["timm, a whole checkpoint"] = TensorBytes.Safetensors(
            "", new Stored("stem.conv.weight", [4, 3, 3, 3], new float[108]), Kernel("head.fc.weight", OutputsFirst), Vector("head.fc.bias")),
        ["Lightning and others, under a prefix"] = TensorBytes.Safetensors(
            "", Kernel("model.fc.weight", OutputsFirst), Vector("model.fc.bias"), new Stored("model.features.0.weight", [4, 3, 3, 3], new float[108]), new Stored("loss.weight", [3], [1, 1, 1])),
        ["Hugging Face transformers"] = TensorBytes.Safetensors(
            """{"format":"pt"}""", new Stored("vit.layernorm.weight", [3], [1, 1, 1]), Kernel("classifier.weight", OutputsFirst), Vector("classifier.bias")),
        ["tinygrad, `safe_save(get_state_dict(net), path)`"] = TensorBytes.Safetensors("", Kernel("layers.0.weight", OutputsFirst), Vector("layers.0.bias")),
        ["MLX, `model.save_weights(path)`"] = TensorBytes.Safetensors("", Kernel("layers.0.weight", OutputsFirst), Vector("layers.0.bias")),
        ["candle, `varmap.save(path)`"] = TensorBytes.Safetensors("", Kernel("fc.weight", OutputsFirst), Vector("fc.bias")),
        ["Burn, `SafetensorsStore`"] = TensorBytes.Safetensors(Burn, Kernel("fc.weight", InputsFirst), Vector("fc.bias")),
        ["Burn, with `BurnToPyTorchAdapter`"] = TensorBytes.Safetensors(Burn, Kernel("fc.weight", OutputsFirst), Vector("fc.bias")),
        ["PaddleNLP, `save_pretrained`"] = TensorBytes.Safetensors("""{"format":"pd"}""", Kernel("classifier.weight", InputsFirst), Vector("classifier.bias")),
        ["Paddle, `safetensors.paddle.save_file`"] = TensorBytes.Safetensors("", Kernel("classifier.weight", InputsFirst), Vector("classifier.bias")),
        ["Flax, `flatten_dict(variables, sep=\"/\")`"] = TensorBytes.Safetensors("", Kernel("params/Dense_0/kernel", InputsFirst), Vector("params/Dense_0/bias")),
        ["NumPy by hand, `x @ W1 + b1`"] = TensorBytes.Npz(Kernel("W1", InputsFirst), new Stored("b1", [1, 3], Bias)),
        ["NumPy by hand, `W1 @ x + b1`"] = TensorBytes.Npz(Kernel("W1", OutputsFirst), new Stored("b1", [3, 1], Bias)),
        ["scikit-learn's `MLPClassifier`, `coefs_` and `intercepts_`"] = TensorBytes.Npz(Kernel("coefs_0", InputsFirst), Vector("intercepts_0")),
    };

    private readonly string _path = Path.GetTempFileName();

    /// <summary>A row: framework, how it stores a head, the declaration and the call.</summary>
    public static TheoryData<string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (Match row in Row().Matches(Documents.Read("weights.md")))
                rows.Add(row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value);
            return rows;
        }
    }

    public void Dispose() => File.Delete(_path);

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_a_row_says_to_write_loads_what_its_framework_writes(string framework, string declaration, string load)
    {
        File.WriteAllBytes(_path, Files[framework]);
        Generated generated = Generated.From($$"""
            using Fused;
            [FusedModel, Input(3)]
            {{declaration}}
            partial class Head;
            static class Runner
            {
                const string path = @"{{_path}}";
                public static float[] Run(float[] x) => Head.{{load}}.Predict(x);
            }
            """);
        Assert.Equal(Expected, Computed.Run(generated, 1, 2, 3).Select(y => MathF.Round(y, 4)));
    }

    [Fact]
    public void Every_row_has_a_file_and_every_file_a_row() =>
        Assert.Equal(Files.Keys.Order(StringComparer.Ordinal), Row().Matches(Documents.Read("weights.md")).Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal));

    private static Stored Kernel(string name, float[] values) => new(name, [3, 3], values);

    private static Stored Vector(string name) => new(name, [3], Bias);

    /// <summary>A row of four cells, the third and fourth code.</summary>
    [GeneratedRegex(@"^\| (.+?) \| .+? \| `(\[.+\])` \| `(Load\(.+\))` \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
