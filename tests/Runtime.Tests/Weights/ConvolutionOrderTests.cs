using static Fused.Runtime.Tests.Weights.ConvolutionFile;
using static Fused.Runtime.Tests.Weights.WeightFile;

namespace Fused.Runtime.Tests.Weights;

/// <summary>Kernels of convolutions whose shapes leave a choice, and what is chosen and why.</summary>
public class ConvolutionOrderTests
{
    /// <summary>Nothing tells which of its axes is which.</summary>
    private static readonly TensorSpec Cube = new("conv", TensorRole.Kernel, 3, 3, 3, 3);

    /// <summary>The first layer of most networks: (5, 3, 3, 3) is PyTorch's or MLX's.</summary>
    private static readonly TensorSpec First = new("conv", TensorRole.Kernel, 3, 3, 3, 5);

    private static readonly TensorSpec Second = new("next", TensorRole.Kernel, 3, 3, 4, 2);

    private static readonly TensorSpec Head = new("head", TensorRole.Kernel, 4, 2);

    [Theory]
    [InlineData("", "kernel", KernelOrder.InputsFirst)]
    [InlineData("", "weight", KernelOrder.OutputsFirst)]
    [InlineData("format=pt", "weight", KernelOrder.OutputsFirst)]
    [InlineData("format=mlx", "weight", KernelOrder.OutputsFirstChannelsLast)]
    [InlineData("format=pd", "weight", KernelOrder.OutputsFirst)]
    [InlineData("producer=burn", "weight", KernelOrder.OutputsFirst)]
    [InlineData("format=pt", "kernel", KernelOrder.InputsFirst)]
    public void A_cube_has_the_order_of_the_frameworks_word_and_metadata(string metadata, string word, KernelOrder order) =>
        AssertOrder(order, Safetensors(metadata, Stored(order, "conv." + word, Cube)), Cube);

    [Theory]
    [InlineData("", KernelOrder.OutputsFirst)]
    [InlineData("format=mlx", KernelOrder.OutputsFirstChannelsLast)]
    public void Three_channels_and_a_window_of_three_leave_PyTorch_and_MLX(string metadata, KernelOrder order) =>
        AssertOrder(order, Safetensors(metadata, Stored(order, "conv.weight", First)), First);

    [Theory]
    [InlineData(KernelOrder.InputsFirst)]
    [InlineData(KernelOrder.OutputsFirst)]
    [InlineData(KernelOrder.OutputsFirstChannelsLast)]
    public void Another_convolution_tells(KernelOrder order)
    {
        ModelWeights weights = AssertOrder(order, Safetensors("", Stored(order, "conv.weight", Cube), Stored(order, "next.weight", Second)), Cube, Second);
        Assert.Equal($"as the shape of 'next.weight' {TensorShape.Format([.. Stored(order, "", Second).Shape])}", weights.Report!.Tensors[0].Reason);
        if (order != KernelOrder.InputsFirst)
            AssertOrder(order, Safetensors("", Stored(order, "conv.weight", First), Stored(order, "next.weight", Second)), First, Second);
    }

    [Fact]
    public void A_depthwise_convolution_tells_too()
    {
        TensorSpec depthwise = new("dw", TensorRole.DepthwiseKernel, 3, 3, 4, 1);
        AssertOrder(KernelOrder.OutputsFirstChannelsLast, Safetensors("", Mlx("conv.weight", 3, 3, 3, 3), MlxDepthwise("dw.weight", 3, 3, 4, 1)), Cube, depthwise);
        AssertOrder(KernelOrder.OutputsFirst, Safetensors("", PyTorch("conv.weight", 3, 3, 3, 3), PyTorchDepthwise("dw.weight", 3, 3, 4, 1)), Cube, depthwise);
        AssertOrder(KernelOrder.InputsFirst, Npz(Keras("conv.kernel", 3, 3, 3, 3), KerasDepthwise("dw.depthwise_kernel", 3, 3, 4, 1)), Cube, depthwise);
    }

    [Fact]
    public void Depthwise_on_three_channels_is_Kerass_or_MLXs()
    {
        // (3, 3, 3, 1) is both; PyTorch's would be (3, 1, 3, 3).
        TensorSpec depthwise = new("dw", TensorRole.DepthwiseKernel, 3, 3, 3, 1);
        byte[] file = Safetensors("", KerasDepthwise("dw.weight", 3, 3, 3, 1));
        Assert.Equal(
            [
                "'dw.weight' (3, 3, 3, 1) may lie in more than one order, and nothing tells whether it is (kh, kw, in, multiplier) or (in * multiplier, kh, kw, 1); "
                + "state it by KernelOrder in WeightLoadOptions, or in Names",
            ],
            Problems(file, [depthwise]));
        Assert.Equal(Expected(depthwise), ModelWeights.Load(file, [depthwise], new WeightLoadOptions { KernelOrder = KernelOrder.InputsFirst })[0]);
        AssertOrder(KernelOrder.InputsFirst, Safetensors("", KerasDepthwise("dw.depthwise_kernel", 3, 3, 3, 1)), depthwise);
        AssertOrder(KernelOrder.OutputsFirstChannelsLast, Safetensors("", MlxDepthwise("dw.weight", 3, 3, 3, 1), Mlx("next.weight", 3, 3, 4, 2)), depthwise, Second);
    }

