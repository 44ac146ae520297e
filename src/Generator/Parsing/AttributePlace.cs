using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator.Parsing;

/// <summary>Where an attribute stands in source.</summary>
internal static class AttributePlace
{
    /// <summary>The place of an argument, given by parameter or property name, or of the whole attribute where it has none such.</summary>
    public static Location Of(AttributeData attribute, string? argument = null)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax syntax)
            return Location.None;

        return argument is not null && Find(attribute, syntax, argument) is { } found
            ? found.GetLocation()
            : syntax.GetLocation();
    }

    /// <summary>The place of what a problem is about.</summary>
    public static Location Of(AttributeData attribute, Problem problem) =>
        problem.Source is { } source && attribute.ApplicationSyntaxReference?.GetSyntax() is AttributeSyntax syntax && Sources(attribute, syntax) is { Length: > 0 } names
            ? names[Math.Min(source, names.Length - 1)].GetLocation()
            : problem is { At: { } list, Element: { } element } ? ElementOf(attribute, list, element)
            : Of(attribute, problem.At);

    /// <summary>The place of an element of a list that is written as arguments of its own; that of the list where it is one argument.</summary>
    private static Location ElementOf(AttributeData attribute, string list, int element)
    {
        int position = (attribute.AttributeConstructor?.Parameters.FirstOrDefault(p => p.Name == list)?.Ordinal ?? -1) + element;
        return attribute.ApplicationSyntaxReference?.GetSyntax() is AttributeSyntax { ArgumentList.Arguments: var arguments }
            && position < arguments.Count && arguments[position] is { NameEquals: null, NameColon: null } argument
                ? argument.GetLocation()
                : Of(attribute, list);
    }

    /// <summary>The declaration that the attribute stands on; one of several, if the class is spread over files.</summary>
    public static TypeDeclarationSyntax? DeclarationOf(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference?.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>();

    /// <summary>The arguments that name layers, From's first, as the parser reads them; a list written as one argument is one.</summary>
    private static ImmutableArray<AttributeArgumentSyntax> Sources(AttributeData attribute, AttributeSyntax syntax)
    {
        ImmutableArray<AttributeArgumentSyntax> arguments = [.. syntax.ArgumentList?.Arguments ?? default];
        bool takesNames = attribute.AttributeConstructor?.Parameters is [{ Name: "from" }];
        return
        [
            .. arguments.Where(argument => argument.NameEquals?.Name.Identifier.ValueText == "From"),
            .. arguments.Where(argument => takesNames && argument.NameEquals is null),
        ];
    }

    private static AttributeArgumentSyntax? Find(AttributeData attribute, AttributeSyntax syntax, string argument)
    {
        if (syntax.ArgumentList is not { } list)
            return null;

        foreach (AttributeArgumentSyntax candidate in list.Arguments)
        {
            if ((candidate.NameEquals?.Name ?? candidate.NameColon?.Name)?.Identifier.ValueText == argument)
                return candidate;
        }

        // A positional argument stands where its parameter does.
        int position = attribute.AttributeConstructor?.Parameters.FirstOrDefault(p => p.Name == argument)?.Ordinal ?? -1;
        return position >= 0 && position < list.Arguments.Count && list.Arguments[position].NameEquals is null ? list.Arguments[position] : null;
    }
}
