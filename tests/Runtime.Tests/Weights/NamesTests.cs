using static Fused.Runtime.Tests.Weights.WeightFile;

namespace Fused.Runtime.Tests.Weights;

/// <summary>A model's names and a file's: prefixes, maps, what is left over, and what to write where they do not agree.</summary>
public class NamesTests
{
    private static readonly TensorSpec[] Head = [new("dense", TensorRole.Kernel, 3, 2), new("dense", TensorRole.Bias, 2)];

    private static readonly float[] Kernel = [1, 4, 2, 5, 3, 6];

    [Theory]
    [InlineData("layers.0", "layers.0.")]
    [InlineData("layers/0", "layers.0.")]
    [InlineData("layers.0", "layers/0/")]
    [InlineData("head.fc", "head.fc.")]
    [InlineData("a:0", "a:0/")]
    [InlineData("", "")]
    public void A_layers_name_may_hold_points_and_slashes_or_nothing(string layer, string start)
    {
        TensorSpec[] specs = [new(layer, TensorRole.Kernel, 3, 2), new(layer, TensorRole.Bias, 2)];
        ModelWeights weights = ModelWeights.Load(Safetensors("", Counted(start + "weight", 2, 3), Counted(start + "bias", 2)), specs);
        Assert.Equal(Kernel, weights[0]);
        Assert.Equal([1, 2], weights[1]);
    }

    [Theory]
    [InlineData("model.")]
    [InlineData("model/")]
    [InlineData("model")]
    public void A_prefix_leaves_the_rest_of_the_file_alone(string prefix)
    {
        byte[] file = Safetensors("", Counted("model.dense.weight", 2, 3), Counted("model.dense.bias", 2), Counted("optimizer.step", 1), Counted("dense.weight", 7));
        ModelWeights weights = ModelWeights.Load(file, Head, new WeightLoadOptions { Prefix = prefix });
        Assert.Equal(Kernel, weights[0]);
        Assert.Equal(["dense.weight", "optimizer.step"], weights.Report!.Unused.Select(tensor => tensor.Name));
    }

    [Fact]
    public void What_is_under_the_prefix_must_be_the_models_unless_allowed()
    {
        byte[] file = Safetensors("", Counted("model.dense.weight", 2, 3), Counted("model.dense.bias", 2), Counted("model.body.weight", 7));
        Assert.Equal(
            [
                "all 2 tensors of the model are there and fit, but the file has 1 more: new WeightLoadOptions { AllowUnused = true } passes over them",
                "'model.body.weight' F32 (7) is not in the model",
            ],
            Problems(file, Head, new WeightLoadOptions { Prefix = "model." }));

        ModelWeights weights = ModelWeights.Load(file, Head, new WeightLoadOptions { Prefix = "model.", AllowUnused = true });
        Assert.Equal(Kernel, weights[0]);
        Assert.Equal("model.body.weight", Assert.Single(weights.Report!.Unused).Name);
    }

    [Fact]
    public void A_prefix_that_nothing_has_is_said()
    {
        byte[] file = Safetensors("", Counted("dense.weight", 2, 3), Counted("dense.bias", 2));
        Assert.Equal(
            [
                "no tensor of the file has a name that begins with the prefix 'modle.'",
                "all 2 tensors of the model are there and fit without the prefix: load with no options; the file has 0 other tensors",
            ],
            Problems(file, Head, new WeightLoadOptions { Prefix = "modle." }));
    }

    [Fact]
    public void Of_a_whole_checkpoint_it_is_said_first_that_the_models_tensors_fit()
    {
        TensorSpec[] specs = [.. Head, new("dense_1", TensorRole.Kernel, 2, 4)];
        (string, int[], float[])[] body = [.. Enumerable.Range(0, 260).Select(i => Counted($"body.{i}.weight", 4, 4))];
        byte[] file = Safetensors("", [.. body, Counted("dense.weight", 2, 3), Counted("dense.bias", 2), Counted("dense_1.weight", 4, 2)]);

        IReadOnlyList<string> problems = Problems(file, specs);

        Assert.Equal("all 3 tensors of the model are there and fit, but the file has 260 more: new WeightLoadOptions { AllowUnused = true } passes over them", problems[0]);
        Assert.Equal(7, problems.Count);
        Assert.Equal("255 more tensors are not in the model", problems[^1]);
        Assert.Equal(260, ModelWeights.Load(file, specs, new WeightLoadOptions { AllowUnused = true }).Report!.Unused.Count);
    }

