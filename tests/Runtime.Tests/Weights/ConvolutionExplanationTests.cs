using static Fused.Runtime.Tests.Weights.WeightFile;

namespace Fused.Runtime.Tests.Weights;

/// <summary>What is said of kernels that do not fit a convolution, and that files cannot make of it what they like.</summary>
public class ConvolutionExplanationTests
{
    private static readonly TensorSpec Convolution = new("conv", TensorRole.Kernel, 3, 3, 64, 128);

    [Theory]
    [InlineData("weight", new[] { 128, 32, 3, 3 }, "the file's layer has 32 inputs, the model's 64; Groups = 2 declares so many a group")]
    [InlineData("kernel", new[] { 3, 3, 32, 128 }, "the file's layer has 32 inputs, the model's 64; Groups = 2 declares so many a group")]
    [InlineData("weight", new[] { 128, 48, 3, 3 }, "the file's layer has 48 inputs, the model's 64")]
    [InlineData("weight", new[] { 100, 64, 3, 3 }, "the file's layer has 100 outputs, the model's 128")]
    [InlineData("weight", new[] { 128, 64, 5, 5 }, "the file's layer has a window of 5 x 5, the model's 3 x 3")]
    [InlineData("kernel", new[] { 7, 3, 64, 128 }, "the file's layer has a window of 7 x 3, the model's 3 x 3")]
    [InlineData("weight", new[] { 100, 48, 3, 3 }, "the file's layer has 100 outputs, the model's 128; the file's layer has 48 inputs, the model's 64")]
    [InlineData("weight", new[] { 64, 128, 3, 3 }, "it would fit a [Conv2DTranspose] of as many inputs and outputs")]
    [InlineData("kernel", new[] { 3, 3, 128, 64 }, "it would fit a [Conv2DTranspose] of as many inputs and outputs")]
    [InlineData("weight", new[] { 128, 64 }, "it is a matrix, as the kernel of a [Dense]")]
    [InlineData("weight", new[] { 0, 64, 3, 3 }, "the file's layer has 0 outputs, the model's 128")]
    [InlineData("weight", new[] { 128, 0, 3, 3 }, "the file's layer has 0 inputs, the model's 64")]
    [InlineData("weight", new[] { 128, 64, 0, 0 }, "the file's layer has a window of 0 x 0, the model's 3 x 3")]
    [InlineData("weight", new[] { 7, 8, 9, 10 }, "")]
    [InlineData("weight", new[] { 7 }, "")]
    [InlineData("weight", new[] { 3, 3, 64 }, "")]
    [InlineData("weight", new int[0], "")]
    public void Another_convolution(string word, int[] shape, string why) => Assert.Equal(
        [
            $"'conv.{word}' has shape ({string.Join(", ", shape)}); expected is (3, 3, 64, 128) or (128, 64, 3, 3) or (128, 3, 3, 64)" + (why.Length == 0 ? "" : ": " + why),
        ],
        Problems(Safetensors("", Counted("conv." + word, shape)), [Convolution]));

    [Theory]
    [InlineData(new[] { 128, 64, 3, 3 }, "the file's layer has 64 inputs a group, the model's 2, in all: without Groups they are one")]
    [InlineData(new[] { 128, 4, 3, 3 }, "the file's layer has 4 inputs a group, the model's 2")]
    public void Another_number_of_groups(int[] shape, string why) => Assert.EndsWith(
        ": " + why, Assert.Single(Problems(Safetensors("", Counted("conv.weight", shape)), [new("conv", TensorRole.Kernel, 3, 3, 2, 128) { Groups = 32 }])), StringComparison.Ordinal);

    [Theory]
    [InlineData(new[] { 64, 64, 3, 3 }, "it is not of one channel a filter, as a depthwise convolution's is: [Conv2D] declares one that is not")]
    [InlineData(new[] { 128, 1, 3, 3 }, "the file's layer has 128 outputs, the model's 64")]
    [InlineData(new[] { 64, 1, 5, 5 }, "the file's layer has a window of 5 x 5, the model's 3 x 3")]
    [InlineData(new[] { 3, 3, 64, 2 }, "the file's layer has a depth multiplier of 2, the model's 1")]
    [InlineData(new[] { 3, 3, 32, 1 }, "the file's layer has 32 inputs, the model's 64")]
    public void Another_depthwise_convolution(int[] shape, string why) => Assert.Equal(
        [$"'dw.weight' has shape ({string.Join(", ", shape)}); expected is (3, 3, 64, 1) or (64, 1, 3, 3) or (64, 3, 3, 1): {why}"],
        Problems(Safetensors("", Counted("dw.weight", shape)), [new("dw", TensorRole.DepthwiseKernel, 3, 3, 64, 1)]));

    [Fact]
    public void An_ordinary_convolution_where_a_transposed_one_is() => Assert.EndsWith(
        "expected is (3, 3, 128, 64) or (64, 128, 3, 3) or (128, 3, 3, 64): it would fit a [Conv2D] of as many inputs and outputs",
        Assert.Single(Problems(Safetensors("", Counted("up.weight", 128, 64, 3, 3)), [new("up", TensorRole.Kernel, 3, 3, 128, 64) { Transposed = true }])),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(new[] { 4, 2 }, "the file's layer has 4 inputs, the model's 3")]
    [InlineData(new[] { 5, 3, 1, 1 }, "the file's layer has 5 outputs, the model's 2")]
    [InlineData(new[] { 2, 3, 3, 3 }, "the file's layer has a window of 3 x 3, the model's 1 x 1")]
    public void Another_convolution_without_a_window(int[] shape, string why) => Assert.Equal(
        [$"'a.weight' has shape ({string.Join(", ", shape)}); expected is (1, 1, 3, 2) or (2, 3, 1, 1) or (2, 1, 1, 3): {why}"],
        Problems(Safetensors("", Counted("a.weight", shape)), [new("a", TensorRole.Kernel, 1, 1, 3, 2)]));

    [Fact]
    public void A_bias_that_is_declared_away() => Assert.Equal(
        ["'conv.bias' F32 (128) is not in the model: 'conv' is declared with UseBias = false", "'dw.bias' F32 (3) is not in the model: 'dw' is declared with UseBias = false"],
        Problems(
            Safetensors("", Counted("conv.weight", 128, 64, 3, 3), Counted("conv.bias", 128), Counted("dw.weight", 3, 1, 3, 3), Counted("dw.bias", 3)),
            [Convolution, new("dw", TensorRole.DepthwiseKernel, 3, 3, 3, 1)]).Skip(1));

    [Fact]
    public void A_missing_kernel_is_pointed_at_what_is_like_it() => Assert.Equal(
        "conv.kernel (3, 3, 64, 128) is missing; did you mean 'stem', the only other tensor that fits?",
        Problems(Safetensors("", Counted("stem", 128, 64, 3, 3), Counted("other", 64, 128, 3, 3)), [Convolution])[0]);
}
