namespace Fused.Generator.Tests.Diagnostics;

/// <summary>What is wrong with the names of outputs, each at its place, and the advice that several outputs call for, or do not.</summary>
public class OutputDiagnosticTests
{
    private const string Two = "Dense(4, Activation = Activation.Relu, Name = \"a\"), Dense(2, Name = \"b\"), ";

    [Theory]
    [InlineData("Input(8), Dense(4, Activation = Activation.Relu), Dense(2), Output(\"dense_1\", \"dense\")")]
    [InlineData("Output(new[] { \"dense_1\", \"dense\" }), Input(8), Dense(4, Activation = Activation.Relu), Dense(2)")]
    [InlineData("Input(8), Dense(4, Activation = Activation.Relu), Dense(2), Output(\"dense_1\")")]
    [InlineData("Input(8), Dense(4, Name = \"a\"), Dense(2, From = \"input\", Name = \"b\"), Output(nameof(Head) + \"\", \"a\", \"b\"), Dense(1, Name = \"Head\", From = \"input\")")]
    public Task Good_names(string attributes) => Analysis.Run($"[FusedModel, {attributes}] partial class Head;");

    [Fact]
    public Task On_another_part_of_the_class() =>
        Analysis.Run($"[FusedModel, Input(3), {Two}] partial class Head; [Output(\"a\", \"b\")] partial class Head;".Replace(", ]", "]", StringComparison.Ordinal));

    [Theory]
    [InlineData("{|#0:Output|}", "names no layer")]
    [InlineData("{|#0:Output()|}", "names no layer")]
    [InlineData("{|#0:Output(new string[0])|}", "names no layer")]
    [InlineData("Output(\"b\", {|#0:null|})", "has nothing as name 2")]
    public Task FUSED027_no_name(string output, string message) => Run(
        output, $"FUSED027 Error: Output {message}: name the layers whose outputs are the model's, or leave it out where that is the last one");

    [Theory]
    [InlineData("Output(\"b\", {|#0:\"c\"|})", "c")]
    [InlineData("Output({|#0:\"A\"|}, \"b\")", "A")]
    [InlineData("Output({|#0:\"input\"|}, \"a\")", "input")]
    [InlineData("Output({|#0:\"dense\"|})", "dense")]
    [InlineData("Output(\"a\", {|#0:\"\"|})", "")]
    public Task FUSED114_no_layer(string output, string name) =>
        Run(output, $"FUSED114 Error: Output names '{name}', which is no layer: there are 'a', 'b'");

    [Fact]
    public Task FUSED115_twice() => Run(
        "Output(\"b\", \"a\", {|#0:\"b\"|})", "FUSED115 Error: Output names 'b' twice: name each layer once, for its values are the caller's to copy");

    [Fact]
    public Task FUSED115_by_two_names() => Analysis.Run(
        "[FusedBlock, Dense(4), Dense(2, Name = \"end\")] class Pair; [FusedModel, Input(3), Block(typeof(Pair), Name = \"pair\"), Output(\"pair\", \"pair.dense\", {|#0:\"pair.end\"|})] partial class Head;",
        "FUSED115 Error: Output names 'pair.end' twice, the first time as 'pair': name each layer once, for its values are the caller's to copy");

    [Theory]
    [InlineData("Dense(4, Name = \"a\"), Dense(3, Name = \"b\", From = \"input\"), {|#0:Dense(2, Name = \"c\", From = \"input\")|}, Output(\"b\", \"a\")", "c", "the model's outputs are those of b, a")]
    [InlineData("Dense(4, Name = \"a\"), {|#0:Dense(3, Name = \"b\")|}, Output(\"a\")", "b", "the model's output is that of a")]
    public Task FUSED113_neither_read_nor_an_output(string attributes, string name, string given) => Analysis.Run(
        $"[FusedModel, Input(3), {attributes}] partial class Head;",
        $"FUSED113 Error: Nothing reads the output of {name}, and {given}: name it in From, in a join or in Output, or leave it out");

    /// <summary>Each of the two fits, and both together do not.</summary>
    [Fact]
    public Task FUSED103_too_large_together() => Analysis.Run(
        "[FusedModel, Input(8, 8, 8388607), Activation(Activation.Relu, Name = \"a\"), Activation(Activation.Tanh, Name = \"b\"), {|#0:Output(\"a\", \"b\")|}] partial class Head;",
        "FUSED103 Error: Output has the shape (1073741696), of more than 536,870,911 values");