    [Fact]
    public void Of_a_whole_checkpoint_the_prefix_under_which_all_fits_is_named()
    {
        (string, int[], float[])[] body = [.. Enumerable.Range(0, 260).Select(i => Counted($"{(i < 250 ? "model" : "ema")}/body/{i}/weight", 4, 4))];
        byte[] file = Safetensors("", [.. body, Counted("model/dense/weight", 2, 3), Counted("model/dense/bias", 2)]);

        string problem = Assert.Single(Problems(file, Head));

        Assert.Equal(
            "all 2 tensors of the model are there and fit under 'model/': load with new WeightLoadOptions { Prefix = \"model/\", AllowUnused = true }; the file has 260 other tensors",
            problem);
        Assert.Equal(Kernel, ModelWeights.Load(file, Head, new WeightLoadOptions { Prefix = "model/", AllowUnused = true })[0]);
    }

    [Fact]
    public void Two_prefixes_under_which_all_fits_are_both_named()
    {
        byte[] file = Safetensors("", Counted("a.dense.weight", 2, 3), Counted("a.dense.bias", 2), Counted("b.dense.weight", 2, 3), Counted("b.dense.bias", 2));
        Assert.Equal(
            ["all 2 tensors of the model are there and fit, under more than one prefix; Prefix in WeightLoadOptions says which: 'a.', 'b.'"], Problems(file, Head));
    }

    [Fact]
    public void Layers_under_other_names_are_found_by_their_shapes()
    {
        TensorSpec[] specs = [.. Head, new("dense_1", TensorRole.Kernel, 2, 4)];
        byte[] file = Safetensors("", Counted("classifier.0.weight", 2, 3), Counted("classifier.0.bias", 2), Counted("classifier.3.weight", 4, 2));

        Assert.Equal(
            [
                "all 3 tensors of the model are there and fit under other names: load with new WeightLoadOptions "
                + "{ Names = { [\"dense\"] = \"classifier.0\", [\"dense_1\"] = \"classifier.3\" } }, or declare the layers by these names",
            ],
            Problems(file, specs));
        ModelWeights weights = ModelWeights.Load(file, specs, new WeightLoadOptions { Names = { ["dense"] = "classifier.0", ["dense_1"] = "classifier/3" } });
        Assert.Equal(Kernel, weights[0]);
        Assert.Equal([1, 3, 5, 7, 2, 4, 6, 8], weights[2]);
    }

