using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator.Parsing;

/// <summary>Constants as source.</summary>
internal static class ConstantLiteral
{
    /// <summary>A constant expression of a type.</summary>
    /// <param name="value">Its value, in the form that the compiler gives: an enumeration's member is a number.</param>
    /// <param name="type">The type, as source spells it anywhere.</param>
    public static ExpressionSyntax Of(object? value, string type) => SyntaxFactory.ParseExpression($"(({type})({Text(value)}))");

    /// <inheritdoc cref="Of(object, string)"/>
    public static ExpressionSyntax Of(object? value, ITypeSymbol type) => Of(value, type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));

    private static string Text(object? value) => value switch
    {
        null => "null",
        float number => Text((double)number),
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
        _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!,
    };
}
