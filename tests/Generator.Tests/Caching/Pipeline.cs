using Fused.Testing.Compiling;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Generator.Tests.Caching;

/// <summary>The generator run twice, as an editor does: on a compilation, then on the edited one.</summary>
internal static class Pipeline
{
    /// <summary>Runs the generator on the sources, edits them, and runs it again.</summary>
    public static GeneratorRunResult Rerun(string[] sources, Func<CSharpCompilation, CSharpCompilation> edit) =>
        Rerun(sources, edit, BuildProperties.None);

    /// <summary>The same, and the second run is of a build with other properties; of another generator where one is given.</summary>
    public static GeneratorRunResult Rerun(
        string[] sources, Func<CSharpCompilation, CSharpCompilation> edit, BuildProperties properties, FusedGenerator? generator = null)
    {
        CSharpCompilation before = Compilations.Create(sources);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [(generator ?? new FusedGenerator()).AsSourceGenerator()],
            parseOptions: Compilations.ParseOptions,
            optionsProvider: BuildProperties.None,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return driver.RunGenerators(before).WithUpdatedAnalyzerConfigOptions(properties).RunGenerators(edit(before)).GetRunResult().Results.Single();
    }

    /// <summary>An edit of the first source's text.</summary>
    public static Func<CSharpCompilation, CSharpCompilation> Replace(string old, string fresh) => compilation =>
    {
        SyntaxTree tree = compilation.SyntaxTrees[0];
        string text = tree.ToString();
        Assert.Contains(old, text, StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(
            tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(text.Replace(old, fresh, StringComparison.Ordinal))));
    };

    /// <summary>Why each output of a step is as it is, in the order of the models.</summary>
    public static IncrementalStepRunReason[] Reasons(this GeneratorRunResult result, string step) =>
        [.. result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];

    /// <summary>Why each file was, or was not, given to the compiler again.</summary>
    public static IncrementalStepRunReason[] OutputReasons(this GeneratorRunResult result) =>
        [.. result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs).Select(output => output.Reason)];
}
