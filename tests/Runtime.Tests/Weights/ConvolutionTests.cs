using static Fused.Runtime.Tests.Weights.ConvolutionFile;
using static Fused.Runtime.Tests.Weights.WeightFile;

namespace Fused.Runtime.Tests.Weights;

/// <summary>The kernels of convolutions, as each framework has them.</summary>
public class ConvolutionTests
{
    private static readonly TensorSpec Convolution = new("conv", TensorRole.Kernel, 3, 5, 4, 6);
    private static readonly TensorSpec Transposed = new("conv", TensorRole.Kernel, 3, 5, 6, 4) { Transposed = true };
    private static readonly TensorSpec Depthwise = new("conv", TensorRole.DepthwiseKernel, 3, 5, 4, 2);

    [Theory]
    [InlineData("kernel")]
    [InlineData("weight")]
    public void A_convolution_loads_from_each_framework(string word)
    {
        AssertLoads(Convolution, Keras("conv." + word, 3, 5, 4, 6), KernelOrder.InputsFirst);
        AssertLoads(Convolution, PyTorch("conv." + word, 3, 5, 4, 6), KernelOrder.OutputsFirst);
        AssertLoads(Convolution, Mlx("conv." + word, 3, 5, 4, 6), KernelOrder.OutputsFirstChannelsLast);
    }

    [Theory]
    [InlineData("kernel")]
    [InlineData("weight")]
    public void A_transposed_convolution_loads_from_each_framework(string word)
    {
        AssertLoads(Transposed, KerasTransposed("conv." + word, 3, 5, 4, 6), KernelOrder.InputsFirst);
        AssertLoads(Transposed, PyTorchTransposed("conv." + word, 3, 5, 4, 6), KernelOrder.OutputsFirst);
        AssertLoads(Transposed, MlxTransposed("conv." + word, 3, 5, 4, 6), KernelOrder.OutputsFirstChannelsLast);
    }

    [Theory]
    [InlineData("depthwise_kernel")]
    [InlineData("kernel")]
    [InlineData("weight")]
    public void A_depthwise_convolution_loads_from_each_framework(string word)
    {
        AssertLoads(Depthwise, KerasDepthwise("conv." + word, 3, 5, 4, 2), KernelOrder.InputsFirst);
        AssertLoads(Depthwise, FlaxDepthwise("conv." + word, 3, 5, 4, 2), KernelOrder.InputsFirst);
        AssertLoads(Depthwise, PyTorchDepthwise("conv." + word, 3, 5, 4, 2), KernelOrder.OutputsFirst);
        AssertLoads(Depthwise, MlxDepthwise("conv." + word, 3, 5, 4, 2), KernelOrder.OutputsFirstChannelsLast);
    }

    [Fact]
    public void Groups_lie_as_one_does()
    {
        // Four inputs in two groups, six outputs: three filters of each group follow each other in all frameworks.
        var grouped = new TensorSpec("conv", TensorRole.Kernel, 3, 5, 2, 6) { Groups = 2 };
        AssertLoads(grouped, Keras("conv.kernel", 3, 5, 2, 6), KernelOrder.InputsFirst);
        AssertLoads(grouped, PyTorch("conv.weight", 3, 5, 2, 6), KernelOrder.OutputsFirst);
        AssertLoads(grouped, Mlx("conv.weight", 3, 5, 2, 6), KernelOrder.OutputsFirstChannelsLast);
    }

    [Fact]
    public void A_separable_convolution_has_Kerass_two_kernels()
    {
        TensorSpec[] specs = [Depthwise, new("conv", TensorRole.PointwiseKernel, 1, 1, 8, 6), new("conv", TensorRole.Bias, 6)];
        byte[] file = Npz(KerasDepthwise("conv/depthwise_kernel:0", 3, 5, 4, 2), Keras("conv/pointwise_kernel:0", 1, 1, 8, 6), Counted("conv/bias:0", 6));
        ModelWeights weights = ModelWeights.Load(file, specs);
        Assert.Equal(Expected(specs[0]), weights[0]);
        Assert.Equal(Expected(specs[1]), weights[1]);
        Assert.Equal("conv.pointwise_kernel (1, 1, 8, 6)", specs[1].ToString());
    }

    [Fact]
    public void A_separable_convolution_of_two_layers_is_named_by_its_tensors()
    {
        // timm's SeparableConv2d.
        TensorSpec[] specs = [Depthwise, new("conv", TensorRole.PointwiseKernel, 1, 1, 8, 6)];
        byte[] file = Safetensors("", PyTorchDepthwise("sep.conv_dw.weight", 3, 5, 4, 2), PyTorch("sep.conv_pw.weight", 1, 1, 8, 6));
        var options = new WeightLoadOptions
        {
            Names = { ["conv.depthwise_kernel"] = "sep.conv_dw.weight", ["conv.pointwise_kernel"] = "sep.conv_pw.weight" },
        };
        ModelWeights weights = ModelWeights.Load(file, specs, options);
        Assert.Equal(Expected(specs[0]), weights[0]);
        Assert.Equal(Expected(specs[1]), weights[1]);
    }

