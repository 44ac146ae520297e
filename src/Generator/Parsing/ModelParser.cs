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
    private const string OthersConstant = "It needs a constant of a model that is not compiled.";

    /// <param name="symbol">A class of the source that is being compiled.</param>
    /// <param name="cancellation">Whether to go on.</param>
    public static ParsedModel Parse(INamedTypeSymbol symbol, CancellationToken cancellation) =>
        Parse(symbol, new ModelConstants(symbol, ((ISourceAssemblySymbol)symbol.ContainingAssembly).Compilation, cancellation), cancellation);

    /// <param name="symbol">The class.</param>
    /// <param name="constants">Reads the attributes.</param>
    /// <param name="cancellation">Whether to go on.</param>
    public static ParsedModel Parse(INamedTypeSymbol symbol, ModelConstants constants, CancellationToken cancellation)
    {
        ImmutableArray<AttributeData> attributes = symbol.GetAttributes();
        ImmutableArray<AttributeData> inputs = [.. attributes.Where(FusedAttributes.IsInput)];
        ImmutableArray<AttributeData> layers = [.. attributes.Where(FusedAttributes.IsLayer)];
        ImmutableArray<AttributeData> labels = [.. attributes.Where(FusedAttributes.IsLabels)];
        ImmutableArray<AttributeData> outputs = [.. attributes.Where(FusedAttributes.IsOutput)];
        if (DeclarationOf(attributes) is not { } declaration)
            return ParsedModel.Nothing;

        ImmutableArray<AttributeArguments> arguments = [.. attributes.Where(FusedAttributes.IsAny).Select(constants.Read)];
        constants.IsUncertain |= attributes.Any(attribute => attribute.AttributeClass is null or { TypeKind: TypeKind.Error });
        if (symbol.TypeKind != TypeKind.Class || inputs.Length > 1 || labels.Length > 1 || outputs.Length > 1 || attributes.Count(FusedAttributes.IsModel) > 1
            || arguments.Any(read => read.State == ArgumentState.Misread)
            || !HasName(declaration))
        {
            return ParsedModel.Nothing with { Broken = BrokenModelReader.Read(symbol, declaration, input: null, CompileErrors) };
        }

        var diagnostics = new List<Diagnostic>();
        string hintName = TypeNames.HintName(symbol);
        diagnostics.AddRange(DeclarationRules.Check(symbol, declaration, hintName));
        diagnostics.AddRange(NetworkRules.Check(symbol, declaration, inputs, layers));
        cancellation.ThrowIfCancellationRequested();

        ImmutableArray<AttributeArguments> known = [.. arguments.Where(read => read.State == ArgumentState.Known)];
        ElementType weights = Of(known, FusedAttributes.IsModel).Select(attribute => Read(attribute, ReadWeights, diagnostics)).FirstOrDefault();
        bool winograd = Of(known, FusedAttributes.IsModel).Select(attribute => Read(attribute, ReadWinograd, diagnostics)).DefaultIfEmpty(true).First();
        int before = diagnostics.Count;
        Shape? input = Of(known, FusedAttributes.IsInput).Select(attribute => Read(attribute, InputReader.Read, diagnostics)).FirstOrDefault();
        bool isInputRead = diagnostics.Count == before;
        InputType inputType = Of(known, FusedAttributes.IsInput).Select(attribute => Read(attribute, InputReader.ReadType, diagnostics)).FirstOrDefault();
        LabelsSpec? named = Of(known, FusedAttributes.IsLabels).Select(attribute => Read(attribute, LabelsReader.Read, diagnostics)).FirstOrDefault();
        ImmutableArray<string> results = Of(known, FusedAttributes.IsOutput).Select(attribute => Read(attribute, OutputReader.Read, diagnostics)).DefaultIfEmpty([]).First();
        var read = new LayersReader(symbol, constants, cancellation);
        read.Read(Of(known, FusedAttributes.IsLayer));
        diagnostics.AddRange(read.Diagnostics);
        diagnostics.InsertRange(0, constants.DiagnosticsOf(symbol));
        if (read.IsMisread)
            return ParsedModel.Nothing with { Broken = BrokenModelReader.Read(symbol, declaration, isInputRead ? input : null, CompileErrors) };

        ModelSpec? spec = input is null || diagnostics.Count > 0 || known.Length < arguments.Length || read.IsUnknown
            ? null
            : new ModelSpec(
                TypeNames.Namespace(symbol),
                TypeNames.Source(symbol),
                TypeNames.ContainingTypes(symbol).ToEquatableArray(),
                hintName,
                IsDocumented(symbol),
                input,
                read.Layers.ToEquatableArray())
            {
                InputType = inputType,
                Weights = weights,
                Winograd = winograd,
                Outputs = results.Select(name => new OutputSpec(name, read.LayerOf(name))).ToEquatableArray(),
                Labels = named,
            };
        string reason = diagnostics.Count > 0 ? Problem.Text(diagnostics) : OthersConstant;
        return new ParsedModel(spec, constants.IsUncertain ? [] : [.. diagnostics], read.Origins, constants.IsUncertain, constants.Generated)
        {
            LabelsAttribute = labels.FirstOrDefault(),
            OutputAttribute = outputs.FirstOrDefault(),
            Broken = spec is null ? BrokenModelReader.Read(symbol, declaration, isInputRead ? input : null, reason) : null,
        };
    }

    /// <summary>The input alone, which does not depend on the layers; null where it is not known.</summary>
    public static Shape? ReadInput(INamedTypeSymbol symbol, ModelConstants constants)
    {
        ImmutableArray<AttributeData> inputs = [.. symbol.GetAttributes().Where(FusedAttributes.IsInput)];
        if (inputs.Length != 1 || constants.Read(inputs[0]) is not { State: ArgumentState.Known } arguments)
            return null;

        var diagnostics = new List<Diagnostic>();
        Shape shape = Read(arguments, InputReader.Read, diagnostics);
        return diagnostics.Count == 0 ? shape : null;
    }

    private static IEnumerable<AttributeArguments> Of(ImmutableArray<AttributeArguments> arguments, Func<AttributeData, bool> kind) =>
        arguments.Where(read => kind(read.Attribute));

    /// <summary>Whether the class, and all around it, has a name, which is what is typed last where attributes come first.</summary>
    public static bool HasName(TypeDeclarationSyntax declaration) =>
        declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().All(type => !type.Identifier.IsMissing);

    /// <summary>The declaration that carries [FusedModel], the first of several, which the compiler reports.</summary>
    public static TypeDeclarationSyntax? DeclarationOf(ImmutableArray<AttributeData> attributes) =>
        attributes.FirstOrDefault(FusedAttributes.IsModel) is { } mark ? AttributePlace.DeclarationOf(mark) : null;

    private static ElementType ReadWeights(AttributeReader attribute) => attribute.Member<ElementType>("Weights");

    private static bool ReadWinograd(AttributeReader attribute) => attribute.Value("Winograd", true);

    private static T Read<T>(AttributeArguments arguments, Func<AttributeReader, T> read, List<Diagnostic> diagnostics)
    {
        var reader = new AttributeReader(arguments);
        T value = read(reader);
        diagnostics.AddRange(reader.Problems.Select(problem => problem.ToDiagnostic(AttributePlace.Of(arguments.Attribute, problem))));
        return value;
    }

    /// <summary>Whether a part of the class has a documentation comment.</summary>
    public static bool IsDocumented(INamedTypeSymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Any(reference => reference
            .GetSyntax()
            .GetLeadingTrivia()
            .Any(trivia => trivia.GetStructure() is DocumentationCommentTriviaSyntax));
}
