using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator.Parsing;

/// <summary>What source that is nowhere would mean if it stood where other source does.</summary>
internal static class SpeculativeBinding
{
    /// <summary>The arguments of an attribute as it is rewritten.</summary>
    public static AttributeArguments Of(AttributeData attribute, AttributeSyntax original, AttributeSyntax rewritten, SemanticModel semantics)
    {
        if (!semantics.TryGetSpeculativeSemanticModel(original.SpanStart, rewritten, out SemanticModel? speculative)
            || speculative.GetSymbolInfo(rewritten).Symbol is not IMethodSymbol constructor)
        {
            return AttributeArguments.Without(attribute, ArgumentState.Misread);
        }

        var values = ImmutableDictionary.CreateBuilder<string, object?>(StringComparer.Ordinal);
        foreach (IParameterSymbol parameter in constructor.Parameters.Where(parameter => parameter.HasExplicitDefaultValue))
            values[parameter.Name] = parameter.ExplicitDefaultValue;

        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = rewritten.ArgumentList!.Arguments;
        for (int i = 0; i < arguments.Count; i++)
        {
            if (Target(constructor, arguments[i], i) is not var (name, type) || Value(speculative, arguments[i].Expression, type) is not { HasValue: true } value)
                return AttributeArguments.Without(attribute, ArgumentState.Misread);

            values[name] = IsElement(constructor, name) && value.Value is not ImmutableArray<object?>
                ? (values.TryGetValue(name, out object? elements) && elements is ImmutableArray<object?> before ? before : []).Add(value.Value)
                : value.Value;
        }

        return new AttributeArguments(attribute, ArgumentState.Known, values.ToImmutable());
    }

    /// <summary>The value of an initializer as it is rewritten, for something of this type.</summary>
    public static Optional<object?> Of(EqualsValueClauseSyntax original, EqualsValueClauseSyntax rewritten, ITypeSymbol type, SemanticModel semantics) =>
        semantics.TryGetSpeculativeSemanticModel(original.Value.SpanStart, rewritten, out SemanticModel? speculative)
            ? Value(speculative, rewritten.Value, type)
            : default;

    private static Optional<object?> Value(SemanticModel speculative, ExpressionSyntax expression, ITypeSymbol type) =>
        type is IArrayTypeSymbol array && Elements(expression) is { } elements ? Values(speculative, elements, array.ElementType)
        : expression is TypeOfExpressionSyntax { Type: var named } ? new Optional<object?>(speculative.GetTypeInfo(named).Type)
        : type.SpecialType == SpecialType.System_Object
            ? speculative.GetConstantValue(expression) is { HasValue: true } any
                ? new Optional<object?>(new TypedValue(any.Value, speculative.GetTypeInfo(expression).Type))
                : default
        : speculative.GetConstantValue(expression) is { HasValue: true } constant && speculative.ClassifyConversion(expression, type).IsImplicit
            ? AttributeArguments.Convert(constant.Value, type)
            : default(Optional<object?>);

    private static Optional<object?> Values(SemanticModel speculative, ImmutableArray<ExpressionSyntax> elements, ITypeSymbol type)
    {
        ImmutableArray<Optional<object?>> values = [.. elements.Select(element => Value(speculative, element, type))];
        return values.All(value => value.HasValue) ? ImmutableArray.CreateRange(values, value => value.Value) : default(Optional<object?>);
    }

    /// <summary>The elements of an array as attributes have them; null for anything else.</summary>
    private static ImmutableArray<ExpressionSyntax>? Elements(ExpressionSyntax expression) => expression switch
    {
        ArrayCreationExpressionSyntax { Initializer.Expressions: var elements } => [.. elements],
        ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: var elements } => [.. elements],
        CollectionExpressionSyntax { Elements: var elements } when elements.All(element => element is ExpressionElementSyntax) =>
            [.. elements.Select(element => ((ExpressionElementSyntax)element).Expression)],
        _ => null,
    };

    /// <summary>What an argument is for: a property or a parameter, by its name or its place.</summary>
    private static (string Name, ITypeSymbol Type)? Target(IMethodSymbol constructor, AttributeArgumentSyntax argument, int position)
    {
        if (argument.NameEquals?.Name.Identifier.ValueText is { } property)
        {
            for (INamedTypeSymbol? type = constructor.ContainingType; type is not null; type = type.BaseType)
            {
                if (type.GetMembers(property).OfType<IPropertySymbol>().FirstOrDefault() is { } found)
                    return (property, found.Type);
            }

            return null;
        }

        IParameterSymbol? parameter = argument.NameColon?.Name.Identifier.ValueText is { } name
            ? constructor.Parameters.FirstOrDefault(candidate => candidate.Name == name)
            : constructor.Parameters.ElementAtOrDefault(position);
        parameter ??= constructor.Parameters.LastOrDefault(last => last.IsParams);
        return parameter is null ? null : (parameter.Name, parameter is { IsParams: true, Type: IArrayTypeSymbol array } && Elements(argument.Expression) is null ? array.ElementType : parameter.Type);
    }

    /// <summary>Whether the arguments of this name are the elements of one array.</summary>
    private static bool IsElement(IMethodSymbol constructor, string name) =>
        constructor.Parameters.LastOrDefault() is { IsParams: true } last && last.Name == name;
}