    [Theory]
    [InlineData(new[] { 1, 1, 3, 2 }, new float[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(new[] { 3, 2 }, new float[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(new[] { 2, 3, 1, 1 }, new float[] { 1, 4, 2, 5, 3, 6 })]
    [InlineData(new[] { 2, 1, 1, 3 }, new float[] { 1, 4, 2, 5, 3, 6 })]
    [InlineData(new[] { 2, 3 }, new float[] { 1, 4, 2, 5, 3, 6 })]
    public void A_convolution_without_a_window_may_be_a_Dense_in_the_file(int[] shape, float[] expected)
    {
        foreach (TensorRole role in (TensorRole[])[TensorRole.Kernel, TensorRole.PointwiseKernel])
        {
            var spec = new TensorSpec("a", role, 1, 1, 3, 2);
            Assert.Equal(expected, ModelWeights.Load(Npz(Counted(spec.Name, shape)), [spec])[0]);
        }
    }

    [Fact]
    public void A_transposed_convolution_without_a_window_is_told_by_where_its_ones_stand()
    {
        var spec = new TensorSpec("up", TensorRole.Kernel, 1, 1, 3, 3) { Transposed = true };
        AssertLoads(spec, KerasTransposed("up.kernel", 1, 1, 3, 3), KernelOrder.InputsFirst);
        AssertLoads(spec, PyTorchTransposed("up.weight", 1, 1, 3, 3), KernelOrder.OutputsFirst);
        AssertLoads(spec, MlxTransposed("up.weight", 1, 1, 3, 3), KernelOrder.OutputsFirstChannelsLast);
    }

    [Fact]
    public void A_window_of_one_row_may_be_that_of_a_sequence()
    {
        var spec = new TensorSpec("conv", TensorRole.Kernel, 1, 5, 4, 6);
        (string name, int[] shape, float[] values) = PyTorch("conv.weight", 1, 5, 4, 6);
        Assert.Equal([6, 4, 1, 5], shape);
        AssertLoads(spec, (name, [6, 4, 5], values), KernelOrder.OutputsFirst);
    }

    /// <summary>
    /// Both frameworks define the transposed convolution as the gradient of an ordinary one with respect to its input: the matrix of
    /// <c>C(y)[o] = sum over k, c of y[o * stride + k - padding, c] * w[k, c, o]</c>, transposed, for which C(y) . x is y . T(x) whatever x
    /// and y are. So neither turns the window round.
    /// </summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    public void A_transposed_convolution_is_the_transposed_matrix_of_an_ordinary_one(int stride, int padding)
    {
        const int small = 4, kernel = 3, inputs = 2, outputs = 3;
        int large = (small - 1) * stride + kernel - 2 * padding;
        var spec = new TensorSpec("up", TensorRole.Kernel, kernel, 1, outputs, inputs) { Transposed = true };

        // PyTorch's ConvTranspose2d(inputs, outputs) is the gradient of Conv2d(outputs, inputs), whose weight is (inputs, outputs, kh, kw).
        (string Name, int[] Shape, float[] Values) stored = PyTorchTransposed("up.weight", kernel, 1, inputs, outputs);
        ReadOnlySpan<float> loaded = ModelWeights.Load(Safetensors("", stored), [spec])[0];

        double[] x = [.. Enumerable.Range(0, small * inputs).Select(i => (double)(i * i % 7 - 3))];
        double[] y = [.. Enumerable.Range(0, large * outputs).Select(i => (double)(i * i % 11 - 5))];
        double[] convolved = new double[small * inputs], scattered = new double[large * outputs];
        for (int at = 0; at < small; at++)
        {
            for (int k = 0; k < kernel; k++)
            {
                int place = at * stride + k - padding;
                for (int i = 0; i < inputs && place >= 0 && place < large; i++)
                {
                    for (int o = 0; o < outputs; o++)
                    {
                        convolved[at * inputs + i] += y[place * outputs + o] * stored.Values[(i * outputs + o) * kernel + k];
                        scattered[place * outputs + o] += x[at * inputs + i] * loaded[(k * outputs + o) * inputs + i];
                    }
                }
            }
        }

        Assert.Equal(Dot(convolved, x), Dot(y, scattered));

        static double Dot(double[] a, double[] b) => a.Zip(b, (first, second) => first * second).Sum();
    }

    [Fact]
    public void What_is_saved_loads_again()
    {
        TensorSpec[] specs =
        [
            Convolution, new("up", TensorRole.Kernel, 3, 3, 3, 3) { Transposed = true }, new("dw", TensorRole.DepthwiseKernel, 3, 3, 3, 1), new("sep", TensorRole.DepthwiseKernel, 3, 3, 3, 1),
            new("sep", TensorRole.PointwiseKernel, 1, 1, 3, 3), new("slope", TensorRole.Alpha, 2, 2, 3), new("ln", TensorRole.Gamma, 3), new("ln", TensorRole.Beta, 3),
        ];
        ModelWeights weights = ModelWeights.Initialize(specs, 11);
        using var files = new Files.TestFiles();
        string path = Path.Combine(files.Folder, "w.safetensors");
        weights.Save(path);
        ModelWeights again = ModelWeights.Load(path, specs);
        for (int i = 0; i < specs.Length; i++)
            Assert.Equal(weights[i], again[i]);
    }

    [Theory]
    [InlineData("conv2_block1.conv1", "conv2_block1/conv1/kernel:0", "")]
    [InlineData("conv2_block1_1_conv", "conv2_block1_1_conv/kernel:0", "")]
    [InlineData("layer1.0.conv1", "layer1.0.conv1.weight", "")]
    [InlineData("layer1/0/conv1", "backbone.layer1.0.conv1.weight", "backbone")]
    public void A_layers_name_may_be_that_of_a_block_in_a_block(string layer, string name, string prefix)
    {
        TensorSpec[] specs = [new(layer, TensorRole.Kernel, 3, 5, 4, 6)];
        var stored = name.EndsWith("weight", StringComparison.Ordinal) ? PyTorch(name, 3, 5, 4, 6) : Keras(name, 3, 5, 4, 6);
        Assert.Equal(Expected(specs[0]), ModelWeights.Load(Npz(stored), specs, new WeightLoadOptions { Prefix = prefix })[0]);
    }

    [Fact]
    public void Convolutions_under_other_names_are_found_by_their_shapes()
    {
        TensorSpec[] specs = [Convolution, new("conv", TensorRole.Bias, 6), new("depthwise", TensorRole.DepthwiseKernel, 3, 3, 6, 1)];
        byte[] file = Safetensors("", PyTorch("features.0.0.weight", 3, 5, 4, 6), Counted("features.0.0.bias", 6), PyTorchDepthwise("features.1.0.weight", 3, 3, 6, 1));
        Assert.Equal(
            [
                "all 3 tensors of the model are there and fit under other names: load with new WeightLoadOptions "
                + "{ Names = { [\"conv\"] = \"features.0.0\", [\"depthwise\"] = \"features.1.0\" } }, or declare the layers by these names",
            ],
            Problems(file, specs));
    }

    [Fact]
    public void Where_several_have_the_same_shapes_it_is_said_that_their_order_is_all_that_pairs_them()
    {
        TensorSpec[] specs = [new("shortcut", TensorRole.Kernel, 3, 3, 4, 2), new("main", TensorRole.Kernel, 3, 3, 4, 2)];
        byte[] file = Safetensors("", PyTorch("layer1.0.conv3.weight", 3, 3, 4, 2), PyTorch("layer1.0.downsample.0.weight", 3, 3, 4, 2));
        Assert.Equal(
            [
                "all 2 tensors of the model are there and fit under other names: load with new WeightLoadOptions "
                + "{ Names = { [\"shortcut\"] = \"layer1.0.conv3\", [\"main\"] = \"layer1.0.downsample.0\" } }, or declare the layers by these names; "
                + "layers of the same shapes are paired in their order, so that it is for you to check these",
            ],
            Problems(file, specs));
    }

    [Fact]
    public void A_tensor_that_many_layers_could_be_is_not_pointed_at()
    {
        // Of three layers alike the file has two: which are they?
        TensorSpec[] specs = [.. Enumerable.Range(1, 3).Select(i => new TensorSpec($"block{i}_conv", TensorRole.Kernel, 3, 3, 4, 2))];
        byte[] file = Safetensors("", PyTorch("features.0.weight", 3, 3, 4, 2), PyTorch("features.1.weight", 3, 3, 4, 2));
        Assert.Equal([.. specs.Select(spec => $"{spec} is missing")], Problems(file, specs).Take(3));
    }

    private static void AssertLoads(TensorSpec spec, (string Name, int[] Shape, float[] Values) stored, KernelOrder order)
    {
        foreach (byte[] file in (byte[][])[Safetensors("", stored), Npz(stored), Fortran(stored)])
        {
            ModelWeights weights = ModelWeights.Load(file, [spec]);
            Assert.Equal(Expected(spec), weights[0]);
            Assert.Equal(order, weights.Report!.Tensors[0].Order);
        }
    }
}
