using Microsoft.CodeAnalysis.Testing;

namespace Fused.Generator.Tests.Diagnostics;

/// <summary>FUSED030 to FUSED034: labels that are not as many as the outputs, that are none, or whose file is not to be found.</summary>
public class LabelsDiagnosticTests
{
    private const string OfFile = "[FusedModel, Input(3), Dense(2), Labels({|#0:File = @\"#\"|})] partial class Head;";

    [Theory]
    [InlineData("Labels(\"cat\", \"dog\"), Input(3), Dense(2)")]
    [InlineData("Input(3), Labels(new[] { \"cat\", \"dog\" }), Dense(2)")]
    [InlineData("Input(3), Dense(2), Labels(\"crane\", \"crane\")")] // ImageNet has cranes that fly and cranes that lift
    [InlineData("Input(1, 1, 3), Dense(2), Labels(\"cat\", \"dog\")")]
    [InlineData("Input(3), Dense(2), Fused.LabelsAttribute(labels: new[] { \"\\ud83d\\udc31\", \"a\\nb\" })")]
    public Task As_many_as_the_outputs_wherever_they_stand(string attributes) => Analysis.Run($"[FusedModel, {attributes}] partial class Head;");

    [Fact]
    public Task On_another_part_of_the_class() =>
        Analysis.Run("[FusedModel, Input(3), Dense(2)] partial class Head; [Labels(\"cat\", \"dog\")] partial class Head;");

    [Theory]
    [InlineData("Dense(2), {|#0:Labels(\"cat\")|}", "The number of labels is 1, but that of the outputs of dense, the last layer, is 2")]
    [InlineData("{|#0:Labels(\"cat\", \"dog\", \"fox\")|}, Dense(2), Softmax(Name = \"last\")", "The number of labels is 3, but that of the outputs of last, the last layer, is 2")]
    [InlineData("Dense(1500), {|#0:Fused.Labels(\"cat\")|}", "The number of labels is 1, but that of the outputs of dense, the last layer, is 1,500")]
    public Task FUSED030_not_as_many(string layers, string message) =>
        Analysis.Run($"[FusedModel, Input(3), {layers}] partial class Head;", "FUSED030 Error: " + message);

    [Fact]
    public Task FUSED031_of_a_map() => Analysis.Run(
        "[FusedModel, Input(4, 5, 3), Dense(2), {|#0:Labels(\"cat\", \"dog\")|}] partial class Head;",
        "FUSED031 Error: Labels name the values of a vector, but the output of dense, the last layer, is the map (4, 5, 2)");

    [Theory]
    [InlineData("{|#0:Labels|}", "lists no label and names no file")]
    [InlineData("{|#0:Labels()|}", "lists no label and names no file")]
    [InlineData("{|#0:Labels(null)|}", "lists no label and names no file")]
    [InlineData("{|#0:Labels(\"cat\", \" \")|}", "has nothing as label 2")]
    [InlineData("{|#0:Labels(null, \"dog\")|}", "has nothing as label 1")]
    [InlineData("Labels(\"cat\", \"dog\", {|#0:File = \"labels.txt\"|})", "lists labels and names a file: give one or the other")]
    [InlineData("Labels({|#0:File = \"\"|})", "names no file")]
    public Task FUSED032_none(string labels, string message) =>
        Analysis.Run($"[FusedModel, Input(3), Dense(2), {labels}] partial class Head;", "FUSED032 Error: Labels " + message);

    [Theory]
    [InlineData("Labels(1)", "CS1503")]
    [InlineData("Labels(Nope)", "CS0103")]
    [InlineData("Labels(\"cat\", \"dog\"), Labels(\"cat\")", "CS0579")]
    public async Task What_the_compiler_reports_is_left_to_it(string labels, string id)
    {
        string source = $"using Fused;\n[FusedModel, Input(3), Dense(5), {labels}] partial class Head;";
        AnalyzerTest<DefaultVerifier> test = Analysis.Test(source);
        test.CompilerDiagnostics = CompilerDiagnostics.None;

        await test.RunAsync(CancellationToken.None);

        Assert.Contains(Compilations.Create(source).GetDiagnostics(), diagnostic => diagnostic.Id == id);
    }

    [Theory]
    [InlineData("labels.txt", "cat\ndog", "/0/labels.txt")]
    [InlineData("labels.txt", "\ufeffcat\r\ndog\r\n\r\n  \n", "/0/labels.txt")]
    [InlineData("labels.txt", " cat \t\ndog", "/elsewhere/data/labels.txt")]
    [InlineData("data/labels.txt", "cat\ndog", "C:\\shop\\data\\labels.txt")]
    [InlineData("data\\labels.txt", "cat\ndog", "/shop/data/labels.txt")]
    [InlineData("./data/../labels.txt", "cat\ndog", "/0/labels.txt")]
    [InlineData("../labels.txt", "cat\ndog", "/labels.txt")]
    [InlineData("/shop/labels.txt", "cat\ndog", "/shop/labels.txt")]
    [InlineData("Labels.TXT", "cat\ndog", "/0/labels.txt")]
    [InlineData("labels.txt", "cat\ndog", "/0/labels.txt", "/0/data/labels.txt", "/labels.txt")] // the one beside the declaration
    [InlineData("labels.txt", "cat\ndog", "/x/labels.txt", "/x/Labels.txt")] // the one that is spelt so
    [InlineData("labels.txt", "cat\ndog", "/x/labels.txt", "/x/other.txt", "/x/mylabels.txt", "/x/labels.txt.txt")]
    public Task A_file_with_a_label_a_line(string file, string content, string path, params string[] others) =>
        Run(file, [new LabelFile(path, content), .. others.Select(other => new LabelFile(other, "some\nthing\nelse"))]);

