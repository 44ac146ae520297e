namespace Fused.Generator.Tests.Output;

/// <summary>Weights as they come, through what the generator adds to a model.</summary>
public class LoadingTests
{
    private const string Square = "[FusedModel, Input(3), Dense(3, Name = \"fc\")] partial class Head;";

    private static readonly Stored Kernel = new("fc.weight", [3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]);

    private static readonly Stored Bias = new("fc.bias", [3], [0, 0, 0]);

    [Theory]
    [InlineData("", 1, 4, 7)]
    [InlineData("{\"format\":\"safetensors\",\"producer\":\"burn\"}", 1, 2, 3)]
    public void Who_wrote_a_square_kernel_decides_its_order(string metadata, float a, float b, float c) =>
        Assert.Equal([a, b, c], Run(Square, "Head.Load(file).Predict(x)", TensorBytes.Safetensors(metadata, Kernel, Bias), 1, 0, 0));

    [Theory]
    [InlineData("Head.Load(new MemoryStream(file))")]
    [InlineData("Head.Load(file.AsMemory(), new WeightLoadOptions { Prefix = \"fc.\", Names = { [\"fc\"] = \"\" } })")]
    [InlineData("Head.Load(file, new() { KernelOrder = KernelOrder.OutputsFirst })")]
    [InlineData("Head.FromWeights([new(\"fc.kernel\", new float[] { 1, 4, 7, 2, 5, 8, 3, 6, 9 }, 3, 3), new(\"fc.bias\", new float[3], 3)])")]
    [InlineData("Load<Head>(file)", "static T Load<T>(byte[] file) where T : class, IFusedModel<T> => T.Load(new MemoryStream(file));")]
    public void A_model_loads_from_a_stream_from_memory_and_from_arrays(string load, string more = "") =>
        Assert.Equal([1, 4, 7], Run(Square, load + ".Predict(x)", TensorBytes.Safetensors("", Kernel, Bias), more, 1, 0, 0));

