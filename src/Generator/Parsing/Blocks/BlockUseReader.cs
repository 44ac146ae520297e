using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Generator.Parsing;

/// <summary>Reads which block an attribute uses, and what it states for the block's constants.</summary>
internal static class BlockUseReader
{
    private const string Block = "block";
    private const string Values = "values";

    /// <summary>The use, null where the block cannot be used; what is wrong with the values is left out of them.</summary>
    public static BlockUse? Read(AttributeReader attribute, Compilation compilation, Location place)
    {
        var block = attribute.Value<object?>(Block, null) as ITypeSymbol;
        if (BlockRules.WhyNot(block, compilation) is { } why)
        {
            attribute.Report(Descriptors.NoBlock, Block, block?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "null", why);
            return null;
        }

        var named = (INamedTypeSymbol)block!;
        return new BlockUse(named, new BlockValues(Stated(attribute, named, compilation), place));
    }

    /// <summary>The constants of a block that a use can state other values for.</summary>
    private static ImmutableArray<IFieldSymbol> Parameters(INamedTypeSymbol block) =>
        [.. block.GetMembers().OfType<IFieldSymbol>().Where(field => field.IsConst && field.DeclaredAccessibility != Accessibility.Private)];

    private static ImmutableDictionary<ISymbol, object?> Stated(AttributeReader attribute, INamedTypeSymbol block, Compilation compilation)
    {
        ImmutableArray<IFieldSymbol> parameters = Parameters(block);
        ImmutableArray<object?> list = attribute.Value<ImmutableArray<object?>>(Values, []);
        var stated = ImmutableDictionary.CreateBuilder<ISymbol, object?>(SymbolEqualityComparer.Default);
        for (int i = 0; i < list.Length; i += 2)
        {
            if (list[i] is not TypedValue { Value: string name })
            {
                Report(Descriptors.UnpairedValues, i, block.Name, $"have {Text(list[i])} where a name belongs");
                break; // what follows is out of step
            }

            if (parameters.FirstOrDefault(field => field.Name == name) is not { } parameter)
                Report(Descriptors.UnknownParameter, i, name, block.Name, Known(parameters));
            else if (i + 1 == list.Length)
                Report(Descriptors.UnpairedValues, i, block.Name, $"end with the name '{name}', and no value");
            else if (stated.ContainsKey(parameter))
                Report(Descriptors.UnpairedValues, i, block.Name, $"have '{name}' twice");
            else if (list[i + 1] is not TypedValue given || !TryConvert(given, parameter.Type, compilation, out object? value))
                Report(Descriptors.ParameterType, i + 1, name, block.Name, Name(parameter.Type), Text(list[i + 1]));
            else
                stated.Add(parameter, value);
        }

        return stated.ToImmutable();

        void Report(DiagnosticDescriptor descriptor, int element, params string[] arguments) =>
            attribute.Report(new Problem(descriptor, [.. arguments], Values) { Element = element });
    }

    private static string Known(ImmutableArray<IFieldSymbol> parameters) => parameters.IsEmpty
        ? "it has no constant that a model can see"
        : "there are " + string.Join(", ", parameters.Select(parameter => $"'{parameter.Name}'"));

    /// <summary>As C# converts constants without a cast: to the same type, to a wider number, and an int to whatever integer holds it.</summary>
    private static bool TryConvert(TypedValue given, ITypeSymbol target, Compilation compilation, out object? value)
    {
        value = given.Value;
        if (value is null)
            return target.SpecialType == SpecialType.System_String;

        if (SymbolEqualityComparer.Default.Equals(given.Type, target))
            return true;

        if (given.Type is null || given.Value is ImmutableArray<object?> or ISymbol || !(IsWider(given.Type, target, compilation) || (value is int number && Holds(target, number))))
            return false;

        value = AttributeArguments.Convert(value, target);
        return true;
    }

    private static bool IsWider(ITypeSymbol type, ITypeSymbol target, Compilation compilation) =>
        ((CSharpCompilation)compilation).ClassifyConversion(type, target) is { IsImplicit: true, IsNumeric: true };

    private static bool Holds(ITypeSymbol target, int number) => target.SpecialType switch
    {
        SpecialType.System_SByte => number is >= sbyte.MinValue and <= sbyte.MaxValue,
        SpecialType.System_Byte => number is >= byte.MinValue and <= byte.MaxValue,
        SpecialType.System_Int16 => number is >= short.MinValue and <= short.MaxValue,
        SpecialType.System_UInt16 => number is >= ushort.MinValue and <= ushort.MaxValue,
        SpecialType.System_UInt32 or SpecialType.System_UInt64 => number >= 0,
        _ => false,
    };

    private static string Text(object? value) => value switch
    {
        TypedValue { Value: null } or null => "null",
        TypedValue { Type: { } type, Value: ImmutableArray<object?> or ISymbol } => $"a {Name(type)}",
        TypedValue { Type: { } type } typed => $"the {Name(type)} {BlockValues.Text(typed.Value)}",
        _ => "what is no constant",
    };

    private static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
