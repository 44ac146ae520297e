using System.Globalization;
using Fused.Generator.Analyzers;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Fused.Generator.Model;
using Fused.Generator.Parsing;
using Fused.Generator.Planning;
using Fused.Generator.Scheduling;
using Fused.Generator.Tests.Caching;
using Fused.Generator.Tests.Output;
using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;
using BuildProperties = Fused.Testing.Compiling.BuildProperties;

namespace Fused.Generator.Tests.Broken;

/// <summary>A fault of the compiler's own in one model: it is reported there, and all other models are compiled. The faults are planted.</summary>
public class FailureTests
{
    private const string Project = """
        using Fused;
        [FusedModel, Input(3), Dense(0)] partial class Broken;
        [FusedModel, Input(3), Dense(2)] partial class Failing;
        [FusedModel, Input(3), Dense(2)] partial class Head;
        """;

    private static readonly FusedGenerator FailsToCompile = new(ModelParser.Parse, CompileButFailing);

    private static readonly FusedGenerator FailsToParse = new(ParseButFailing, Compiler.Run);

    /// <summary>A project with one broken model, one that fails inside the generator, and uses of each.</summary>
    [Fact]
    public async Task Two_bad_models_and_all_their_uses_are_two_errors()
    {
        Generated generated = From(FailsToCompile, Project, Uses.Of("Broken"), Uses.Of("Failing"), Uses.Of("Head"));

        Diagnostic[] errors = await generated.BuildDiagnostics();

        Assert.Equal(["FUSED011", "FUSED021"], errors.Select(error => error.Id));
        Assert.Equal(2, errors.Length);
        Assert.Equal("Failing", TextAt(errors[1]));
        Assert.Equal(7, generated.Files.Length);
    }

