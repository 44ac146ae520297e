using Fused.Generator.Graph;
using Fused.Generator.Parsing;
using static Fused.Generator.Tests.Graph.Networks;

namespace Fused.Generator.Tests.Parsing;

/// <summary>What each argument of the layers of whole networks is read as.</summary>
public class LayerReaderTests
{
    private static readonly ActivationFunction Linear = ActivationFunction.Linear;

    [Fact]
    public void Convolutions() => Reads(
        ("Conv2D(8, 3)", new Conv2DLayer(8, Square(3), 1, Linear, UseBias: true)),
        ("Conv2D(8, 3, 5, Strides = 2, StridesWidth = 3, DilationRate = 4, DilationHeight = 1, Groups = 2, Activation = Activation.Elu, Alpha = 2)",
            new Conv2DLayer(8, Window(new(3, 2), new(5, 3, 4)), 2, new ActivationFunction(ActivationKind.Elu, 2), UseBias: true)),
        ("Conv2D(kernelWidth: 5, kernelHeight: 3, filters: 8, UseBias = false, Padding = Padding.Same)",
            new Conv2DLayer(8, Window(new(3), new(5), same: true), 1, Linear, UseBias: false)),
        ("DepthwiseConv2D(3, PaddingTop = 1, PaddingLeft = 2, PaddingBottom = 3, PaddingRight = 4, DepthMultiplier = 2)",
            new DepthwiseConv2DLayer(Window(new(3), new(3), padding: new Margins(Top: 1, Left: 2, Bottom: 3, Right: 4)), 2, Linear, UseBias: true)),
        ("DepthwiseConv2D(3, 5, StridesHeight = 2, DilationWidth = 3)", new DepthwiseConv2DLayer(Window(new(3, 2), new(5, 1, 3)), 1, Linear, UseBias: true)),
        ("SeparableConv2D(8, 3, 5, DepthMultiplier = 2, Activation = Activation.Relu)",
            new SeparableConv2DLayer(8, Window(new(3), new(5)), 2, ActivationFunction.Of(ActivationKind.Relu), UseBias: true)),
        ("Conv2DTranspose(8, 3, 5, Strides = 2, StridesHeight = 4, Padding = Padding.Same, UseBias = false)",
            new Conv2DTransposeLayer(8, new(3, 4), new(5, 2), IsSame: true, Linear, UseBias: false)));

    [Fact]
    public void Pooling() => Reads(
        ("MaxPooling2D(2)", new MaxPooling2DLayer(Square(2, stride: 2))),
        ("MaxPooling2D(2, 3)", new MaxPooling2DLayer(Window(new(2, 2), new(3, 3)))),
        ("MaxPooling2D(3, Strides = 2, StridesWidth = 1, PaddingTop = 1, PaddingLeft = 2, PaddingBottom = 0, PaddingRight = 1)",
            new MaxPooling2DLayer(Window(new(3, 2), new(3, 1), padding: new Margins(Top: 1, Left: 2, Bottom: 0, Right: 1)))),
        ("AveragePooling2D(2, 3, StridesHeight = 1, Padding = Padding.Same, CountIncludePad = true)",
            new AveragePooling2DLayer(Window(new(2, 1), new(3, 3), same: true), CountIncludePad: true)),
        ("AdaptiveAveragePooling2D(7)", new AdaptiveAveragePooling2DLayer(7, 7)),
        ("AdaptiveMaxPooling2D(7, 6)", new AdaptiveMaxPooling2DLayer(7, 6)),
        ("AdaptiveConcatPooling2D", new AdaptiveConcatPooling2DLayer()),
        ("AdaptiveConcatPooling2D(1)", new AdaptiveConcatPooling2DMapLayer(1, 1)),
        ("AdaptiveConcatPooling2D(2, 3)", new AdaptiveConcatPooling2DMapLayer(2, 3)));

    [Fact]
    public void Resizing() => Reads(
        ("ZeroPadding2D(1)", new ZeroPadding2DLayer(new Margins(1, 1, 1, 1))),
        ("ZeroPadding2D(1, 2)", new ZeroPadding2DLayer(new Margins(Top: 1, Left: 2, Bottom: 1, Right: 2))),
        ("Cropping2D(1, 2, 3, 4)", new Cropping2DLayer(new Margins(Top: 1, Bottom: 2, Left: 3, Right: 4))),
        ("Cropping2D(0)", new Cropping2DLayer(Margins.None)),
        ("UpSampling2D(2, 3, Interpolation = Interpolation.Bilinear)", new UpSampling2DLayer(2, 3, InterpolationKind.Bilinear)),
        ("UpSampling2D(2)", new UpSampling2DLayer(2, 2, InterpolationKind.Nearest)),
        ("Reshape(-1)", new ReshapeLayer([-1])),
        ("Reshape(2, -1, 3)", new ReshapeLayer([2, -1, 3])),
        ("Reshape(targetShape: new[] { 2, 3, 4 })", new ReshapeLayer([2, 3, 4])),
        ("Reshape([2, 3, 4])", new ReshapeLayer([2, 3, 4])),
        ("Permute(third: 1, first: 3, second: 2)", new PermuteLayer([3, 2, 1])));

