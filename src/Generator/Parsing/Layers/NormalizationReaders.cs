using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;

namespace Fused.Generator.Parsing;

/// <summary>Reads layers that normalise or rescale.</summary>
internal static class NormalizationReaders
{
    private const string Finite = "finite as a float";

    public static BatchNormalizationLayer Batch(AttributeReader attribute) => new(
        Epsilon(attribute),
        attribute.Number("Momentum", 0.99, momentum => momentum is >= 0 and <= 1, "from 0 to 1"),
        attribute.Value("Center", true),
        attribute.Value("Scale", true))
    {
        HasDefaultEpsilon = !attribute.Has("Epsilon"),
    };

    public static LayerNormalizationLayer Layer(AttributeReader attribute) =>
        new(Epsilon(attribute), attribute.Value("Center", true), attribute.Value("Scale", true))
        {
            HasDefaultEpsilon = !attribute.Has("Epsilon"),
        };

    public static RescalingLayer Rescaling(AttributeReader attribute)
    {
        bool hasOffsets = attribute.Value<object?>("Offsets", null) is not null;
        if (hasOffsets && attribute.Has("Offset"))
            attribute.Report(Descriptors.Contradiction, "Offsets", attribute.Kind, "Offset", "Offsets", "each says what is added");

        return new RescalingLayer(
            Listed(attribute, "scale", IsFinite, Finite),
            hasOffsets ? Listed(attribute, "Offsets", IsFinite, Finite) : [attribute.Number("Offset", 0, IsFinite, Finite)]);
    }

    public static NormalizationLayer Constants(AttributeReader attribute) => new(
        Listed(attribute, "mean", IsFinite, Finite),
        Listed(attribute, "variance", variance => variance >= 0 && IsFinite(variance), "not negative, and " + Finite));

    private static double Epsilon(AttributeReader attribute) =>
        attribute.Number("Epsilon", 1e-3, epsilon => (float)epsilon is > 0 and <= float.MaxValue, "positive and finite as a float");

    private static bool IsFinite(double number) => Math.Abs(number) <= float.MaxValue;

    /// <summary>The numbers of an argument that is one or a list of them. Of those that are out of range the first is reported.</summary>
    private static EquatableArray<double> Listed(AttributeReader attribute, string argument, Func<double, bool> isInRange, string range)
    {
        ImmutableArray<double> numbers = attribute.List<double>(argument);
        if (numbers.FirstOrDefault(number => !isInRange(number)) is var wrong && !isInRange(wrong))
            attribute.Report(Descriptors.OutOfRange, argument, argument, attribute.Kind, range, Numbers.Value(wrong));

        return numbers.ToEquatableArray();
    }
}