    [Theory]
    [InlineData("labels.txt", "/x/other.txt")]
    [InlineData("labels.txt", "/x/mylabels.txt")]
    [InlineData("data/labels.txt", "/x/labels.txt")]
    [InlineData("../labels.txt", "/x/labels.txt")]
    public Task FUSED033_a_file_that_is_not_given(string file, string path) => Run(
        file,
        [new LabelFile(path, "cat\ndog")],
        $"FUSED033 Error: '{file}' is not among the files that the compiler is given: put <AdditionalFiles Include=\"{file}\" /> into an ItemGroup of the project file");

    [Fact]
    public Task FUSED034_a_file_that_may_be_one_of_several() => Run(
        "labels.txt",
        [new LabelFile("/y/labels.txt", "cat\ndog"), new LabelFile("/x/labels.txt", "cat\ndog")],
        "FUSED034 Error: 'labels.txt' may be '/x/labels.txt' or '/y/labels.txt': write more of its path");

    [Theory]
    [InlineData("", "finds none in 'labels.txt'")]
    [InlineData("\n \r\n", "finds none in 'labels.txt'")]
    [InlineData("cat\n\ndog", "finds nothing in line 2 of 'labels.txt'")]
    public Task FUSED032_a_file_without_labels(string content, string message) =>
        Run("labels.txt", [new LabelFile("/0/labels.txt", content)], "FUSED032 Error: Labels " + message);

    [Fact]
    public Task FUSED030_a_file_with_more_labels() => Analyze(
        "[FusedModel, Input(3), Dense(2), {|#0:Labels(File = \"labels.txt\")|}] partial class Head;",
        [new LabelFile("/0/labels.txt", "cat\ndog\nfox\n")],
        "FUSED030 Error: The number of labels is 3, but that of the outputs of dense, the last layer, is 2");

    [Fact]
    public Task Without_a_file_shapes_are_checked_all_the_same() => Analyze(
        "[FusedModel, Input(3), {|#1:GlobalAveragePooling2D|}, Labels({|#0:File = \"labels.txt\"|})] partial class Head;",
        [],
        "FUSED033 Error: 'labels.txt' is not among the files that the compiler is given: put <AdditionalFiles Include=\"labels.txt\" /> into an ItemGroup of the project file",
        "FUSED101 Error: GlobalAveragePooling2D takes a feature map, but its input (3) is a vector");

    [Fact]
    public Task FUSED006_labels_without_a_model() => Analysis.Run(
        "[{|#0:Labels(\"cat\", \"dog\")|}] partial class Head;",
        "FUSED006 Warning: 'Head' declares labels, but nothing is generated for it: add [FusedModel]");

    [Theory]
    [InlineData("int {|FUSED005:Labels|};")]
    [InlineData("void {|FUSED005:Top|}(System.ReadOnlySpan<float> input, int count) { }")]
    [InlineData("void {|FUSED005:Top|}(System.ReadOnlySpan<byte> input, Quantization q, System.Span<Prediction> best) { }")]
    [InlineData("class {|FUSED005:Top|};")]
    [InlineData("void Top(float[] input, int count) { }")]
    public Task FUSED005_members_of_these_names(string member) =>
        Analysis.Run($"[FusedModel, Input(3), Dense(2), Labels(\"cat\", \"dog\")] partial class Head {{ {member} }}");

    [Fact]
    public Task Without_labels_their_names_are_free() =>
        Analysis.Run("[FusedModel, Input(3), Dense(2)] partial class Labels { int Top; } [FusedModel, Input(3), Dense(2)] partial class Head { int Labels; }");

    private static Task Run(string file, LabelFile[] files, params string[] messages)
    {
        string source = OfFile.Replace("#\"", file + "\"", StringComparison.Ordinal);
        return Analyze(messages.Length == 0 ? source.Replace("{|#0:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal) : source, files, messages);
    }

    private static Task Analyze(string source, LabelFile[] files, params string[] messages)
    {
        AnalyzerTest<DefaultVerifier> test = Analysis.Test("using Fused;\n" + source, messages);
        foreach (LabelFile file in files)
            test.TestState.AdditionalFiles.Add((file.Path, file.GetText()!));
        return test.RunAsync(CancellationToken.None);
    }
}
