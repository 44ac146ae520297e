using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Parsing;

/// <summary>The values of an attribute's arguments, by parameter or property name.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="State">Whether there are values.</param>
/// <param name="Values">
/// The values, that of an array the values of its elements, as <see cref="TypedValue"/> where they may be of any type; none unless they are known.
/// </param>
internal sealed record AttributeArguments(AttributeData Attribute, ArgumentState State, ImmutableDictionary<string, object?> Values)
{
    /// <summary>As the compiler read them. Where it could not, it has said so, and their values mean nothing.</summary>
    public static AttributeArguments Of(AttributeData attribute)
    {
        bool isBound = attribute.AttributeConstructor is { } constructor
            && attribute.ConstructorArguments.Length == constructor.Parameters.Length
            && attribute.ConstructorArguments.All(argument => argument.Kind != TypedConstantKind.Error)
            && attribute.NamedArguments.All(argument => argument.Value.Kind != TypedConstantKind.Error);
        if (!isBound)
            return Without(attribute, ArgumentState.Misread);

        var values = ImmutableDictionary.CreateBuilder<string, object?>(StringComparer.Ordinal);
        foreach (IParameterSymbol parameter in attribute.AttributeConstructor!.Parameters)
            values[parameter.Name] = ValueOf(attribute.ConstructorArguments[parameter.Ordinal]);

        foreach (KeyValuePair<string, TypedConstant> named in attribute.NamedArguments)
            values[named.Key] = ValueOf(named.Value);

        return new AttributeArguments(attribute, ArgumentState.Known, values.ToImmutable());
    }

    public static AttributeArguments Without(AttributeData attribute, ArgumentState state) =>
        new(attribute, state, ImmutableDictionary<string, object?>.Empty);

    /// <summary>A constant as a value of a type that it converts to: an enumeration's member as its number.</summary>
    public static object? Convert(object? value, ITypeSymbol type)
    {
        Type? target = (type is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying : type).SpecialType switch
        {
            SpecialType.System_SByte => typeof(sbyte),
            SpecialType.System_Byte => typeof(byte),
            SpecialType.System_Int16 => typeof(short),
            SpecialType.System_UInt16 => typeof(ushort),
            SpecialType.System_Int32 => typeof(int),
            SpecialType.System_UInt32 => typeof(uint),
            SpecialType.System_Int64 => typeof(long),
            SpecialType.System_UInt64 => typeof(ulong),
            SpecialType.System_Single => typeof(float),
            SpecialType.System_Double => typeof(double),
            _ => null,
        };
        return target is null ? value : System.Convert.ChangeType(value is char c ? (int)c : value, target, CultureInfo.InvariantCulture);
    }

    private static object? ValueOf(TypedConstant constant) => constant.Kind != TypedConstantKind.Array ? constant.Value
        : constant.IsNull ? null
        : constant.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Object }
            ? ImmutableArray.CreateRange<TypedConstant, object?>(constant.Values, element => new TypedValue(element.IsNull ? null : ValueOf(element), element.Type))
        : ImmutableArray.CreateRange(constant.Values, ValueOf);
}

/// <summary>The value of an element that may be of any type, with the type that it has.</summary>
/// <param name="Value">The value, that of an enumeration's member as its number.</param>
/// <param name="Type">Its type; null where it is a null without one.</param>
internal sealed record TypedValue(object? Value, ITypeSymbol? Type);

/// <summary>What is known of an attribute's arguments.</summary>
internal enum ArgumentState
{
    /// <summary>All of them.</summary>
    Known,

    /// <summary>They do not fit the attribute, which the compiler reports.</summary>
    Misread,

    /// <summary>One needs a constant that a model has no value for, which is reported at that model or at this argument.</summary>
    Unknown,
}