    [Fact]
    public void The_issues_own_spelling()
    {
        byte[] file = TensorBytes.Safetensors(
            "", new("model.classifier.0.weight", [6, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), new("model.classifier.0.bias", [6], new float[6]), new("model.body.weight", [1], [1]), new("step", [1], [1]));
        float[] y = Run(
            "[FusedModel, Input(2)] [Dense(6, Name = \"classifier.0\")] partial class Head;",
            "Head.Load(file, new WeightLoadOptions { Prefix = \"model.\", AllowUnused = true }).Predict(x)",
            file,
            1, 0);
        Assert.Equal([1, 3, 5, 7, 9, 11], y);
    }

    [Theory]
    [InlineData("", "moving", 2.236f)]
    [InlineData(", Epsilon = 1e-3", "running", 2.236f)]
    [InlineData(", Epsilon = 1e-5", "running", 3.147f)]
    public void Epsilon_is_what_the_declaration_says(string epsilon, string names, float expected) =>
        Assert.Equal(expected, Assert.Single(Run(Norm(epsilon), "Head.Load(file).Predict(x)", NormFile(names), 0.1f)), 0.001f);

    [Fact]
    public void An_undeclared_epsilon_and_PyTorchs_names_are_refused()
    {
        var exception = Assert.Throws<FusedWeightsException>(() => Run(Norm(""), "Head.Load(file).Predict(x)", NormFile("running"), 0.1f));
        Assert.Contains("write [BatchNormalization(Epsilon = 1e-5)], or Epsilon = 1e-3", Assert.Single(exception.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Flatten", "in place of [Flatten]")]
    [InlineData("Flatten, Dropout(0.5), Activation(Activation.Relu)", "in place of [Flatten]")]
    public void The_loader_knows_the_map_that_was_flattened(string layers, string advice)
    {
        byte[] file = TensorBytes.Safetensors("", new("dense.kernel", [16, 5], new float[80]), new("dense.bias", [5], new float[5]));
        var exception = Assert.Throws<FusedWeightsException>(() => Run($"[FusedModel, Input(7, 7, 16), {layers}, Dense(5)] partial class Head;", "Head.Load(file).Predict(x)", file));
        string problem = Assert.Single(exception.Problems);
        Assert.Contains("784 is 7 x 7 x 16: the file's layer had pooled features; put [GlobalAveragePooling2D]", problem, StringComparison.Ordinal);
        Assert.Contains(advice, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[FusedModel, Input(16, 7, 7, Layout = DataLayout.ChannelsFirst), GlobalAveragePooling2D, Dense(5)]", "(16, 5)", "784 is 7 x 7 x 16: the file's layer had the whole map; put [Flatten]")]
    [InlineData("[FusedModel, Input(7, 7, 16), AdaptiveConcatPooling2D, Dense(5)]", "(32, 5)", "784 is 7 x 7 x 16: the file's layer had the whole map; put [Flatten]")]
    [InlineData("[FusedModel, Input(7, 7, 16), GlobalAveragePooling2D, Dense(16), Dense(5)]", "(16, 5)", "the file's layer has 784 inputs, the model's 16")]
    public void The_loader_knows_the_map_that_was_pooled(string declaration, string expected, string why)
    {
        string last = declaration.Contains("Dense(16)", StringComparison.Ordinal) ? "dense_1" : "dense";
        byte[] file = TensorBytes.Safetensors("", new($"{last}.kernel", [784, 5], new float[784 * 5]), new($"{last}.bias", [5], new float[5]));
        var exception = Assert.Throws<FusedWeightsException>(() => Run($"{declaration} partial class Head;", "Head.Load(file).Predict(x)", file));
        Assert.Contains(exception.Problems, problem => problem.Contains($"expected is {expected}", StringComparison.Ordinal) && problem.Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public void The_summary_of_a_loaded_model_says_which_order_was_taken()
    {
        const string Test = """
            ModelSummary.Of(Head.Load(file)).ToString().EndsWith("Weights: The memory\n  fc.kernel (3, 3) from 'fc.weight' F32 (3, 3), (in, out): the file says producer = burn\n  fc.bias (3) from 'fc.bias' F32 (3)\n")
                && Head.Load(file).LoadReport!.Tensors[0].Order == KernelOrder.InputsFirst && Head.Create(1).LoadReport is null
                && ModelSummary.Of(Head.Create(1)).ToString() == Head.Summary.ToString() ? [1] : [0]
            """;
        Assert.Equal([1], Run(Square, Test, TensorBytes.Safetensors("{\"producer\":\"burn\"}", Kernel, Bias)));
    }

    private static string Norm(string epsilon) => $"[FusedModel, Input(1), BatchNormalization(Name = \"bn\"{epsilon})] partial class Head;";

    private static byte[] NormFile(string names) => TensorBytes.Safetensors(
        "",
        new(names == "moving" ? "bn.gamma" : "bn.weight", [1], [1]),
        new(names == "moving" ? "bn.beta" : "bn.bias", [1], [0]),
        new($"bn.{names}_mean", [1], [0]),
        new(names == "moving" ? "bn.moving_variance" : "bn.running_var", [1], [1e-3f]));

    private static float[] Run(string model, string expression, byte[] file, params float[] x) => Run(model, expression, file, "", x);

    /// <summary>What an expression of <c>file</c>, the file's bytes, and <c>x</c> gives.</summary>
    private static float[] Run(string model, string expression, byte[] file, string more, params float[] x) => Computed.Run(
        Generated.From($$"""
            using System;
            using System.IO;
            using Fused;
            {{model}}
            static class Runner
            {
                static readonly byte[] file = Convert.FromBase64String("{{Convert.ToBase64String(file)}}");
                public static float[] Run(float[] x) => {{expression}};
                {{more}}
            }
            """),
        x);
}
