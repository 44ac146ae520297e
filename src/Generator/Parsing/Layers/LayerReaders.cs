using Fused.Generator.Graph;

namespace Fused.Generator.Parsing;

/// <summary>How each layer is read from its attribute. The defaults are those of the runtime's attributes, and tested to be.</summary>
internal static class LayerReaders
{
    /// <summary>The layer, or null for an attribute that is none of the runtime's layers.</summary>
    public static Layer? Read(AttributeReader attribute) => ReadArguments(attribute) is not { } layer ? null : layer with
    {
        DeclaredName = SourceReader.Name(attribute),
        From = layer is JoinLayer ? SourceReader.OfJoin(attribute) : SourceReader.From(attribute),
    };

    private static Layer? ReadArguments(AttributeReader attribute) => attribute.Kind switch
    {
        "Activation" => new ActivationLayer(Functions.Activation(attribute, "activation")),
        "AdaptiveAveragePooling2D" => new AdaptiveAveragePooling2DLayer(PoolingReaders.OutputHeight(attribute), PoolingReaders.OutputWidth(attribute)),
        "AdaptiveConcatPooling2D" => PoolingReaders.Concat(attribute),
        "AdaptiveMaxPooling2D" => new AdaptiveMaxPooling2DLayer(PoolingReaders.OutputHeight(attribute), PoolingReaders.OutputWidth(attribute)),
        "Add" => new AddLayer(),
        "Average" => new AverageLayer(),
        "AveragePooling2D" => new AveragePooling2DLayer(PoolingReaders.Window(attribute), attribute.Value("CountIncludePad", false)),
        "BatchNormalization" => NormalizationReaders.Batch(attribute),
        "Concatenate" => new ConcatenateLayer(),
        "Conv2D" => ConvolutionReaders.Conv2D(attribute),
        "Conv2DTranspose" => ConvolutionReaders.Transpose(attribute),
        "Cropping2D" => new Cropping2DLayer(ResizingReaders.Edges(attribute, "cropping")),
        "Dense" => new DenseLayer(attribute.Size("units"), Functions.Activation(attribute, "Activation"), attribute.Value("UseBias", true)),
        "DepthwiseConv2D" => ConvolutionReaders.Depthwise(attribute),
        "Dropout" => new DropoutLayer(attribute.Number("rate", 0, rate => rate is >= 0 and < 1, "at least 0 and below 1")),
        "Flatten" => ResizingReaders.Flatten(attribute),
        "GlobalAveragePooling2D" => new GlobalAveragePooling2DLayer(),
        "GlobalMaxPooling2D" => new GlobalMaxPooling2DLayer(),
        "LayerNormalization" => NormalizationReaders.Layer(attribute),
        "Maximum" => new MaximumLayer(),
        "MaxPooling2D" => new MaxPooling2DLayer(PoolingReaders.Window(attribute)),
        "Multiply" => new MultiplyLayer(),
        "Normalization" => NormalizationReaders.Constants(attribute),
        "Permute" => ResizingReaders.Permute(attribute),
        "PReLU" => new PReLULayer(attribute.Member<SharedAxes>("SharedAxes")),
        "Rescaling" => NormalizationReaders.Rescaling(attribute),
        "Reshape" => ResizingReaders.Reshape(attribute),
        "SeparableConv2D" => ConvolutionReaders.Separable(attribute),
        "Softmax" => new SoftmaxLayer(),
        "UpSampling2D" => ResizingReaders.UpSampling(attribute),
        "ZeroPadding2D" => new ZeroPadding2DLayer(ResizingReaders.Edges(attribute, "padding")),
        _ => null,
    };
}
