using System.IO.Compression;
using Fused.Runtime.Tests.Files;
using static Fused.Runtime.Tests.Weights.WeightFile;

namespace Fused.Runtime.Tests.Weights;

/// <summary>Files whose names are numbers.</summary>
public class PositionTests
{
    private static readonly WeightLoadOptions ByPosition = new() { ByPosition = true };

    private static readonly TensorSpec[] Network =
    [
        new("dense", TensorRole.Kernel, 4, 3), new("dense", TensorRole.Bias, 3),
        new("norm", TensorRole.Gamma, 3), new("norm", TensorRole.Beta, 3), new("norm", TensorRole.MovingMean, 3), new("norm", TensorRole.MovingVariance, 3),
        new("head", TensorRole.Kernel, 3, 2), new("head", TensorRole.Bias, 2),
    ];

    private static readonly TensorSpec[] Two = [Network[0], Network[1], Network[6], Network[7]];

    [Fact]
    public void Kerass_get_weights_load_in_the_models_order()
    {
        // np.savez(file, *model.get_weights()), which numbers past ten, too.
        TensorSpec[] specs = [.. Network, .. Enumerable.Range(0, 4).Select(i => new TensorSpec($"more_{i}", TensorRole.Kernel, 2, 2))];
        (string, int[], float[])[] arrays = [.. specs.Select((spec, i) => ($"arr_{i}", spec.Shape.ToArray(), Enumerable.Range(100 * i, spec.Length).Select(v => (float)v).ToArray()))];

        ModelWeights weights = ModelWeights.Load(Npz(arrays), specs, ByPosition);

        for (int i = 0; i < specs.Length; i++)
            Assert.Equal(arrays[i].Item3, weights[i]);
    }

    [Theory]
    [InlineData("W1 b1 W2 b2")]
    [InlineData("w_1 b_1 w_2 b_2")]
    [InlineData("weights1 biases1 weights2 biases2")]
    [InlineData("hidden_W hidden_b output_W output_b")]
    [InlineData("hiddenW hiddenB outputW outputB")]
    [InlineData("coefs_0 intercepts_0 coefs_1 intercepts_1")]
    [InlineData("layer2/kernel layer2/bias layer10/kernel layer10/bias")]
    [InlineData("vars/0 vars/1 vars/2 vars/3")]
    [InlineData("layers/dense/vars/0 layers/dense/vars/1 layers/dense_1/vars/0 layers/dense_1/vars/1")]
    public void A_weight_comes_before_its_bias_and_numbers_in_order(string names)
    {
        string[] name = names.Split(' ');
        byte[] file = Npz(Counted(name[0], 4, 3), Counted(name[1], 1, 3), Counted(name[2], 3, 2), Counted(name[3], 1, 2));

        ModelWeights weights = ModelWeights.Load(file, Two, ByPosition);

        Assert.Equal(name, weights.Report!.Tensors.Select(tensor => tensor.Stored.Name));
        Assert.Equal(Counted("", 4, 3).Values, weights[0]);
    }

    [Fact]
    public void Keras_3_numbers_layers_by_kind()
    {
        // saving_lib names the folders by class, whatever the layers are called, and sorts none of them by place.
        (string Name, int[] Shape, float[] Values)[] tensors =
        [
            .. Enumerable.Range(0, 4).Select(i => Counted($"layers/batch_normalization/vars/{i}", 3) with { Values = [i, i, i] }),
            Counted("layers/dense/vars/0", 4, 3), Counted("layers/dense/vars/1", 3), Counted("layers/dense_1/vars/0", 3, 2), Counted("layers/dense_1/vars/1", 2),
        ];
        ModelWeights weights = ModelWeights.Load(Npz(tensors), Network, ByPosition);
        Assert.Equal([3, 3, 3], weights[5]);
        Assert.Equal("layers/dense_1/vars/0", weights.Report!.Tensors[6].Stored.Name);
    }

    [Fact]
    public void Keras_3_has_a_number_for_each_kind_of_layer()
    {
        TensorSpec[] specs =
        [
            new("stem", TensorRole.Kernel, 3, 3, 4, 2), new("ln", TensorRole.Gamma, 2), new("ln", TensorRole.Beta, 2), new("a", TensorRole.DepthwiseKernel, 3, 3, 2, 1),
            new("slope", TensorRole.Alpha, 1, 1, 2), new("b", TensorRole.DepthwiseKernel, 3, 3, 2, 1), new("b", TensorRole.PointwiseKernel, 1, 1, 2, 2), new("b", TensorRole.Bias, 2),
            new("c", TensorRole.Kernel, 3, 3, 2, 2), new("up", TensorRole.Kernel, 3, 3, 2, 2) { Transposed = true }, new("bn", TensorRole.MovingMean, 2), new("bn", TensorRole.MovingVariance, 2),
            new("fc", TensorRole.Kernel, 2, 2),
        ];
        string[] names =
        [
            "conv2d/vars/0", "layer_normalization/vars/0", "layer_normalization/vars/1", "depthwise_conv2d/vars/0", "p_re_lu/vars/0", "separable_conv2d/vars/0",
            "separable_conv2d/vars/1", "separable_conv2d/vars/2", "conv2d_1/vars/0", "conv2d_transpose/vars/0", "batch_normalization/vars/0", "batch_normalization/vars/1", "dense/vars/0",
        ];
        ModelWeights weights = ModelWeights.Load(Npz([.. names.Zip(specs, (name, spec) => Counted("layers/" + name, [.. spec.Shape]))]), specs, ByPosition);
        Assert.Equal(names, weights.Report!.Tensors.Select(tensor => tensor.Stored.Name["layers/".Length..]));
        Assert.All(specs, (spec, i) => Assert.Equal(Counted("", spec.Length).Values, weights[i]));
    }