    [Fact]
    public void Paddles_and_Burns_matrices_are_Kerass_and_their_convolutions_PyTorchs()
    {
        (string, int[], float[]) dense = Counted("head.weight", 4, 2);
        ModelWeights weights = AssertOrder(KernelOrder.OutputsFirst, Safetensors("", PyTorch("conv.weight", 3, 3, 3, 3), dense), Cube, Head);
        Assert.Equal("the order of Paddle and Burn, whose matrices the file has", weights.Report!.Tensors[0].Reason);
        Assert.Equal(KernelOrder.InputsFirst, weights.Report.Tensors[1].Order);

        // No contradiction: a convolution of PyTorch's order and a matrix of Keras's.
        TensorSpec square = new("fc", TensorRole.Kernel, 3, 3);
        AssertOrder(KernelOrder.OutputsFirst, Safetensors("", PyTorch("next.weight", 3, 3, 4, 2), dense, Counted("fc.weight", 3, 3)), Second, Head, square);
        ModelWeights all = ModelWeights.Load(Safetensors("", PyTorch("next.weight", 3, 3, 4, 2), dense, Counted("fc.weight", 3, 3)), [Second, Head, square]);
        Assert.Equal([1, 2, 3], FirstRow(all, 2));
    }

    [Fact]
    public void A_matrix_tells_PyTorch_from_Keras_and_nothing_more()
    {
        byte[] file = Safetensors("", PyTorch("conv.weight", 3, 3, 3, 3), Counted("head.weight", 2, 4));
        Assert.Equal("PyTorch's order, the default for weight: nothing tells another", AssertOrder(KernelOrder.OutputsFirst, file, Cube, Head).Report!.Tensors[0].Reason);
        AssertOrder(KernelOrder.OutputsFirstChannelsLast, Safetensors("format=mlx", Mlx("conv.weight", 3, 3, 3, 3), Counted("head.weight", 2, 4)), Cube, Head);
    }

    [Fact]
    public void A_convolution_that_the_model_has_not_tells_by_its_bias()
    {
        var all = new WeightLoadOptions { AllowUnused = true };
        byte[] keras = Safetensors("", Keras("conv.weight", 3, 3, 3, 3), Keras("body.weight", 3, 3, 4, 7), Counted("body.bias", 7));
        Assert.Equal(Expected(Cube), ModelWeights.Load(keras, [Cube], all)[0]);
        byte[] pytorch = Safetensors("", PyTorch("conv.weight", 3, 3, 3, 3), PyTorch("body.weight", 3, 3, 4, 7), Counted("body.bias", 7));
        Assert.Equal(Expected(Cube), ModelWeights.Load(pytorch, [Cube], all)[0]);

        // A transposed convolution's bias is as long as the second axis with PyTorch and the third with Keras; a window may be, too.
        byte[] transposed = Safetensors("", PyTorch("conv.weight", 3, 3, 3, 3), PyTorchTransposed("up.weight", 3, 3, 8, 3), Counted("up.bias", 3));
        ModelWeights weights = ModelWeights.Load(transposed, [Cube], all);
        Assert.Equal(Expected(Cube), weights[0]);
        Assert.Equal("PyTorch's order, the default for weight: nothing tells another", weights.Report!.Tensors[0].Reason);
    }

    [Theory]
    [InlineData(KernelOrder.InputsFirst)]
    [InlineData(KernelOrder.OutputsFirst)]
    [InlineData(KernelOrder.OutputsFirstChannelsLast)]
    public void An_order_that_is_stated_holds(KernelOrder order)
    {
        foreach (TensorSpec spec in (TensorSpec[])[Cube, new("conv", TensorRole.Kernel, 3, 3, 3, 3) { Transposed = true }])
        {
            (string, int[], float[]) stored = spec.Transposed
                ? order == KernelOrder.InputsFirst ? KerasTransposed("theta", 3, 3, 3, 3) : order == KernelOrder.OutputsFirst ? PyTorchTransposed("theta", 3, 3, 3, 3) : MlxTransposed("theta", 3, 3, 3, 3)
                : Stored(order, "theta", spec);
            ModelWeights weights = ModelWeights.Load(Fortran(stored), [spec], new WeightLoadOptions { Names = { ["conv.kernel"] = new NameInFile("theta", order) } });
            Assert.Equal(Expected(spec), weights[0]);
            Assert.Equal("stated", weights.Report!.Tensors[0].Reason);
        }
    }

