using static Fused.Runtime.Tests.Weights.WeightFile;

namespace Fused.Runtime.Tests.Weights;

/// <summary>Which order a kernel is taken to have, and why. x = (1, 0, 0) times 1..9 is 1 2 3 where it is (in, out) and 1 4 7 where it is (out, in).</summary>
public class KernelOrderTests
{
    private static readonly float[] InputsFirst = [1, 2, 3], OutputsFirst = [1, 4, 7];
    private static readonly TensorSpec[] Square = [new("fc", TensorRole.Kernel, 3, 3), new("fc", TensorRole.Bias, 3)];

    [Theory]
    [InlineData("", "weight", false)]
    [InlineData("", "kernel", true)]
    [InlineData("producer=burn,format=safetensors", "weight", true)]
    [InlineData("format=pd", "weight", true)]
    [InlineData("format=pt", "weight", false)]
    [InlineData("format=mlx", "weight", false)]
    [InlineData("format=pt", "kernel", true)]
    [InlineData("producer=somebody", "weight", false)]
    public void A_square_kernel_has_the_order_of_the_frameworks_word_and_metadata(string metadata, string word, bool inputsFirst)
    {
        ModelWeights weights = ModelWeights.Load(Safetensors(metadata, Counted("fc." + word, 3, 3), Counted("fc.bias", 3)), Square);

        Assert.Equal(inputsFirst ? InputsFirst : OutputsFirst, FirstRow(weights));
        Assert.Equal(inputsFirst ? KernelOrder.InputsFirst : KernelOrder.OutputsFirst, weights.Report!.Tensors[0].Order);
    }

    [Theory]
    [InlineData("weight")]
    [InlineData("kernel")]
    public void Shapes_decide_whatever_the_word(string word)
    {
        TensorSpec[] specs = [new("fc", TensorRole.Kernel, 3, 2)];
        Assert.Equal([1, 2], FirstRow(ModelWeights.Load(Safetensors("", Counted("fc." + word, 3, 2)), specs)));
        Assert.Equal([1, 4], FirstRow(ModelWeights.Load(Safetensors("producer=burn", Counted("fc." + word, 2, 3)), specs)));
    }

    [Theory]
    [InlineData(2, 3, false)]
    [InlineData(3, 2, true)]
    public void One_kernel_that_is_not_square_tells_the_order_of_the_others(int rows, int columns, bool inputsFirst)
    {
        TensorSpec[] specs = [Square[0], new("head", TensorRole.Kernel, 3, 2)];
        foreach (string word in (string[])["weight", "kernel"])
        {
            ModelWeights weights = ModelWeights.Load(Safetensors("", Counted("fc." + word, 3, 3), Counted("head." + word, rows, columns)), specs);

            Assert.Equal(inputsFirst ? InputsFirst : OutputsFirst, FirstRow(weights));
            Assert.Equal($"as the shape of 'head.{word}' ({rows}, {columns})", weights.Report!.Tensors[0].Reason);
        }
    }

    [Fact]
    public void A_shape_speaks_before_the_metadata()
    {
        // Burn's adapter for PyTorch writes (out, in) and Burn's metadata.
        TensorSpec[] specs = [Square[0], new("head", TensorRole.Kernel, 3, 2)];
        ModelWeights weights = ModelWeights.Load(Safetensors("producer=burn", Counted("fc.weight", 3, 3), Counted("head.weight", 2, 3)), specs);
        Assert.Equal(OutputsFirst, FirstRow(weights));
    }

    [Fact]
    public void Burns_adapter_for_PyTorch_is_known_by_the_name_of_gamma()
    {
        TensorSpec[] specs = [Square[0], new("norm", TensorRole.Gamma, 3)];
        Assert.Equal(OutputsFirst, FirstRow(ModelWeights.Load(Safetensors("producer=burn", Counted("fc.weight", 3, 3), Counted("norm.weight", 3)), specs)));
        Assert.Equal(InputsFirst, FirstRow(ModelWeights.Load(Safetensors("producer=burn", Counted("fc.weight", 3, 3), Counted("norm.gamma", 3)), specs)));
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(4, true)]
    public void Layers_that_the_model_has_not_tell_by_their_bias(int bias, bool inputsFirst)
    {
        byte[] file = Safetensors("", Counted("fc.weight", 3, 3), Counted("fc.bias", 3), Counted("body.weight", 5, 4), Counted("body.bias", bias));
        ModelWeights weights = ModelWeights.Load(file, Square, new WeightLoadOptions { AllowUnused = true });
        Assert.Equal(inputsFirst ? InputsFirst : OutputsFirst, FirstRow(weights));
        Assert.Equal("as the bias shows of 'body.weight' (5, 4)", weights.Report!.Tensors[0].Reason);
    }

    [Theory]
    [InlineData(1, 3, true)]
    [InlineData(3, 1, false)]
    public void A_bias_that_is_a_row_or_a_column_tells(int rows, int columns, bool inputsFirst)
    {
        byte[] file = Npz(Counted("W", 3, 3), Counted("b", rows, columns));
        ModelWeights weights = ModelWeights.Load(file, Square, new WeightLoadOptions { ByPosition = true });
        Assert.Equal(inputsFirst ? InputsFirst : OutputsFirst, FirstRow(weights));
    }

