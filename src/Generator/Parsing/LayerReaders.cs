using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;

namespace Fused.Generator.Parsing;

/// <summary>How each layer is read from its attribute. The defaults are those of the runtime's attributes, and tested to be.</summary>
internal static class LayerReaders
{
    /// <summary>The layer, or null for an attribute that is none of the runtime's layers.</summary>
    public static Layer? Read(AttributeReader attribute) => attribute.Kind switch
    {
        "GlobalAveragePooling2D" => new GlobalAveragePooling2DLayer(Name(attribute)),
        "GlobalMaxPooling2D" => new GlobalMaxPooling2DLayer(Name(attribute)),
        "AdaptiveConcatPooling2D" => new AdaptiveConcatPooling2DLayer(Name(attribute)),
        "Flatten" => Flatten(attribute),
        "Dropout" => new DropoutLayer(
            attribute.Number("rate", 0, rate => rate is >= 0 and < 1, "at least 0 and below 1"),
            Name(attribute)),
        "Dense" => new DenseLayer(
            attribute.Size("units"),
            Activation(attribute, "Activation"),
            attribute.Value("UseBias", true),
            Name(attribute)),
        "BatchNormalization" => new BatchNormalizationLayer(
            attribute.Number("Epsilon", 1e-3, epsilon => (float)epsilon is > 0 and <= float.MaxValue, "positive and finite as a float"),
            attribute.Number("Momentum", 0.99, momentum => momentum is >= 0 and <= 1, "from 0 to 1"),
            attribute.Value("Center", true),
            attribute.Value("Scale", true),
            Name(attribute))
        {
            HasDefaultEpsilon = !attribute.Has("Epsilon"),
        },
        "Activation" => new ActivationLayer(Activation(attribute, "activation"), Name(attribute)),
        "Softmax" => new SoftmaxLayer(Name(attribute)),
        _ => null,
    };

    private static FlattenLayer Flatten(AttributeReader attribute)
    {
        bool channelsLast = attribute.Value("ChannelsLastOrder", false), channelsFirst = attribute.Value("ChannelsFirstOrder", false);
        if (channelsLast && channelsFirst)
            attribute.Report(Descriptors.TwoOrders, "ChannelsFirstOrder");

        return new FlattenLayer(channelsLast, channelsFirst, Name(attribute));
    }

    private static ActivationFunction Activation(AttributeReader attribute, string argument)
    {
        ActivationKind kind = attribute.Member<ActivationKind>(argument);
        double alpha = attribute.Number(
            "Alpha", double.NaN, given => double.IsNaN(given) || Math.Abs(given) <= float.MaxValue, "finite as a float");
        if (double.IsNaN(alpha))
            return ActivationFunction.Of(kind);

        if (ActivationFunction.DefaultAlpha(kind) is null)
            attribute.Report(Descriptors.UnusedAlpha, "Alpha", kind.ToString());

        return new ActivationFunction(kind, alpha);
    }

    private static string? Name(AttributeReader attribute)
    {
        string? name = attribute.Value<string?>("Name", null);
        if (name is not null && LayerName.Fault(name) is { } fault)
            attribute.Report(Descriptors.InvalidName, "Name", attribute.Kind, fault);

        return name;
    }
}
