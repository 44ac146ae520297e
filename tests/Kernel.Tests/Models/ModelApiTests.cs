using Fused.Testing.Compiling;
using Fused.Testing.Data;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Models;

/// <summary>What users call beside Predict, on models as the generator writes them.</summary>
public sealed class ModelApiTests
{
    /// <summary>Dense and batch normalisation, named by default more than once.</summary>
    private static readonly Network Network = CompiledNetworks.Named("NormalizationEverywhere");

    private static ModelType Type => CompiledNetworks.TypeOf(Network);

    private static float[] Samples => Network.RandomSamples(3, seed: 5);

    [Fact]
    public void A_saved_model_loads_as_what_it_was()
    {
        using var file = new TemporaryFile();
        IModel model = Type.Load(Network, Network.RandomWeights(seed: 1));

        model.Save(file.Path);

        Assert.Equal(model.Predict(Samples), Type.Load(file.Path).Predict(Samples));
        using TensorFile saved = TensorFile.Open(file.Path);
        Assert.Equal(Network.WeightTensors.Select(w => w.Name).Order(StringComparer.Ordinal), saved.Tensors.Select(t => t.Name));
    }

    [Theory]
    [InlineData(WeightType.Float16)]
    [InlineData(WeightType.BFloat16)]
    [InlineData(WeightType.Int8)]
    public void A_narrow_model_saves_what_it_loaded(WeightType type)
    {
        Network network = CompiledNetworks.Named(Network.Name + type);
        using TemporaryFile loaded = new(), saved = new();
        Type.Create(3).Save(loaded.Path);

        CompiledNetworks.TypeOf(network).Load(loaded.Path).Save(saved.Path);

        Assert.Equal(File.ReadAllBytes(loaded.Path), File.ReadAllBytes(saved.Path));
    }

    [Fact]
    public void A_narrow_model_refuses_a_file_whose_weights_it_cannot_store()
    {
        Network network = CompiledNetworks.Named("OneValueInt8");
        using var file = new TemporaryFile();
        Safetensors.Write(file.Path, network.WeightTensors.Select(w => (w.Name, w.Tensor.Shape, new[] { float.NaN })));

        var exception = Assert.Throws<FusedWeightsException>(() => CompiledNetworks.TypeOf(network).Load(file.Path));

        Assert.Equal(file.Path, exception.Path);
        Assert.Equal("the weight of 'dense.kernel' for input 0 and output 0 is NaN, which Int8 cannot hold", Assert.Single(exception.Problems));
    }

    [Fact]
    public void A_created_model_depends_on_its_seed_alone()
    {
        float[] first = Type.Create(7).Predict(Samples);

        Assert.Equal(first, Type.Create(7).Predict(Samples));
        Assert.NotEqual(first, Type.Create(8).Predict(Samples));
    }

    [Fact]
    public void PyTorchs_names_and_transposed_kernels_give_what_Kerass_give()
    {
        Dictionary<string, float[]> weights = Network.RandomWeights(seed: 1);
        using var file = new TemporaryFile();
        Safetensors.Write(file.Path, Network.WeightTensors.Select(w => PyTorch(w.Name, w.Tensor, weights[w.Name])));

        float[] actual = Type.Load(file.Path).Predict(Samples);

        Assert.Equal(Type.Load(Network, weights).Predict(Samples), actual);
    }

    [Fact]
    public void Options_are_the_default_ones_and_never_null()
    {
        IModel model = Type.Create(1);

        Assert.Same(FusedOptions.Default, model.Options);
        Assert.Throws<ArgumentNullException>(() => model.Options = null!);
        Assert.Same(FusedOptions.Default, model.Options);
    }

    [Fact]
    public void An_input_of_no_whole_number_of_samples_is_refused_with_both_shapes()
    {
        IModel model = Type.Create(1);

        var exception = Assert.Throws<ArgumentException>("input", () => model.Predict(new float[(2 * Type.InputLength) - 1]));

        Assert.Contains($"NormalizationEverywhere: an input of {(2 * Type.InputLength) - 1} values", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"(n, {Type.InputLength})", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"(n, {Type.OutputLength})", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void An_output_of_another_length_is_refused_with_both_shapes(int difference)
    {
        IModel model = Type.Create(1);
        var output = new float[(2 * Type.OutputLength) + difference];

        var exception = Assert.Throws<ArgumentException>("output", () => model.Predict(new float[2 * Type.InputLength], output));

        Assert.Contains($"(2, {Type.InputLength})", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"(2, {Type.OutputLength})", exception.Message, StringComparison.Ordinal);
        Assert.All(output, v => Assert.Equal(0, v));
    }

    /// <summary>The same words whatever the type of the features.</summary>
    [Fact]
    public void Lengths_of_narrow_features_are_checked_as_those_of_floats_are()
    {
        IModel model = Type.Create(1);
        var quantization = new Quantization(1, 0);
        int tooLong = (2 * Type.InputLength) + 1;
        float[] output = new float[Type.OutputLength], tooShort = output[1..];

        string input = Assert.Throws<ArgumentException>("input", () => model.Predict(new float[tooLong])).Message;
        Assert.Equal(input, Assert.Throws<ArgumentException>("input", () => model.Predict(new Half[tooLong])).Message);
        Assert.Equal(input, Assert.Throws<ArgumentException>("input", () => model.Predict(new byte[tooLong], quantization)).Message);
        string result = Assert.Throws<ArgumentException>("output", () => model.Predict(new float[Type.InputLength], tooShort)).Message;
        Assert.Equal(result, Assert.Throws<ArgumentException>("output", () => model.Predict(new Half[Type.InputLength], tooShort)).Message);
        Assert.Equal(result, Assert.Throws<ArgumentException>("output", () => model.Predict(new byte[Type.InputLength], quantization, tooShort)).Message);
    }

    [Fact]
    public void A_quantization_that_was_never_set_is_refused()
    {
        IModel model = Type.Create(1);

        Assert.Throws<ArgumentException>("quantization", () => model.Predict(new byte[Type.InputLength], default));
        Assert.Throws<ArgumentException>("quantization", () => model.Predict([], default, []));
    }

    private static (string Name, int[] Shape, float[] Values) PyTorch(string name, WeightTensor tensor, float[] values)
    {
        string layer = name[..(name.LastIndexOf('.') + 1)];
        switch (tensor.Role)
        {
            case "kernel":
                int rows = tensor.Shape[0], columns = tensor.Shape[1];
                return (layer + "weight", [columns, rows], [.. Enumerable.Range(0, values.Length).Select(i => values[(i % rows * columns) + (i / rows)])]);
            default:
                string role = tensor.Role switch { "gamma" => "weight", "beta" => "bias", "moving_mean" => "running_mean", "moving_variance" => "running_var", var same => same };
                return (layer + role, tensor.Shape, values);
        }
    }
}