    [Fact]
    public void A_separable_convolution_has_its_bias_last()
    {
        TensorSpec[] specs = [new("a", TensorRole.DepthwiseKernel, 3, 3, 2, 1), new("a", TensorRole.PointwiseKernel, 1, 1, 2, 3), new("a", TensorRole.Bias, 3)];
        byte[] file = Npz(Counted("layer_1/bias", 3), Counted("layer_1/depthwise_kernel", 3, 3, 2, 1), Counted("layer_1/pointwise_kernel", 1, 1, 2, 3));
        Assert.Equal(
            ["layer_1/depthwise_kernel", "layer_1/pointwise_kernel", "layer_1/bias"], ModelWeights.Load(file, specs, ByPosition).Report!.Tensors.Select(tensor => tensor.Stored.Name));
    }

    [Theory]
    [InlineData("arr_0")]
    [InlineData("layers/dense/vars/0")]
    public void A_square_kernel_of_Kerass_is_inputs_first(string name) =>
        Assert.Equal([1, 2, 3], FirstRow(ModelWeights.Load(Npz(Counted(name, 3, 3)), [new("dense", TensorRole.Kernel, 3, 3)], ByPosition)));

    [Fact]
    public void A_state_dict_by_position_is_outputs_first()
    {
        byte[] file = Npz(Counted("0.weight", 3, 3), Counted("0.bias", 3), Counted("2.weight", 2, 3), Counted("2.bias", 2));
        TensorSpec[] specs = [new("a", TensorRole.Kernel, 3, 3), Network[1], Network[6], Network[7]];
        Assert.Equal([1, 4, 7], FirstRow(ModelWeights.Load(file, specs, ByPosition)));
    }

    [Fact]
    public void What_is_no_floating_point_value_does_not_count()
    {
        byte[] seed = TestFiles.Npy("<u4", "(2,)", new byte[8]);
        byte[] kernel = TestFiles.Npy("<f4", "(3, 2)", new byte[24]);
        byte[] file = TestFiles.Npz(CompressionLevel.NoCompression, ("dropout/seed_generator/vars/0", seed), ("vars/0", kernel));
        Assert.Equal("dropout/seed_generator/vars/0", Assert.Single(ModelWeights.Load(file, [Network[6]], ByPosition with { AllowUnused = true }).Report!.Unused).Name);
    }

    [Fact]
    public void It_is_offered_where_it_would_fit_and_nothing_else_does()
    {
        byte[] file = Npz(Counted("arr_0", 4, 3), Counted("arr_1", 3), Counted("arr_2", 3, 2), Counted("arr_3", 2));
        Assert.Equal(
            [
                "none of the model's names is in the file, but by position all 4 tensors fit ('arr_0' would be dense.kernel, 'arr_1' would be dense.bias): "
                + "load with new WeightLoadOptions { ByPosition = true }",
            ],
            Problems(file, Two));
    }

    [Fact]
    public void It_is_refused_where_a_shape_does_not_fit()
    {
        byte[] file = Npz(Counted("arr_0", 4, 3), Counted("arr_1", 3), Counted("arr_2", 3, 5), Counted("arr_3", 2));
        Assert.Equal(
            ["'arr_2' has shape (3, 5); expected is (3, 2) or (2, 3) for head.kernel: the file's layer has 5 outputs, the model's 2"], Problems(file, Two, ByPosition));
    }

    [Fact]
    public void It_is_refused_where_there_are_more_or_fewer()
    {
        byte[] file = Npz(Counted("arr_0", 4, 3), Counted("arr_1", 3), Counted("arr_2", 3, 2));
        Assert.StartsWith("by position the model's 4 tensors are to be the file's, of which there are 3;", Problems(file, Two, ByPosition)[0], StringComparison.Ordinal);
        Assert.StartsWith("by position the model's 2 tensors are to be the file's, of which there are 3;", Problems(file, Two[..2], ByPosition)[0], StringComparison.Ordinal);
    }
}
