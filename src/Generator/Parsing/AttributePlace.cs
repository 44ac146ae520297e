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

    /// <summary>The declaration that the attribute stands on; one of several, if the class is spread over files.</summary>
    public static TypeDeclarationSyntax? DeclarationOf(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference?.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>();

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
        return position >= 0 && position < list.Arguments.Count ? list.Arguments[position] : null;
    }
}
