using System.Globalization;

namespace Fused.Generator.Tests.Output;

/// <summary>Names of the user's that mean something in generated code, too: it compiles, and computes the same.</summary>
public class NameTests
{
    private const string Model = """
        [FusedModel, Input(5, 5, 24), AdaptiveConcatPooling2D, Dense(20, Activation = Activation.Gelu), Dense(3, Activation = Activation.Softmax)]
        """;

    private static readonly float[] Expected = Computed.Predict(Generated.From($"using Fused;\n{Model} partial class Head;{Computed.Runner("Head")}"));

    /// <summary>The names of types and namespaces that generated code uses, and of its own.</summary>
    private static readonly string[] Names =
    [
        "Vector512", "Vector256", "Vector128", "Unsafe", "MethodImpl", "MethodImplAttribute", "MethodImplOptions",
        "System", "Fused", "Scratch", "ModelWeights", "TensorSpec", "Horizontal", "BitConverter", "TileScheduler", "Tensors",
        "Vector512Kernels", "Kernel1Rows1", "IFeatures", "TFeatures", "TElement", "features", "Half", "Quantization", "Exp", "Gelu", "x", "scratch", "model", "samples", "input", "value", "weights", "var",
    ];

    [Fact]
    public void Of_types_beside_the_model() => AssertComputes(
        $"namespace Shop {{ {Each("class {0};")} {Attributed(Model)} partial class Head; {Computed.Runner("Head")} }}");

    [Fact]
    public void Of_types_in_an_outer_namespace() => AssertComputes(
        $"namespace Shop {{ {Each("class {0};")} }} namespace Shop.Heads {{ {Attributed(Model)} partial class Head; {Computed.Runner("Head")} }}");

    [Fact]
    public void Of_types_in_the_global_namespace() => AssertComputes(
        $"{Each("class {0};", "System", "Fused")} {Attributed(Model)} partial class Head; {Computed.Runner("Head")}");

    [Fact]
    public void Of_the_models_members() => AssertComputes(
        $"{Attributed(Model)} partial class Head {{ {Each("public int {0} => 1;")} }} {Computed.Runner("Head")}");

    [Fact]
    public void Of_types_in_the_class_around_it() => AssertComputes(
        $"partial class Outer {{ {Each("class {0};")} {Attributed(Model)} public partial class Head; }} {Computed.Runner("Outer.Head")}");

    [Fact]
    public void Of_a_base_classs_members() => AssertComputes(
        $"class Base {{ {Each("public static int {0};")} }} {Attributed(Model)} partial class Head : Base; {Computed.Runner("Head")}");

    [Fact]
    public void Of_namespaces() => AssertComputes(
        $"{Each("namespace Shop.{0} {{ class Nothing; }}")} namespace Shop {{ {Attributed(Model)} partial class Head; {Computed.Runner("Head")} }}");

    [Theory]
    [InlineData("Vector512")]
    [InlineData("Vector256")]
    [InlineData("Vector128")]
    [InlineData("Unsafe")]
    [InlineData("IFeatures")]
    [InlineData("MethodImpl")]
    [InlineData("MethodImplAttribute")]
    [InlineData("MethodImplOptions")]
    public void One_is_enough(string name) => AssertComputes(
        $"namespace Shop {{ class {name}; {Attributed(Model)} partial class Head; {Computed.Runner("Head")} }}");

    [Theory]
    [InlineData("global using Unsafe = System.Text.StringBuilder;")]
    [InlineData("global using Vector256 = System.Text.StringBuilder;")]
    [InlineData("global using global::Strange; namespace Strange { class Unsafe; class Vector128; }")]
    public void Of_global_usings(string first)
    {
        Generated generated = Generated.From(first, $"{Attributed(Model)} partial class Head; {Computed.Runner("Head")}");

        Assert.Empty(generated.Diagnostics());
        Assert.Equal(Expected, Computed.Predict(generated));
    }

    /// <summary>A layer's name becomes the name of scratch memory, weights and their preparation.</summary>
    [Theory]
    [InlineData("x", "y")]
    [InlineData("n", "c")]
    [InlineData("c1", "k2")]
    [InlineData("acc", "accSum")]
    [InlineData("acc0", "accB0")]
    [InlineData("for", "float")]
    [InlineData("ref", "class")]
    [InlineData("unsafe", "Vector256")]
    [InlineData("rowMax", "rowScale")]
    [InlineData("pooled", "probabilities")]
    [InlineData("a-b", "a_b")]
    [InlineData("aB", "a!b_")]
    [InlineData("dense", "Dense")]
    [InlineData("denseKernel", "dense")]
    [InlineData("1", "2")]
    [InlineData("層", "слой")]
    [InlineData("<summary>&", "*-->")]
    [InlineData("\\\"", "'{0}")]
    [InlineData("weights", "options")]
    [InlineData("features", "TElement")]
    [InlineData("classifier.0", "classifier0")]
    [InlineData("layers.1.0", "layers.10")]
    [InlineData("sequential/dense", "sequential dense")]
    [InlineData("", "layer")]
    [InlineData("hidden", "")]
    [InlineData("*/ // /* ", "</code></remarks><!-- ]]>")]
    [InlineData("\\U0001F431\\u200D", "\\u3000\\u00A0")]
    [InlineData("$\\\"{x}", "@\\\"\\\\")]
    public void Of_layers(string first, string second) => AssertCompiles(first, second);

    [Fact]
    public void Of_layers_that_are_too_long_for_an_identifier() => AssertCompiles(new string('a', 1000), new string('a', 1000) + "/b");

    private static void AssertCompiles(string first, string second)
    {
        string model = Model
            .Replace("Activation.Gelu", $"Activation.Gelu, Name = \"{first}\"", StringComparison.Ordinal)
            .Replace("Activation.Softmax", $"Activation.Softmax, Name = \"{second}\"", StringComparison.Ordinal);

        // Weights are drawn by their names, so that the numbers are others here.
        Generated generated = Generated.From($"{Attributed(model)} partial class Head;");
        Assert.Empty(generated.Diagnostics());
        Assert.Equal(5, generated.Files.Length);
    }

    private static string Each(string declaration, params string[] except) => string.Concat(Names.Except(except).Select(name =>
        string.Format(CultureInfo.InvariantCulture, declaration, name)));

    private static string Attributed(string model) => model
        .Replace("[FusedModel, ", "[global::Fused.FusedModel, ", StringComparison.Ordinal)
        .Replace(", Input", ", global::Fused.Input", StringComparison.Ordinal)
        .Replace(", Adaptive", ", global::Fused.Adaptive", StringComparison.Ordinal)
        .Replace(", Dense", ", global::Fused.Dense", StringComparison.Ordinal)
        .Replace("= Activation.", "= global::Fused.Activation.", StringComparison.Ordinal);

    private static void AssertComputes(string source)
    {
        Generated generated = Generated.From(source);

        // Lower-case type names and hidden members draw warnings in the user's own code.
        Assert.DoesNotContain(generated.Diagnostics(), diagnostic => diagnostic.Id is not ("CS8981" or "CS0649" or "CS0169"));
        Assert.Equal(5, generated.Files.Length);
        Assert.Equal(Expected, Computed.Predict(generated));
    }
}
