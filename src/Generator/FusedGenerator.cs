using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Model;
using Fused.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator;

/// <summary>
/// The wiring: classes marked [FusedModel] are parsed to a <see cref="ModelSpec"/>, and each spec that differs from the last
/// one is compiled. Diagnostics are the analyzer's, so that no location enters the pipeline.
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

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ModelSpec> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                "Fused.FusedModelAttribute",
                static (node, _) => node is TypeDeclarationSyntax,
                static (syntax, cancellation) => Parse(syntax, cancellation))
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!)
            .WithTrackingName(ModelsStep);

        // One bool, so that a build's other properties change nothing.
        IncrementalValueProvider<bool> hasFusion = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => BuildProperties.HasFusion(options.GlobalOptions));

        IncrementalValuesProvider<ModelSpec> labeled = models
            .Combine(context.AdditionalTextsProvider.Collect())
            .Combine(context.AnalyzerConfigOptionsProvider.Select(static (options, _) => BuildProperties.ProjectFolder(options.GlobalOptions)))
            .Select(static (model, cancellation) => Label(model.Left.Left, model.Left.Right, model.Right, cancellation))
            .WithTrackingName(LabelsStep);

        context.RegisterSourceOutput(
            labeled.Combine(hasFusion).Select(static (model, cancellation) => Compile(model.Left, model.Right, cancellation)).WithTrackingName(FilesStep),
            static (output, files) =>
            {
                foreach (GeneratedFile file in files)
                {
                    output.AddSource(file.HintName, file.Source);
                }
            });
    }

    private static ImmutableArray<GeneratedFile> Compile(ModelSpec spec, bool hasFusion, CancellationToken cancellation) =>
        Compiler.Run(spec with { Surroundings = spec.Surroundings with { HasFusion = hasFusion } }, cancellation);

    /// <summary>The model with its labels; without a file of them it stays what it is, whatever files there are.</summary>
    private static ModelSpec Label(ModelSpec model, ImmutableArray<AdditionalText> files, string project, CancellationToken cancellation)
    {
        (ModelSpec labeled, Problem? problem) = LabelFiles.Read(model, files, project, cancellation);
        return problem is null ? labeled : labeled with { Labels = labeled.Labels! with { Fault = problem.Descriptor.Id } };
    }

    private static ModelSpec? Parse(GeneratorAttributeSyntaxContext syntax, CancellationToken cancellation)
    {
        var symbol = (INamedTypeSymbol)syntax.TargetSymbol;
        return ModelParser.Parse(symbol, cancellation).Spec is { } spec
            ? spec with { Surroundings = SurroundingsReader.Of(symbol, syntax.SemanticModel, syntax.TargetNode.SpanStart) }
            : null;
    }
}