    [Fact]
    public void Paddles_batch_normalization_is_known_by_its_names()
    {
        TensorSpec[] specs = [Square[0], new("bn", TensorRole.MovingMean, 3), new("bn", TensorRole.MovingVariance, 3)];
        ModelWeights weights = ModelWeights.Load(Safetensors("", Counted("fc.weight", 3, 3), Counted("bn._mean", 3), Counted("bn._variance", 3)), specs);
        Assert.Equal(InputsFirst, FirstRow(weights));
    }

    [Theory]
    [InlineData(new[] { 1, 1, 3, 3 }, true)]
    [InlineData(new[] { 3, 3, 1, 1 }, false)]
    [InlineData(new[] { 3, 1, 1, 3 }, false)]
    [InlineData(new[] { 1, 3, 3 }, true)]
    [InlineData(new[] { 3, 3, 1 }, false)]
    public void Where_the_ones_of_a_convolution_stand_tells(int[] shape, bool inputsFirst)
    {
        foreach (string word in (string[])["weight", "kernel"])
            Assert.Equal(inputsFirst ? InputsFirst : OutputsFirst, FirstRow(ModelWeights.Load(Safetensors("", Counted("fc." + word, shape)), Square[..1])));
    }

    [Fact]
    public void An_order_that_is_stated_holds_for_all_or_for_one()
    {
        TensorSpec[] specs = [Square[0], new("head", TensorRole.Kernel, 3, 3)];
        byte[] file = Safetensors("", Counted("fc.weight", 3, 3), Counted("head.weight", 3, 3));

        ModelWeights all = ModelWeights.Load(file, specs, new WeightLoadOptions { KernelOrder = KernelOrder.InputsFirst });
        ModelWeights one = ModelWeights.Load(file, specs, new WeightLoadOptions { Names = { ["head"] = new("head", KernelOrder.InputsFirst) } });
        ModelWeights tensor = ModelWeights.Load(
            file, specs, new WeightLoadOptions { KernelOrder = KernelOrder.OutputsFirst, Names = { ["fc.kernel"] = new("fc/weight", KernelOrder.InputsFirst) } });

        Assert.Equal([InputsFirst, InputsFirst], [FirstRow(all, 0), FirstRow(all, 1)]);
        Assert.Equal([OutputsFirst, InputsFirst], [FirstRow(one, 0), FirstRow(one, 1)]);
        Assert.Equal([InputsFirst, OutputsFirst], [FirstRow(tensor, 0), FirstRow(tensor, 1)]);
        Assert.Equal("stated", all.Report!.Tensors[1].Reason);
    }

    [Fact]
    public void A_shape_that_contradicts_what_is_stated_is_a_problem() => Assert.Equal(
        ["'fc.weight' has shape (2, 3), which is (out, in) for fc.kernel (3, 2); stated is (in, out)"],
        Problems(Safetensors("", Counted("fc.weight", 2, 3)), [new("fc", TensorRole.Kernel, 3, 2)], new WeightLoadOptions { KernelOrder = KernelOrder.InputsFirst }));

    [Fact]
    public void With_one_output_no_order_contradicts()
    {
        TensorSpec[] specs = [new("fc", TensorRole.Kernel, 3, 1)];
        var options = new WeightLoadOptions { KernelOrder = KernelOrder.OutputsFirst };
        Assert.Equal([1, 2, 3], ModelWeights.Load(Safetensors("", Counted("fc.weight", 3, 1)), specs, options)[0].ToArray());
        Assert.Equal([1, 2, 3], ModelWeights.Load(Safetensors("", Counted("fc.weight", 1, 3)), specs, options)[0].ToArray());
    }

    [Fact]
    public void A_file_that_contradicts_itself_is_not_guessed_at()
    {
        TensorSpec[] specs = [Square[0], new("a", TensorRole.Kernel, 3, 2), new("b", TensorRole.Kernel, 3, 2)];
        byte[] file = Safetensors("", Counted("fc.weight", 3, 3), Counted("a.weight", 3, 2), Counted("b.weight", 2, 3));
        Assert.Equal(
            [
                "'fc.weight' (3, 3) is square, and the file contradicts itself: (in, out) as the shape of 'a.weight' (3, 2), "
                + "(out, in) as the shape of 'b.weight' (2, 3); state it by KernelOrder in WeightLoadOptions, or in Names",
            ],
            Problems(file, specs));

        // Stated for the one that is in doubt; the others say it themselves.
        ModelWeights weights = ModelWeights.Load(file, specs, new WeightLoadOptions { Names = { ["fc"] = new("fc", KernelOrder.OutputsFirst) } });
        Assert.Equal([OutputsFirst, [1, 2], [1, 4]], [FirstRow(weights), FirstRow(weights, 1), FirstRow(weights, 2)]);
    }

    [Fact]
    public void A_name_that_tells_nothing_is_not_guessed_at()
    {
        var options = new WeightLoadOptions { Names = { ["fc.kernel"] = "theta" } };
        Assert.Equal(
            ["'theta' (3, 3) is square, and nothing tells whether it is (in, out) or (out, in); state it by KernelOrder in WeightLoadOptions, or in Names"],
            Problems(Npz(Counted("theta", 3, 3)), Square[..1], options));
        Assert.Equal(OutputsFirst, FirstRow(ModelWeights.Load(Npz(Counted("theta", 3, 3)), Square[..1], options with { KernelOrder = KernelOrder.OutputsFirst })));
    }

    [Fact]
    public void An_order_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightLoadOptions { KernelOrder = (KernelOrder)4 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NameInFile("a", (KernelOrder)(-1)));
    }
}
