using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator.Parsing;

/// <summary>From a class marked [FusedModel] to a <see cref="ModelSpec"/>.</summary>
internal static class ModelParser
{
    private const string CompileErrors = "Its declaration has an error of the C# compiler's.";

    public static ParsedModel Parse(INamedTypeSymbol symbol, CancellationToken cancellation)
    {
        ImmutableArray<AttributeData> attributes = symbol.GetAttributes();
        ImmutableArray<AttributeData> inputs = [.. attributes.Where(FusedAttributes.IsInput)];
        ImmutableArray<AttributeData> layers = [.. attributes.Where(FusedAttributes.IsLayer)];
        if (DeclarationOf(attributes) is not { } declaration)
            return ParsedModel.Nothing;

        if (symbol.TypeKind != TypeKind.Class || inputs.Length > 1 || attributes.Count(FusedAttributes.IsModel) > 1 || HasCompileErrors(attributes)
            || !HasName(declaration))
            return ParsedModel.Nothing with { Broken = BrokenModelReader.Read(symbol, declaration, input: null, CompileErrors) };

        var diagnostics = new List<Diagnostic>();
        string hintName = TypeNames.HintName(symbol);
        diagnostics.AddRange(DeclarationRules.Check(symbol, declaration, hintName));
        diagnostics.AddRange(NetworkRules.Check(symbol, declaration, inputs, layers));
        cancellation.ThrowIfCancellationRequested();

        ElementType weights = attributes.Where(FusedAttributes.IsModel).Select(attribute => Read(attribute, ReadWeights, diagnostics)).First();
        int before = diagnostics.Count;
        Shape? input = inputs.Select(attribute => Read(attribute, InputReader.Read, diagnostics)).FirstOrDefault();
        bool isInputRead = diagnostics.Count == before;
        ImmutableArray<Layer> read = [.. layers.Select(attribute => ReadLayer(attribute, diagnostics)).OfType<Layer>()];
        ModelSpec? spec = input is null || diagnostics.Count > 0
            ? null
            : new ModelSpec(
                TypeNames.Namespace(symbol),
                TypeNames.Source(symbol),
                TypeNames.ContainingTypes(symbol).ToEquatableArray(),
                hintName,
                IsDocumented(symbol),
                input,
                read.ToEquatableArray())
            {
                Weights = weights,
            };
        return new ParsedModel(spec, [.. diagnostics], layers)
        {
            Broken = spec is null ? BrokenModelReader.Read(symbol, declaration, isInputRead ? input : null, Problem.Text(diagnostics)) : null,
        };
    }

    /// <summary>
    /// Whether the compiler itself reports the attributes: an unknown one may well be a misspelt layer, and without it
    /// the shapes of all others would be wrong.
    /// </summary>
    private static bool HasCompileErrors(ImmutableArray<AttributeData> attributes) => attributes.Any(attribute =>
        attribute.AttributeClass is null or { TypeKind: TypeKind.Error }
        || ((FusedAttributes.IsModel(attribute) || FusedAttributes.IsInput(attribute) || FusedAttributes.IsLayer(attribute)) && !AttributeReader.IsBound(attribute)));

    /// <summary>Whether the class, and all around it, has a name, which is what is typed last where attributes come first.</summary>
    public static bool HasName(TypeDeclarationSyntax declaration) =>
        declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().All(type => !type.Identifier.IsMissing);

    /// <summary>The declaration that carries [FusedModel], the first of several, which the compiler reports.</summary>
    public static TypeDeclarationSyntax? DeclarationOf(ImmutableArray<AttributeData> attributes) =>
        attributes.FirstOrDefault(FusedAttributes.IsModel) is { } mark ? AttributePlace.DeclarationOf(mark) : null;

    private static ElementType ReadWeights(AttributeReader attribute) => attribute.Member<ElementType>("Weights");

    private static Layer? ReadLayer(AttributeData attribute, List<Diagnostic> diagnostics)
    {
        Layer? layer = FusedAttributes.IsOwn(attribute) ? Read(attribute, LayerReaders.Read, diagnostics) : null;
        if (layer is null)
        {
            var problem = new Problem(Descriptors.UnknownLayer, [attribute.AttributeClass!.Name]);
            diagnostics.Add(problem.ToDiagnostic(AttributePlace.Of(attribute)));
        }

        return layer;
    }

    private static T Read<T>(AttributeData attribute, Func<AttributeReader, T> read, List<Diagnostic> diagnostics)
    {
        var reader = new AttributeReader(attribute);
        T value = read(reader);
        diagnostics.AddRange(reader.Problems.Select(problem => problem.ToDiagnostic(AttributePlace.Of(attribute, problem.At))));
        return value;
    }

    /// <summary>Whether a part of the class has a documentation comment.</summary>
    public static bool IsDocumented(INamedTypeSymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Any(reference => reference
            .GetSyntax()
            .GetLeadingTrivia()
            .Any(trivia => trivia.GetStructure() is DocumentationCommentTriviaSyntax));
}
