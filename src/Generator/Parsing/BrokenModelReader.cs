using Fused.Generator.Graph;
using Fused.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator.Parsing;

/// <summary>From a class whose declaration is wrong to what its members are written from.</summary>
internal static class BrokenModelReader
{
    /// <param name="symbol">The class, or what else is marked.</param>
    /// <param name="declaration">The part that is marked.</param>
    /// <param name="input">The shape of one sample, where the declaration tells.</param>
    /// <param name="reason">What is wrong.</param>
    public static BrokenModel Read(INamedTypeSymbol symbol, TypeDeclarationSyntax declaration, Shape? input, string reason)
    {
        string hintName = TypeNames.HintName(symbol);
        AttributeData? labels = symbol.GetAttributes().FirstOrDefault(FusedAttributes.IsLabels);
        return new BrokenModel(
            TypeNames.Namespace(symbol),
            TypeNames.Source(symbol),
            TypeNames.ContainingTypes(symbol).ToEquatableArray(),
            hintName,
            ModelParser.IsDocumented(symbol),
            reason)
        {
            Input = input,
            InputType = InputReader.TypeOf(symbol),
            Outputs = OutputReader.Several(symbol).ToEquatableArray(),
            HasLabels = labels is not null,
            LabeledOutput = labels is null ? null : LabelsReader.OutputOf(new AttributeReader(AttributeArguments.Of(labels))),
            Addition = AdditionTo(symbol, declaration),
            Keyword = TypeNames.Keyword(symbol),
            TypeParameters = TypeNames.TypeParameters(symbol),
            BaseArguments = BaseArguments(symbol, hintName),
            OwnMembers = OwnMembers(symbol, hintName).ToEquatableArray(),
        };
    }

    private static Addition AdditionTo(INamedTypeSymbol symbol, TypeDeclarationSyntax declaration)
    {
        TypeDeclarationSyntax[] types = [.. declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()];
        return DeclarationRules.IsFileLocal(symbol) || !ModelParser.HasName(declaration) ? Addition.None
            : types.All(type => type.Modifiers.Any(SyntaxKind.PartialKeyword)) ? symbol.IsStatic ? Addition.StaticPart : Addition.Part
            : CanBeExtended(symbol, types) ? Addition.Extensions
            : Addition.None;
    }

    /// <summary>Whether a static class elsewhere in the project can have extensions of the type; C# 14 has those that are static members.</summary>
    private static bool CanBeExtended(INamedTypeSymbol symbol, TypeDeclarationSyntax[] types)
    {
        for (INamedTypeSymbol? type = symbol; type is not null; type = type.ContainingType)
        {
            if (type.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
                return false;
        }

        return !symbol.IsStatic
            && types.All(type => type.TypeParameterList is null)
            && types[0].SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp14 };
    }

    /// <summary>
    /// What the constructor that is generated hands on, so that the model is constructed by nobody, as it would be otherwise; null where the class
    /// has constructors of its own or can have none.
    /// </summary>
    private static string? BaseArguments(INamedTypeSymbol symbol, string hintName)
    {
        bool isOwn = symbol.InstanceConstructors.Any(constructor => !constructor.IsImplicitlyDeclared && !GeneratedMembers.IsGenerated(constructor, hintName));
        if (symbol.TypeKind != TypeKind.Class || symbol.IsStatic || isOwn || symbol.BaseType is not { TypeKind: TypeKind.Class } parent)
            return null;

        IMethodSymbol? constructor = parent.InstanceConstructors
            .Where(constructor => DeclarationRules.IsVisible(constructor, symbol) && constructor.Parameters.All(IsPassed))
            .OrderBy(constructor => constructor.Parameters.Length)
            .FirstOrDefault();
        return constructor is null ? null : string.Join(", ", constructor.Parameters
            .Where(parameter => !parameter.IsOptional && !parameter.IsParams)
            .Select(parameter => $"default({parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})"));
    }

    private static bool IsPassed(IParameterSymbol parameter) => parameter.RefKind is RefKind.None or RefKind.In && parameter.Type is not IPointerTypeSymbol;

    private static IEnumerable<OwnMember> OwnMembers(INamedTypeSymbol symbol, string hintName)
    {
        INamedTypeSymbol? face = symbol.GetAttributes().FirstOrDefault(FusedAttributes.IsModel)?.AttributeClass?.ContainingAssembly
            .GetTypeByMetadataName("Fused.IFusedModel`1");
        string[] ofInterface = face is null ? [] : [.. face.GetMembers().Select(GeneratedMembers.KeyOf)];
        return GeneratedMembers.Taken(symbol, hintName).Select(key => new OwnMember(key, ofInterface.Contains(key, StringComparer.Ordinal)));
    }
}
