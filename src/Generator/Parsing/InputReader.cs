using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator.Parsing;

/// <summary>Reads the shape of one sample, and what its values are, from its attribute.</summary>
internal static class InputReader
{
    private const string Type = "Type";

    /// <summary>The members and values of the runtime's <c>Fused.DataLayout</c>.</summary>
    internal enum Layout
    {
        ChannelsLast,
        ChannelsFirst,
    }

    public static Shape Read(AttributeReader attribute)
    {
        bool channelsFirst = attribute.Member<Layout>("Layout") == Layout.ChannelsFirst;
        Shape shape = attribute.Has("length")
            ? Shape.Vector(attribute.Size("length"))
            : channelsFirst
                ? ReadMap(attribute, "second", "third", "first", channelsFirst)
                : ReadMap(attribute, "first", "second", "third", channelsFirst);

        if (attribute.Problems.Count == 0 && !shape.Fits)
            attribute.Report(Descriptors.SampleTooLarge, null, attribute.Kind, shape.ToString(), Numbers.Count(Limits.MaxValues));

        return shape;
    }

    /// <summary>What one value of a sample is.</summary>
    public static InputType ReadType(AttributeReader attribute) => attribute.Member<InputType>(Type);

    /// <summary>The same of a class whatever else is wrong with its declaration; floats where nothing is said that can be understood.</summary>
    public static InputType TypeOf(INamedTypeSymbol symbol) =>
        symbol.GetAttributes().Where(FusedAttributes.IsInput).Any(IsOfBytes) ? InputType.UInt8 : InputType.Float32;

    private static bool IsOfBytes(AttributeData attribute)
    {
        if (!attribute.NamedArguments.IsEmpty || attribute.AttributeConstructor is not null)
            return attribute.NamedArguments.Any(argument => argument is { Key: Type, Value: { Kind: TypedConstantKind.Enum, Value: (int)InputType.UInt8 } });

        // Where another argument has an error, such as a constant that is not generated yet, the compiler tells none: what is written does.
        return attribute.ApplicationSyntaxReference?.GetSyntax() is AttributeSyntax { ArgumentList.Arguments: var arguments }
            && arguments.Any(argument => argument is { NameEquals.Name.Identifier.ValueText: Type, Expression: var value }
                && value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().LastOrDefault()?.Identifier.ValueText == nameof(InputType.UInt8));
    }

    private static Shape ReadMap(AttributeReader attribute, string height, string width, string channels, bool channelsFirst) =>
        Shape.Map(
            attribute.Size(height, nameof(height)),
            attribute.Size(width, nameof(width)),
            attribute.Size(channels, nameof(channels)),
            channelsFirst);
}
