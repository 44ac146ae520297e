using Fused.Testing.Compiling;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace Fused.Generator.Tests.Caching;

/// <summary>What an edit of a file makes the generator do again: to read the labels that are in it, and no more unless they changed.</summary>
public class LabelCachingTests
{
    private const string Model = "using Fused; [FusedModel, Input(4), Dense(2), Labels(File = \"labels.txt\")] partial class Head; [FusedModel, Input(4), Dense(2)] partial class Other;";

    private static readonly LabelFile Labels = new("/shop/labels.txt", "cat\ndog\n"), Notes = new("/shop/notes.txt", "Buy food.\n");

    [Fact]
    public void Another_label_compiles_its_model_again() => AssertReasons(
        [Modified, Cached], driver => driver.ReplaceAdditionalText(Labels, new LabelFile(Labels.Path, "cat\nhound\n")));

    [Fact]
    public void White_space_runs_nothing_more() => AssertReasons(
        [Cached, Cached], driver => driver.ReplaceAdditionalText(Labels, new LabelFile(Labels.Path, "cat \r\ndog\r\n\r\n")));

    [Fact]
    public void Another_file_runs_nothing_more() => AssertReasons(
        [Cached, Cached], driver => driver.ReplaceAdditionalText(Notes, new LabelFile(Notes.Path, "Buy more food.\n")));

    [Fact]
    public void Files_that_no_model_names_are_not_read() =>
        AssertReasons([Cached, Cached], driver => driver.AddAdditionalTexts([new Unreadable()]));

    private static void AssertReasons(IncrementalStepRunReason[] files, Func<GeneratorDriver, GeneratorDriver> edit)
    {
        CSharpCompilation compilation = Compilations.Create(Model);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new FusedGenerator().AsSourceGenerator()],
            [Labels, Notes],
            Compilations.ParseOptions,
            BuildProperties.None,
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)).RunGenerators(compilation);
        Assert.Contains(driver.GetRunResult().GeneratedTrees, tree => tree.FilePath.EndsWith("Head.Labels.g.cs", StringComparison.Ordinal));

        GeneratorRunResult result = edit(driver).RunGenerators(compilation).GetRunResult().Results.Single();

        Assert.Equal([Cached, Cached], result.Reasons(FusedGenerator.ModelsStep));
        Assert.Equal(files, result.Reasons(FusedGenerator.FilesStep));
        Assert.Equal(files, result.OutputReasons());
    }

    private sealed class Unreadable : AdditionalText
    {
        public override string Path => "/shop/unreadable.txt";

        public override Microsoft.CodeAnalysis.Text.SourceText? GetText(CancellationToken cancellationToken = default) => throw new InvalidOperationException("It is not to be read.");
    }
}
