using static Fused.Runtime.Tests.Weights.WeightFile;

namespace Fused.Runtime.Tests.Weights;

/// <summary>Shapes that can mean only one thing.</summary>
public class ShapeFitTests
{
    [Theory]
    [InlineData(new[] { 3 })]
    [InlineData(new[] { 1, 3 })]
    [InlineData(new[] { 3, 1 })]
    [InlineData(new[] { 1, 1, 3 })]
    [InlineData(new[] { 1, 3, 1, 1 })]
    public void A_vector_may_have_axes_of_one(int[] shape)
    {
        TensorSpec[] specs = [new("a", TensorRole.Bias, 3), new("b", TensorRole.MovingMean, 3)];
        ModelWeights weights = ModelWeights.Load(Npz(Counted("a.bias", shape), Counted("b.moving_mean", shape)), specs);
        Assert.Equal([1, 2, 3], weights[0]);
        Assert.Equal([1, 2, 3], weights[1]);
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 1 })]
    [InlineData(new[] { 1, 1 })]
    public void A_vector_of_one_value_may_be_a_scalar(int[] shape) =>
        Assert.Equal([1], ModelWeights.Load(Safetensors("", Counted("a.bias", shape)), [new("a", TensorRole.Bias, 1)])[0].ToArray());

    [Theory]
    [InlineData(new[] { 1, 1, 3, 2 }, new float[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(new[] { 2, 3, 1, 1 }, new float[] { 1, 4, 2, 5, 3, 6 })]
    [InlineData(new[] { 2, 1, 1, 3 }, new float[] { 1, 4, 2, 5, 3, 6 })]
    [InlineData(new[] { 1, 3, 2 }, new float[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(new[] { 2, 3, 1 }, new float[] { 1, 4, 2, 5, 3, 6 })]
    public void A_Dense_kernel_may_be_that_of_a_1x1_convolution(int[] shape, float[] expected)
    {
        foreach (string word in (string[])["kernel", "weight"])
            Assert.Equal(expected, ModelWeights.Load(Npz(Counted("a." + word, shape)), [new("a", TensorRole.Kernel, 3, 2)])[0].ToArray());
    }

    [Theory]
    [InlineData(3, 1, new[] { 3 })]
    [InlineData(3, 1, new[] { 1, 3 })]
    [InlineData(3, 1, new[] { 1, 1, 3, 1 })]
    [InlineData(1, 3, new[] { 3 })]
    [InlineData(1, 3, new[] { 3, 1 })]
    [InlineData(1, 1, new[] { 1, 1 })]
    [InlineData(1, 1, new int[0])]
    public void A_kernel_of_one_input_or_output_may_be_a_vector(int inputs, int outputs, int[] shape)
    {
        ModelWeights weights = ModelWeights.Load(Npz(Counted("a.weight", shape)), [new("a", TensorRole.Kernel, inputs, outputs)]);
        Assert.Equal(Counted("", inputs * outputs).Values, weights[0].ToArray());
    }

    [Theory]
    [InlineData(new[] { 6 })]
    [InlineData(new[] { 3, 3, 3, 2 })]
    [InlineData(new[] { 2, 2 })]
    [InlineData(new[] { 3, 2, 0 })]
    [InlineData(new[] { 1, 1, 6 })]
    public void Any_other_shape_is_refused(int[] shape)
    {
        string problem = Assert.Single(Problems(Npz(Counted("a.kernel", shape)), [new("a", TensorRole.Kernel, 3, 2)]));
        Assert.StartsWith($"'a.kernel' has shape ({string.Join(", ", shape)}); expected is (3, 2) or (2, 3)", problem, StringComparison.Ordinal);
    }
}
