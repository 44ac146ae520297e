using Fused.CompilerServices;

namespace Fused.Runtime.Tests.CompilerServices;

public class PredictArgumentsTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(6, 2, 1)]
    [InlineData(18, 6, 3)]
    public void Whole_samples_are_counted(int input, int output, int samples) =>
        Assert.Equal(samples, PredictArguments.Check("Head", 6, 2, input, output));

    [Fact]
    public void An_input_that_does_not_fit_is_told_both_shapes()
    {
        var exception = Assert.Throws<ArgumentException>("input", () => PredictArguments.Check("Head", 6, 2, 7, 2));
        Assert.StartsWith(
            "Head: an input of 7 values is no whole number of samples; it takes (n, 6) and gives (n, 2).", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quantization_that_was_never_set_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>("quantization", () => PredictArguments.Check(default(Quantization)));
        Assert.StartsWith("A quantization's scale is finite and greater than 0, not 0.", exception.Message, StringComparison.Ordinal);
        PredictArguments.Check(new Quantization(float.Epsilon, 0));
    }

    [Theory]
    [InlineData(12, 2)]
    [InlineData(12, 5)]
    [InlineData(12, 6)]
    [InlineData(0, 2)]
    public void An_output_that_does_not_fit_exactly_is_told_both_shapes(int inputLength, int outputLength)
    {
        var exception = Assert.Throws<ArgumentException>("output", () => PredictArguments.Check("Head", 6, 2, inputLength, outputLength));
        int n = inputLength / 6;
        Assert.StartsWith(
            $"Head: an output of {outputLength} values does not fit; an input of ({n}, 6) gives ({n}, 2), {n * 2} values.", exception.Message, StringComparison.Ordinal);
    }
}