    [Fact]
    public void Layers_of_one_shape_are_taken_in_the_order_of_their_numbers()
    {
        TensorSpec[] specs = [new("dense", TensorRole.Kernel, 3, 3), new("dense_1", TensorRole.Kernel, 3, 3)];
        string problem = Assert.Single(Problems(Safetensors("", Counted("net.10.weight", 3, 3), Counted("net.2.weight", 3, 3)), specs));
        Assert.Contains("""Names = { ["dense"] = "net.2", ["dense_1"] = "net.10" }""", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_could_be_several_layers_is_not_guessed_at()
    {
        byte[] file = Safetensors("", Counted("a.weight", 2, 3), Counted("a.bias", 2), Counted("b.weight", 2, 3), Counted("b.bias", 2));
        IReadOnlyList<string> problems = Problems(file, Head);
        Assert.Equal("dense.kernel (3, 2) is missing", problems[0].Split(';')[0]);
        Assert.DoesNotContain(problems, problem => problem.Contains("Names =", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tensor_and_a_layer_may_have_another_name_and_the_file_a_prefix()
    {
        var options = new WeightLoadOptions { Prefix = "net/", Names = { ["dense"] = "fc", ["dense.kernel"] = new("W1", KernelOrder.InputsFirst) } };
        ModelWeights weights = ModelWeights.Load(Npz(Counted("net/W1", 3, 2), Counted("net/fc/bias", 2)), Head, options);
        Assert.Equal([1, 2, 3, 4, 5, 6], weights[0]);
    }

    [Fact]
    public void Flaxs_collections_are_mapped_tensor_by_tensor()
    {
        TensorSpec[] specs = [new("bn", TensorRole.Gamma, 2), new("bn", TensorRole.Beta, 2), new("bn", TensorRole.MovingMean, 2), new("bn", TensorRole.MovingVariance, 2)];
        byte[] file = Safetensors(
            "", Counted("params/BatchNorm_0/scale", 2), Counted("params/BatchNorm_0/bias", 2), Counted("batch_stats/BatchNorm_0/mean", 2), Counted("batch_stats/BatchNorm_0/var", 2));
        var options = new WeightLoadOptions
        {
            Names =
            {
                ["bn"] = "params/BatchNorm_0",
                ["bn.moving_mean"] = "batch_stats/BatchNorm_0/mean",
                ["bn.moving_variance"] = "batch_stats/BatchNorm_0/var",
            },
        };
        Assert.Equal(["scale", "bias", "mean", "var"], ModelWeights.Load(file, specs, options).Report!.Tensors.Select(tensor => tensor.Stored.Name.Split('/')[^1]));
    }

    [Fact]
    public void A_layer_that_owns_the_file_is_an_empty_name() => Assert.Equal(
        Kernel, ModelWeights.Load(Safetensors("", Counted("weight", 2, 3), Counted("bias", 2)), Head, new WeightLoadOptions { Names = { ["dense"] = "" } })[0]);

    [Fact]
    public void A_name_that_neither_side_has_is_said()
    {
        byte[] file = Safetensors("", Counted("fc.weight", 2, 3), Counted("dense.bias", 2));
        Assert.Equal(
            [
                "Names has 'dens', which is no layer or tensor of the model",
                "dense.kernel (3, 2) is missing, which Names calls 'fc.wieght'; did you mean 'fc.weight'?",
                "'fc.weight' F32 (2, 3) is not in the model",
            ],
            Problems(file, Head, new WeightLoadOptions { Names = { ["dens"] = "a", ["dense/kernel"] = "fc.wieght" } }));
    }

    [Fact]
    public void Options_that_contradict_themselves_are_refused()
    {
        byte[] file = Safetensors("", Counted("dense.weight", 2, 3), Counted("dense.bias", 2));
        Assert.Throws<ArgumentException>("options", () => ModelWeights.Load(file, Head, new WeightLoadOptions { Names = { ["dense.kernel"] = "a", ["dense/kernel"] = "b" } }));
        Assert.Throws<ArgumentException>("options", () => ModelWeights.Load(file, Head, new WeightLoadOptions { ByPosition = true, Names = { ["dense"] = "a" } }));
        Assert.Throws<ArgumentNullException>(() => new WeightLoadOptions { Prefix = null! });
        Assert.Throws<ArgumentNullException>(() => new WeightLoadOptions { Names = null! });
        Assert.Throws<ArgumentNullException>(() => new NameInFile(null!));
    }

    [Fact]
    public void Advice_is_C_sharp_whatever_the_file_calls_its_tensors()
    {
        byte[] file = Npz(Counted("a\"\\\n.weight", 2, 3), Counted("a\"\\\n.bias", 2));
        Assert.Contains("""["dense"] = "a\"\\\u000A" """.TrimEnd(), Problems(file, Head)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_hundred_thousand_tensors_is_explained_in_a_few_lines()
    {
        (string, int[], float[])[] tensors = [.. Enumerable.Range(0, 100_000).Select(i => Counted($"layer{i}.weight", 2, 3))];
        byte[] file = Safetensors("", tensors);
        TensorSpec[] specs = [.. Enumerable.Range(0, 100).SelectMany(i => new TensorSpec[] { new($"dense_{i}", TensorRole.Kernel, 3, 2), new($"dense_{i}", TensorRole.Bias, 2) })];

        IReadOnlyList<string> problems = Problems(file, specs);

        Assert.Equal(specs.Length + 5 + 1, problems.Count);
        Assert.Equal("99,995 more tensors are not in the model", problems[^1]);
    }
}
