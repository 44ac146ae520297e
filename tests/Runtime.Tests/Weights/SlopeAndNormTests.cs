using static Fused.Runtime.Tests.Weights.WeightFile;

namespace Fused.Runtime.Tests.Weights;

/// <summary>The tensors of PReLU and of layer normalisation.</summary>
public class SlopeAndNormTests
{
    private static readonly TensorSpec Shared = new("prelu", TensorRole.Alpha, 1, 1, 3), Each = new("prelu", TensorRole.Alpha, 2, 2, 3);

    [Theory]
    [InlineData("prelu/alpha:0", new[] { 1, 1, 3 })]
    [InlineData("prelu.alpha", new[] { 3 })]
    [InlineData("prelu.weight", new[] { 3 })]
    [InlineData("prelu.weight", new[] { 3, 1, 1 })]
    [InlineData("prelu._weight", new[] { 3 })]
    public void Slopes_that_positions_share_load_from_each_framework(string name, int[] shape) =>
        Assert.Equal([1, 2, 3], ModelWeights.Load(Npz(Counted(name, shape)), [Shared])[0]);

    [Theory]
    [InlineData("prelu.weight", new[] { 1 })]
    [InlineData("prelu.alpha", new[] { 1, 1, 1 })]
    [InlineData("prelu.negative_slope", new int[0])]
    public void One_slope_is_that_of_all_channels(string name, int[] shape)
    {
        byte[] file = Safetensors("", (name, shape, [0.25f]));
        Assert.Equal([0.25f, 0.25f, 0.25f], ModelWeights.Load(file, [Shared])[0]);
        Assert.Equal(Enumerable.Repeat(0.25f, 12), ModelWeights.Load(file, [Each])[0].ToArray());
        Assert.Equal([0.25f], ModelWeights.Load(file, [new TensorSpec("prelu", TensorRole.Alpha, 1, 1, 1)])[0]);
    }

    [Fact]
    public void Slopes_of_each_position_are_Kerass()
    {
        (string, int[], float[]) stored = Counted("prelu.alpha", 2, 2, 3);
        Assert.Equal(stored.Item3, ModelWeights.Load(Npz(stored), [Each])[0]);
        Assert.Equal(stored.Item3, ModelWeights.Load(ConvolutionFile.Fortran(stored), [Each])[0]);
        Assert.Equal(KernelOrder.Unspecified, ModelWeights.Load(Npz(stored), [Each]).Report!.Tensors[0].Order);
    }

    [Theory]
    [InlineData(new[] { 3 }, ": the file's layer has a slope for each channel; SharedAxes = PReLUAxes.Positions declares that")]
    [InlineData(new[] { 4 }, ": the file's layer has 4 channels, the model's 3")]
    [InlineData(new[] { 3, 2, 2 }, "")]
    [InlineData(new[] { 0 }, "")]
    public void Other_slopes_are_refused(int[] shape, string why) => Assert.Equal(
        [$"'prelu.alpha' has shape ({string.Join(", ", shape)}); expected is (2, 2, 3)" + why], Problems(Safetensors("", Counted("prelu.alpha", shape)), [Each]));

    [Theory]
    [InlineData("gamma", "beta")]
    [InlineData("weight", "bias")]
    [InlineData("scale", "bias")]
    public void A_layer_normalization_loads_from_each_framework(string gamma, string beta)
    {
        TensorSpec[] specs = [new("norm", TensorRole.Gamma, 3), new("norm", TensorRole.Beta, 3)];
        ModelWeights weights = ModelWeights.Load(Safetensors("", Counted("norm." + gamma, 3), Counted("norm." + beta, 3)), specs);
        Assert.Equal([1, 2, 3], weights[0]);
        Assert.Equal([1, 2, 3], weights[1]);
    }

    [Theory]
    [InlineData("weight", "bias")]
    [InlineData("scale", "bias")]
    public void An_epsilon_that_is_not_declared_and_PyTorchs_names(string gamma, string beta)
    {
        TensorSpec scale = new("norm", TensorRole.Gamma, 3) { UndeclaredEpsilon = 1e-3 }, shift = new("norm", TensorRole.Beta, 3), alone = new("norm", TensorRole.Beta, 3) { UndeclaredEpsilon = 1e-3 };
        const string rest = " is a name of PyTorch's and its like, which add 1e-5 (Flax 1e-6) to the variance unless told otherwise; 'norm' adds Keras's 0.001, as its declaration says nothing: "
            + "write [LayerNormalization(Epsilon = 1e-5)], or Epsilon = 1e-3 if the network was trained with that";

        Assert.Equal([$"'norm.{gamma}'" + rest], Problems(Safetensors("", Counted("norm." + gamma, 3), Counted("norm." + beta, 3)), [scale, shift]));
        Assert.Equal([$"'norm.{beta}'" + rest], Problems(Safetensors("", Counted("norm." + beta, 3)), [alone]));
        ModelWeights.Load(Safetensors("", Counted("norm.gamma", 3), Counted("norm.beta", 3)), [scale, shift]);
    }
}