    [Theory]
    [InlineData("{|#0:Labels(\"x\", \"y\")|}", "do not say which of the model's outputs they are of")]
    [InlineData("Labels(\"x\", \"y\", {|#0:Output = \"dense\"|})", "are of 'dense', which is no output")]
    public Task FUSED035_of_no_output(string labels, string message) =>
        Run($"Output(\"a\", \"b\"), {labels}", $"FUSED035 Error: Labels {message}: set Output to one of 'a', 'b'");

    [Fact]
    public Task FUSED035_of_another_than_the_only_output() => Run("Labels(\"x\", \"y\", {|#0:Output = \"a\"|})", "FUSED035 Error: Labels are of 'a', which is no output: set Output to one of 'b'");

    [Theory]
    [InlineData("Output(\"b\", \"a\"), Labels(\"x\", \"y\", Output = \"b\")")]
    [InlineData("Labels(\"x\", \"y\", Output = \"b\")")]
    public Task Labels_of_one_output(string attributes) => Run(attributes);

    [Fact]
    public Task FUSED030_of_the_output_that_they_are_of() => Run(
        "Output(\"b\", \"a\"), {|#0:Labels(\"x\", \"y\", Output = \"a\")|}", "FUSED030 Error: The number of labels is 2, but that of the outputs of a is 4");

    [Fact]
    public Task FUSED031_of_a_map() => Analysis.Run(
        "[FusedModel, Input(4, 4, 3), Activation(Activation.Relu, Name = \"map\"), GlobalAveragePooling2D(Name = \"mean\"), Output(\"map\", \"mean\"), {|#0:Labels(\"x\", \"y\", \"z\", Output = \"map\")|}] partial class Head;",
        "FUSED031 Error: Labels name the values of a vector, but the output of map is the map (4, 4, 3)");

    [Fact]
    public Task FUSED045_in_a_block() => Analysis.Run(
        "[FusedBlock, Dense(4), Dense(2), {|#0:Output(\"dense\")|}] class Pair;",
        "FUSED045 Error: [Output] says something of a model, but 'Pair' is a block: models that use it have their own");

    [Fact]
    public Task FUSED006_without_a_model() => Analysis.Run(
        "[{|#0:Output(\"a\")|}] class Head;", "FUSED006 Warning: 'Head' declares outputs, but nothing is generated for it: add [FusedModel]");

    /// <summary>Features of which predictions are made are meant to be dropped, and an embedding to be linear.</summary>
    [Theory]
    [InlineData("Dense(64, Name = \"embedding\"), Dense(90), Output(\"embedding\", \"dense\")")]
    [InlineData("Dense(64), Dropout(0.5, Name = \"embedding\"), Dense(90, Name = \"end\"), Output(\"embedding\", \"end\")")]
    [InlineData("Dense(64, Name = \"logits\"), Softmax(Name = \"probabilities\"), Output(\"logits\", \"probabilities\")")]
    [InlineData("Dense(90, Name = \"a\"), Softmax(Name = \"b\"), Softmax(Name = \"c\", From = \"a\"), Output(\"b\", \"c\")")]
    public Task No_advice_on_what_several_outputs_are_for(string attributes) => Analysis.Run($"[FusedModel, Input(80), {attributes}] partial class Head;");

    [Fact]
    public Task No_advice_on_a_map_that_is_flattened_for_the_caller() => Analysis.Run(
        "[FusedModel, Input(8, 8, 64), Flatten(Name = \"flat\"), Dense(90, Name = \"end\"), Output(\"flat\", \"end\")] partial class Head;");

    /// <summary>Each end of a network is looked at.</summary>
    [Fact]
    public Task FUSED204_at_each_output() => Analysis.Run(
        "[FusedModel, Input(8), Dense(4, Activation = Activation.Relu, Name = \"h\"), Dense(3), {|FUSED204:Dropout(0.5, Name = \"a\")|}, Dense(2, From = \"h\"), {|FUSED204:Dropout(0.5, Name = \"b\")|}, Output(\"a\", \"b\")] partial class Head;");

    [Fact]
    public Task FUSED203_at_any_output() => Analysis.Run(
        "[FusedModel, Input(8), Dense(1, {|FUSED203:Activation = Activation.Softmax|}, Name = \"a\"), Dense(2, From = \"input\", Name = \"b\"), Output(\"a\", \"b\")] partial class Head;");

    private static Task Run(string output, params string[] messages) => Analysis.Run($"[FusedModel, Input(3), {Two}{output}] partial class Head;", messages);
}