    [Fact]
    public void Functions_and_constants() => Reads(
        ("LayerNormalization(Epsilon = 1e-6, Center = false)", new LayerNormalizationLayer(1e-6, Center: false, Scale: true)),
        ("LayerNormalization(Scale = false)", new LayerNormalizationLayer(1e-3, Center: true, Scale: false) { HasDefaultEpsilon = true }),
        ("PReLU(SharedAxes = PReLUAxes.Positions)", new PReLULayer(SharedAxes.Positions)),
        ("Rescaling(1 / 255.0)", new RescalingLayer([1 / 255.0], [0])),
        ("Rescaling(2, Offset = -1)", new RescalingLayer([2], [-1])),
        ("Rescaling(new double[] { 1, 2, 3 }, Offset = -1)", new RescalingLayer([1, 2, 3], [-1])),
        ("Rescaling(2, Offsets = [1, 2, 3])", new RescalingLayer([2], [1, 2, 3])),
        ("Rescaling(2, Offsets = null)", new RescalingLayer([2], [0])),
        ("Normalization(1, 4)", new NormalizationLayer([1], [4])),
        ("Normalization([1, 2, 3], new[] { 4.5 })", new NormalizationLayer([1, 2, 3], [4.5])));

    [Fact]
    public void Names_that_are_read() => Reads(
        ("Flatten(From = \"input\", Name = \"flat\")", new FlattenLayer(false, DeclaredName: "flat") { From = ["input"] }),
        ("Flatten(From = null)", new FlattenLayer(false)),
        ("Dense(2, From = \"\")", new DenseLayer(2, Linear, UseBias: true) { From = [""] }),
        ("Add(\"a\")", new AddLayer { From = ["a"] }),
        ("Add(\"a\", From = \"b\")", new AddLayer { From = ["b", "a"] }),
        ("Add(\"a\", \"b\", Name = \"sum\")", new AddLayer("sum") { From = ["a", "b"] }),
        ("Multiply(\"a\")", new MultiplyLayer { From = ["a"] }),
        ("Average(new[] { \"a\", \"b\", \"c\" })", new AverageLayer { From = ["a", "b", "c"] }),
        ("Maximum(from: [\"a\", \"b\"])", new MaximumLayer { From = ["a", "b"] }),
        ("Concatenate(from: \"a\")", new ConcatenateLayer { From = ["a"] }));

    /// <summary>Beside constants of other models, which are generated, all else is read as it is without them.</summary>
    [Fact]
    public void Arguments_beside_the_constants_of_other_models() => Reads(
        ("Reshape(1, 1, Other.OutputLength)", new ReshapeLayer([1, 1, 5])),
        ("Reshape(Other.OutputLength)", new ReshapeLayer([5])),
        ("Conv2D(Other.OutputLength, 3, Padding = Padding.Same)", new Conv2DLayer(5, Square(3, same: true), 1, Linear, UseBias: true)),
        ("Rescaling(1.0 / Other.OutputLength, Offsets = new double[] { 1, 2, Other.OutputLength })", new RescalingLayer([0.2], [1, 2, 5])),
        ("Rescaling(1.0 / Other.OutputLength, Offsets = [1, 2.5, 3])", new RescalingLayer([0.2], [1, 2.5, 3])),
        ("Normalization(new[] { 1.0, Other.OutputLength }, new double[] { 1, 2 })", new NormalizationLayer([1, 5], [1, 2])),
        ("Reshape(new[] { 1, Other.OutputLength, 2 })", new ReshapeLayer([1, 5, 2])),
        ("Reshape([1, Other.OutputLength, 2])", new ReshapeLayer([1, 5, 2])));

    private static void Reads(params (string Declaration, Layer Expected)[] layers)
    {
        string attributes = string.Join(", ", layers.Select(layer => layer.Declaration));
        ParsedModel parsed = Compilations.Parse(
            $"using Fused; [FusedModel, Input(3), {attributes}] partial class Head; [FusedModel, Input(3), Dense(5)] partial class Other;");

        Assert.Empty(parsed.Diagnostics);
        Assert.Equal(layers.Select(layer => layer.Expected), parsed.Spec!.Layers);
    }
}