    [Fact]
    public void A_shape_that_contradicts_what_is_stated_is_a_problem() => Assert.Equal(
        ["'next.weight' has shape (2, 4, 3, 3), which is (out, in, kh, kw) for next.kernel (3, 3, 4, 2); stated is (out, kh, kw, in)"],
        Problems(Safetensors("", PyTorch("next.weight", 3, 3, 4, 2)), [Second], new WeightLoadOptions { KernelOrder = KernelOrder.OutputsFirstChannelsLast }));

    [Fact]
    public void For_a_matrix_MLXs_order_is_PyTorchs()
    {
        TensorSpec[] specs = [new("fc", TensorRole.Kernel, 3, 3), Head];
        ModelWeights weights = ModelWeights.Load(
            Safetensors("", Counted("fc.weight", 3, 3), Counted("head.weight", 2, 4)), specs, new WeightLoadOptions { KernelOrder = KernelOrder.OutputsFirstChannelsLast });
        Assert.Equal([1, 4, 7], FirstRow(weights));
        Assert.Contains("fc.kernel (3, 3) from 'fc.weight' F32 (3, 3), (out, in): stated", weights.Report!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_tells_nothing_is_not_guessed_at() => Assert.Equal(
        [
            "'theta' (3, 3, 3, 3) may lie in more than one order, and nothing tells whether it is (kh, kw, in, out) or (out, in, kh, kw) or (out, kh, kw, in); "
            + "state it by KernelOrder in WeightLoadOptions, or in Names",
        ],
        Problems(Npz(Counted("theta", 3, 3, 3, 3)), [Cube], new WeightLoadOptions { Names = { ["conv.kernel"] = "theta" } }));

    [Fact]
    public void A_file_that_contradicts_itself_is_not_guessed_at()
    {
        TensorSpec third = new("third", TensorRole.Kernel, 3, 3, 4, 2);
        Assert.Equal(
            [
                "'conv.weight' (3, 3, 3, 3) may lie in more than one order, and the file contradicts itself: (kh, kw, in, out) as the shape of 'third.weight' (3, 3, 4, 2), "
                + "(out, in, kh, kw) as the shape of 'next.weight' (2, 4, 3, 3); state it by KernelOrder in WeightLoadOptions, or in Names",
            ],
            Problems(Safetensors("", PyTorch("conv.weight", 3, 3, 3, 3), PyTorch("next.weight", 3, 3, 4, 2), Keras("third.weight", 3, 3, 4, 2)), [Cube, Second, third]));
    }

    [Fact]
    public void The_report_names_the_axes()
    {
        TensorSpec grouped = new("g", TensorRole.Kernel, 3, 3, 4, 2) { Groups = 2 };
        ModelWeights weights = ModelWeights.Load(
            Safetensors("", PyTorch("g.weight", 3, 3, 4, 2), PyTorchDepthwise("dw.weight", 3, 3, 4, 2)), [grouped, new TensorSpec("dw", TensorRole.DepthwiseKernel, 3, 3, 4, 2)]);
        Assert.Equal("g.kernel (3, 3, 4, 2) from 'g.weight' F32 (2, 4, 3, 3), (out, in / groups, kh, kw): its shape tells", weights.Report!.Tensors[0].ToString());
        Assert.Equal(
            "dw.depthwise_kernel (3, 3, 4, 2) from 'dw.weight' F32 (8, 1, 3, 3), (in * multiplier, 1, kh, kw): its shape tells", weights.Report.Tensors[1].ToString());
    }

    private static (string Name, int[] Shape, float[] Values) Stored(KernelOrder order, string name, TensorSpec spec)
    {
        (int height, int width, int inputs, int outputs) = (spec.Shape[0], spec.Shape[1], spec.Shape[2], spec.Shape[3]);
        return order switch
        {
            KernelOrder.InputsFirst => Keras(name, height, width, inputs, outputs),
            KernelOrder.OutputsFirst => PyTorch(name, height, width, inputs, outputs),
            _ => Mlx(name, height, width, inputs, outputs),
        };
    }

    private static ModelWeights AssertOrder(KernelOrder order, byte[] file, params TensorSpec[] specs)
    {
        ModelWeights weights = ModelWeights.Load(file, specs);
        Assert.Equal(Expected(specs[0]), weights[0]);
        Assert.Equal(order, weights.Report!.Tensors[0].Order);
        return weights;
    }
}
