namespace Fused.Runtime.Tests.Weights;

public class InitializeTests
{
    private static readonly TensorSpec Kernel = new("dense", TensorRole.Kernel, 200, 100);

    [Fact]
    public void Roles_start_with_Kerass_values()
    {
        TensorSpec[] specs =
        [
            new("dense", TensorRole.Bias, 2),
            new("norm", TensorRole.Gamma, 2),
            new("norm", TensorRole.Beta, 2),
            new("norm", TensorRole.MovingMean, 2),
            new("norm", TensorRole.MovingVariance, 2),
            new("slope", TensorRole.Alpha, 1, 1, 2),
        ];
        ModelWeights weights = ModelWeights.Initialize(specs, 7);
        Assert.Equal([0f, 1f, 0f, 0f, 1f, 0f], Enumerable.Range(0, 6).Select(i => weights[i][1]));
    }

    [Fact]
    public void Kernels_are_Glorot_uniform()
    {
        float[] values = ModelWeights.Initialize([Kernel], 3)[0].ToArray();
        double limit = Math.Sqrt(6.0 / 300);

        Assert.InRange(values.Max(), 0.999 * limit, limit);
        Assert.InRange(values.Min(), -limit, -0.999 * limit);
        Assert.Equal(0, values.Average(), 0.02 * limit);
        Assert.Equal(limit * limit / 3, values.Average(v => (double)v * v), 0.01 * limit * limit);
    }

    [Theory]
    [InlineData(TensorRole.Kernel, false, 3, 5, 40, 60)]
    [InlineData(TensorRole.Kernel, true, 3, 5, 40, 60)]
    [InlineData(TensorRole.DepthwiseKernel, false, 5, 5, 300, 2)]
    [InlineData(TensorRole.PointwiseKernel, false, 1, 1, 200, 100)]
    public void Kernels_of_convolutions_have_the_fans_of_their_last_two_axes(TensorRole role, bool transposed, int height, int width, int first, int second)
    {
        // keras.initializers.compute_fans: the window times the last axis but one, and times the last.
        float[] values = ModelWeights.Initialize([new("conv", role, height, width, first, second) { Transposed = transposed }], 3)[0].ToArray();
        double limit = Math.Sqrt(6.0 / (height * width * first + height * width * second));
        Assert.InRange(values.Max(), 0.999 * limit, limit);
        Assert.InRange(values.Min(), -limit, -0.999 * limit);
        Assert.Equal(0, values.Average(), 0.02 * limit);
    }

    [Fact]
    public void The_first_values_of_a_convolution_are_the_same_on_every_machine() => Assert.Equal(
        [0.295155704f, -0.235196173f, -0.134820819f, 0.155028775f], ModelWeights.Initialize([new("conv2d", TensorRole.Kernel, 3, 3, 1, 2)], 42)[0][..4].ToArray());

    [Fact]
    public void The_first_values_are_the_same_on_every_machine() =>
        Assert.Equal(
            [-0.412105948f, 0.418346584f, 0.87413919f, 0.507349789f],
            ModelWeights.Initialize([new("dense", TensorRole.Kernel, 2, 2)], 42)[0].ToArray());

    [Fact]
    public void A_tensor_depends_on_the_seed_and_its_name_and_on_no_other_tensor()
    {
        float[] alone = ModelWeights.Initialize([Kernel], 5)[0].ToArray();
        Assert.Equal(alone, ModelWeights.Initialize([new("a", TensorRole.Kernel, 7, 9), Kernel], 5)[1]);
        Assert.NotEqual(alone, ModelWeights.Initialize([Kernel], 6)[0].ToArray());
        Assert.NotEqual(alone, ModelWeights.Initialize([new("dense_1", TensorRole.Kernel, 200, 100)], 5)[0].ToArray());
    }

    [Fact]
    public void The_generator_is_the_published_one()
    {
        // The first outputs of Vigna's splitmix64.c for the state 1234567, as many libraries test them; here their top 53 bits.
        var random = new SplitMix64(1234567);
        Assert.Equal((6457827717110365317UL >> 11) * Math.Pow(2, -53), random.NextDouble());
        Assert.Equal((3203168211198807973UL >> 11) * Math.Pow(2, -53), random.NextDouble());
    }

    [Fact]
    public void A_spec_names_itself_and_refuses_what_is_no_tensor()
    {
        Assert.Equal("dense.kernel (200, 100)", Kernel.ToString());
        Assert.Equal(20_000, Kernel.Length);
        Assert.Equal("dw.depthwise_kernel (3, 3, 8, 1)", new TensorSpec("dw", TensorRole.DepthwiseKernel, 3, 3, 8, 1).ToString());
        Assert.Equal("slope.alpha (1, 1, 8)", new TensorSpec("slope", TensorRole.Alpha, 1, 1, 8).ToString());
        Assert.Equal("norm.moving_variance", new TensorSpec("norm", TensorRole.MovingVariance, 3).Name);
        Assert.Throws<ArgumentNullException>(() => new TensorSpec(null!, TensorRole.Bias, 3));
        Assert.Throws<ArgumentException>(() => new TensorSpec("a", TensorRole.Bias));
        Assert.Throws<ArgumentException>(() => new TensorSpec("a", TensorRole.Kernel, 3));
        Assert.Throws<ArgumentException>(() => new TensorSpec("a", TensorRole.DepthwiseKernel, 3, 3));
        Assert.Throws<ArgumentException>(() => new TensorSpec("a", TensorRole.PointwiseKernel, 3, 3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorSpec("a", TensorRole.Kernel, 3, 3, 1, 4) { Groups = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorSpec("a", TensorRole.Bias, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorSpec("a", (TensorRole)99, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorSpec("a", TensorRole.Kernel, 1 << 20, 1 << 20));
    }
}