    [Fact]
    public async Task The_message_says_what_happened_where_and_what_to_send()
    {
        Diagnostic error = (await From(FailsToCompile, Project).BuildDiagnostics())[1];

        string message = error.GetMessage(CultureInfo.InvariantCulture);
        Assert.StartsWith(
            "Fused failed when it compiled 'Failing'; the fault is not yours, and other models are compiled. To have it mended, send us the attributes of 'Failing' and this: "
            + "NotSupportedException: A planted fault. In two lines. (FailureTests.CompileButFailing < ",
            message,
            StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain(".cs", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_is_the_same_in_every_run() => Assert.Equal(
        From(FailsToCompile, Project).Files.Select(file => file.Source), From(FailsToCompile, Project).Files.Select(file => file.Source));

    [Fact]
    public async Task Parsing_may_fail_too()
    {
        Generated generated = From(FailsToParse, Project, Uses.Of("Broken"), Uses.Of("Failing"), Uses.Of("Head"));

        Assert.Equal(["FUSED011", "FUSED021"], (await generated.BuildDiagnostics()).Select(error => error.Id));
    }

    /// <summary>The analyzer parses with the same code, and so fails with the generator: that is one error, and none of the analyzer itself (AD0001).</summary>
    [Fact]
    public async Task The_analyzer_may_fail_too()
    {
        Generated generated = From(FailsToParse, Project, Uses.Of("Failing"));
        var analyzer = new FusedModelAnalyzer(ParseButFailing);

        Diagnostic[] errors = await generated.BuildDiagnostics(analyzer);

        Assert.Equal(["FUSED011", "FUSED021"], errors.Select(error => error.Id));
        Assert.Equal("Failing", TextAt(errors[1]));
        Assert.Contains("A planted fault", errors[1].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_labels_may_fail_too()
    {
        string project = Project.Replace("Dense(2)] partial class Failing", "Dense(2), Labels(File = \"labels.txt\")] partial class Failing", StringComparison.Ordinal);
        Generated generated = Generated.From(Compilations.Create(project), BuildProperties.WithoutAnalyzers, new FailingFile());

        Assert.Equal(["FUSED021", "FUSED022"], generated.FromGenerator.Select(error => error.Id).Order(StringComparer.Ordinal));
        Assert.Contains(generated.Files, file => file.HintName == "Head.Vector512.g.cs");
    }

    /// <summary>However far the compiler had come: here the planner schedules a convolution for vectors without lanes.</summary>
    [Fact]
    public async Task Planning_of_windows_may_fail_too()
    {
        var failsToPlan = new FusedGenerator(ModelParser.Parse, PlanButFailing);
        Generated generated = From(
            failsToPlan,
            """
            using Fused;
            [FusedModel, Input(6, 6, 3), Conv2D(8, 3), MaxPooling2D(2)] partial class Failing;
            [FusedModel, Input(6, 6, 3), Conv2D(8, 3), MaxPooling2D(2)] partial class Head;
            """,
            Uses.Of("Failing"),
            Uses.Of("Head"));

        Diagnostic error = Assert.Single(await generated.BuildDiagnostics());

        Assert.Equal("FUSED021", error.Id);
        Assert.Equal("Failing", TextAt(error));
        Assert.Contains("DivideByZeroException", error.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Contains(generated.Files, file => file.HintName == "Head.Vector512.g.cs");
    }

    [Fact]
    public void Without_analyzers_the_generator_reports_it() => Assert.Equal(
        ["FUSED021", "FUSED022"],
        From(FailsToCompile, BuildProperties.WithoutAnalyzers, Project).FromGenerator.Select(error => error.Id).Order(StringComparer.Ordinal));

    /// <summary>What is told to stop has not failed.</summary>
    [Fact]
    public void A_cancelled_run_is_no_failure()
    {
        using var source = new CancellationTokenSource();
        var generator = new FusedGenerator(ModelParser.Parse, (model, cancellation) =>
        {
            source.Cancel();
            cancellation.ThrowIfCancellationRequested();
            return Compiler.Run(model, cancellation);
        });

        Assert.Throws<OperationCanceledException>(() => Microsoft.CodeAnalysis.CSharp.CSharpGeneratorDriver
            .Create([generator.AsSourceGenerator()], parseOptions: Compilations.ParseOptions)
            .RunGenerators(Compilations.Create(Project), source.Token));
    }

    [Fact]
    public void An_edit_elsewhere_does_not_compile_a_failing_model_again()
    {
        GeneratorRunResult result = Pipeline.Rerun(
            [Project], Pipeline.Replace("[FusedModel, Input(3), Dense(2)] partial class Head", "[FusedModel, Input(3), Dense(5)] partial class Head"), BuildProperties.None, FailsToCompile);

        Assert.Equal([Cached, Cached, Modified], result.Reasons(FusedGenerator.ModelsStep));
        Assert.Equal([Cached, Cached, Modified], result.Reasons(FusedGenerator.FilesStep));
    }

    private static CompiledModel CompileButFailing(ModelDeclaration model, CancellationToken cancellation) =>
        model.TypeName == "Failing" ? throw Planted() : Compiler.Run(model, cancellation);

    private static CompiledModel PlanButFailing(ModelDeclaration model, CancellationToken cancellation)
    {
        if (model is ModelSpec { TypeName: "Failing" } spec)
        {
            NetworkGraph graph = ShapeInference.Build(spec).Graph!;
            Planner.Run(graph, Fuser.Run(graph), Target.Vector512 with { Lanes = 0 });
        }

        return Compiler.Run(model, cancellation);
    }

    private static ParsedModel ParseButFailing(INamedTypeSymbol symbol, CancellationToken cancellation) =>
        symbol.Name == "Failing" ? throw Planted() : ModelParser.Parse(symbol, cancellation);

    private sealed class FailingFile : AdditionalText
    {
        public override string Path => "/labels.txt";

        public override Microsoft.CodeAnalysis.Text.SourceText? GetText(CancellationToken cancellationToken = default) => throw Planted();
    }

    private static NotSupportedException Planted() => new("A planted fault.\r\nIn two lines.");

    private static string TextAt(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);

    private static Generated From(FusedGenerator generator, params string[] sources) => From(generator, BuildProperties.None, sources);

    private static Generated From(FusedGenerator generator, BuildProperties properties, params string[] sources) =>
        Generated.From(Compilations.Create(sources), properties, generator);
}
