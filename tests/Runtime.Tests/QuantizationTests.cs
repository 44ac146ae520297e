namespace Fused.Runtime.Tests;

public class QuantizationTests
{
    [Theory]
    [InlineData(0f)]
    [InlineData(-0.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_scale_that_is_no_difference_between_values_is_refused(float scale)
    {
        var exception = Assert.Throws<ArgumentException>("Scale", () => new Quantization(scale, 3));
        Assert.StartsWith("A quantization's scale is finite and greater than 0, not ", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Quantization(1, 3) with { Scale = scale });
    }

    [Theory]
    [InlineData(float.Epsilon, 0)]
    [InlineData(0.0173f, 128)]
    [InlineData(float.MaxValue, 255)]
    public void Any_other_scale_and_every_zero_point_are_taken(float scale, byte zeroPoint)
    {
        var quantization = new Quantization(scale, zeroPoint);
        Assert.Equal(scale, quantization.Scale);
        Assert.Equal(zeroPoint, quantization.ZeroPoint);
        Assert.Equal(quantization, new Quantization(1, zeroPoint) with { Scale = scale });
    }

    [Fact]
    public void The_identity_makes_of_a_byte_its_own_value() => Assert.Equal(new Quantization(1, 0), Quantization.Identity);
}
