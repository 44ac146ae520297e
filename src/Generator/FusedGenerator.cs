using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.IR;
using Fused.Generator.Model;
using Fused.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator;

/// <summary>
/// The wiring: classes marked [FusedModel] are parsed to a <see cref="ModelDeclaration"/>, and each that differs from the last
/// one is compiled. Diagnostics are the analyzer's, so that no location enters the pipeline; only where a build runs no analyzers
/// does the generator say, without a place, which models are not compiled.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class FusedGenerator : IIncrementalGenerator
{
    /// <summary>The name of the parsing step, for tests of the caching.</summary>
    internal const string ModelsStep = "Models";

    /// <summary>The name of the step that reads the files of labels, for tests of the caching.</summary>
    internal const string LabelsStep = "Labels";

    /// <summary>The name of the compiling step, for tests of the caching.</summary>
    internal const string FilesStep = "Files";

    private readonly Func<INamedTypeSymbol, CancellationToken, ParsedModel> _parse;
    private readonly Func<ModelDeclaration, CancellationToken, CompiledModel> _compile;

    /// <summary>The generator as the compiler makes it.</summary>
    public FusedGenerator()
        : this(ModelParser.Parse, Compiler.Run)
    {
    }

    /// <summary>The generator with other stages.</summary>
    internal FusedGenerator(
        Func<INamedTypeSymbol, CancellationToken, ParsedModel> parse, Func<ModelDeclaration, CancellationToken, CompiledModel> compile)
    {
        _parse = parse;
        _compile = compile;
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ModelDeclaration> models = context.SyntaxProvider
            .ForAttributeWithMetadataName("Fused.FusedModelAttribute", static (node, _) => node is TypeDeclarationSyntax, Parse)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(ModelsStep);

        // One bool each, so that a build's other properties change nothing.
        IncrementalValueProvider<bool> hasFusion = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => BuildProperties.HasFusion(options.GlobalOptions));
        IncrementalValueProvider<bool> hasAnalyzers = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => BuildProperties.HasAnalyzers(options.GlobalOptions));

        // A model without a file of labels stays what it is, whatever files there are.
        IncrementalValuesProvider<ModelDeclaration> labeled = models
            .Combine(context.AdditionalTextsProvider.Collect())
            .Combine(context.AnalyzerConfigOptionsProvider.Select(static (options, _) => BuildProperties.ProjectFolder(options.GlobalOptions)))
            .Select(static (model, cancellation) => Label(model.Left.Left, model.Left.Right, model.Right, cancellation))
            .WithTrackingName(LabelsStep);

        IncrementalValuesProvider<CompiledModel> compiled = labeled
            .Combine(hasFusion)
            .Select((model, cancellation) => Compile(model.Left, model.Right, cancellation))
            .WithTrackingName(FilesStep);
        context.RegisterSourceOutput(compiled.Combine(hasAnalyzers), static (output, model) => Output(output, model.Left, model.Right));
    }

    private static void Output(SourceProductionContext output, CompiledModel model, bool hasAnalyzers)
    {
        foreach (GeneratedFile file in model.Files)
        {
            output.AddSource(file.HintName, file.Source);
        }

        if (!hasAnalyzers && model.Broken is { } broken)
        {
            output.ReportDiagnostic(NotCompiled(broken));
        }
    }

    private static ModelDeclaration Label(ModelDeclaration model, ImmutableArray<AdditionalText> files, string project, CancellationToken cancellation)
    {
        if (model is not ModelSpec spec)
        {
            return model;
        }

        try
        {
            (ModelSpec labeled, Problem? problem) = LabelFiles.Read(spec, files, project, cancellation);
            return problem is null ? labeled : labeled with { Labels = labeled.Labels! with { Fault = Problem.Text([problem.ToDiagnostic(Location.None)]) } };
        }
        catch (Exception exception) when (Failure.Is(exception))
        {
            return BrokenModel.Of(spec, Failure.Describe(exception)) with { IsFailure = true };
        }
    }

    private CompiledModel Compile(ModelDeclaration model, bool hasFusion, CancellationToken cancellation)
    {
        ModelDeclaration built = model with { Surroundings = model.Surroundings with { HasFusion = hasFusion } };
        try
        {
            return _compile(built, cancellation);
        }
        catch (Exception exception) when (Failure.Is(exception))
        {
            return Compiler.Failed(built, exception);
        }
    }

    private ModelDeclaration? Parse(GeneratorAttributeSyntaxContext syntax, CancellationToken cancellation)
    {
        var symbol = (INamedTypeSymbol)syntax.TargetSymbol;

        // Where several parts are marked, which the C# compiler reports, the first stands for them.
        if (ModelParser.DeclarationOf(symbol.GetAttributes()) is not { } declaration || declaration != syntax.TargetNode)
        {
            return null;
        }

        try
        {
            return _parse(symbol, cancellation).Model is { } model
                ? model with { Surroundings = SurroundingsReader.Of(symbol, syntax.SemanticModel, declaration.SpanStart) }
                : null;
        }
        catch (Exception exception) when (Failure.Is(exception))
        {
            return BrokenModelReader.Read(symbol, declaration, input: null, Failure.Describe(exception)) with { IsFailure = true };
        }
    }

    private static Diagnostic NotCompiled(BrokenModel model) => new Problem(
        model.IsFailure ? Descriptors.CompilerFailed : Descriptors.NotCompiled, [model.Title, model.Reason.TrimEnd('.')]).ToDiagnostic(Location.None);
}
