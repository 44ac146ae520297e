using Fused.CodeFixes;

namespace Fused.Generator.Tests.CodeFixes;

/// <summary>A layer that does nothing, or nothing good, is taken out of lists of any form; what is said around it stays.</summary>
public class RemoveLayerTests
{
    [Theory]
    [InlineData(
        "[FusedModel, Input(3)]\n[{|FUSED207:Flatten|}]\n[Dense(2)]\npartial class Head;",
        "[FusedModel, Input(3)]\n[Dense(2)]\npartial class Head;")]
    [InlineData(
        "[FusedModel, Input(3), {|FUSED207:Flatten|}, Dense(2)]\npartial class Head;",
        "[FusedModel, Input(3), Dense(2)]\npartial class Head;")]
    [InlineData(
        "[FusedModel, Input(3), Dense(2), {|FUSED207:Flatten(Name = \"end\")|}]\npartial class Head;",
        "[FusedModel, Input(3), Dense(2)]\npartial class Head;")]
    [InlineData(
        "[FusedModel] [Input(3)] [Dense(2)] [{|FUSED207:Fused.FlattenAttribute|}] partial class Head;",
        "[FusedModel] [Input(3)] [Dense(2)] partial class Head;")]
    [InlineData(
        "[FusedModel,\n    Input(3),\n    {|FUSED207:F::Flatten|},\n    Dense(2)]\npartial class Head;",
        "[FusedModel,\n    Input(3),\n    Dense(2)]\npartial class Head;")]
    [InlineData(
        "[FusedModel,\n    Input(3),\n    Dense(2),\n    {|FUSED207:Unrolled|}]\npartial class Head;",
        "[FusedModel,\n    Input(3),\n    Dense(2)]\npartial class Head;")]
    [InlineData(
        "[FusedModel, Input(3)]\n[Dense(2, Activation = Activation.Relu), {|FUSED207:Activation(Activation.Relu)|}]\npartial class Head;",
        "[FusedModel, Input(3)]\n[Dense(2, Activation = Activation.Relu)]\npartial class Head;")]
    [InlineData(
        "[FusedModel, Input(3)]\n[Dense(2)]\n[{|FUSED204:Dropout(0.5)|}]\npartial class Head;",
        "[FusedModel, Input(3)]\n[Dense(2)]\npartial class Head;")]
    public Task Takes_it_out(string source, string remedied) => Run(source, remedied);

    /// <summary>A block's layers are not the model's to take out, and neither is the whole of it.</summary>
    [Theory]
    [InlineData("[FusedBlock, Dense(4), Flatten] class Pair;\n[FusedModel, Input(3), {|FUSED207:Block(typeof(Pair))|}]\npartial class Head;")]
    [InlineData("[FusedBlock, Flatten] class Pair;\n[FusedModel, Input(3), {|FUSED207:Block(typeof(Pair))|}, Dense(2)]\npartial class Head;")]
    public Task Blocks_stay(string source) => Run(source, source);

    /// <summary>A layer that Output names is what the caller wants, and one before others that it names may be part of their names.</summary>
    [Theory]
    [InlineData("[FusedModel, Input(3), Dense(2, Activation = Activation.Relu, Name = \"a\"), {|FUSED207:Activation(Activation.Relu, Name = \"b\")|}, Output(\"a\", \"b\")]\npartial class Head;")]
    [InlineData("[FusedModel, Input(3), {|FUSED207:Flatten|}, Dense(2), Output(\"dense\")]\npartial class Head;")]
    public Task Networks_of_named_outputs_stay(string source) => Run(source, source);

    [Fact]
    public Task Comments_stay() => Run(
        """
        /// <summary>Some.</summary>
        [FusedModel] // the mark
        [Input(8, 8, 3)]
        [GlobalAveragePooling2D]

            // PyTorch has it here.
            [{|FUSED207:Flatten|}] // (3)
            [Dense(2)] // logits
        partial class Head;
        """,
        """
        /// <summary>Some.</summary>
        [FusedModel] // the mark
        [Input(8, 8, 3)]
        [GlobalAveragePooling2D]

            // PyTorch has it here.
            // (3)
            [Dense(2)] // logits
        partial class Head;
        """);

    [Fact]
    public Task Comments_in_a_list_stay() => Run(
        "[FusedModel, Input(3), /* a */ {|FUSED207:Flatten|} /* b */, Dense(2), /* c */ {|FUSED207:Flatten|} /* d */]\npartial class Head;",
        "[FusedModel, Input(3) /* a */  /* b */, Dense(2) /* c */  /* d */]\npartial class Head;");

    [Fact]
    public Task Comments_before_an_indented_list_stay() => Run(
        "partial class Outer\n{\n    [FusedModel, Input(3)]\n    // a\n    [{|FUSED207:Flatten|}]\n    [Dense(2)]\n    partial class Head;\n}\n",
        "partial class Outer\n{\n    [FusedModel, Input(3)]\n    // a\n    [Dense(2)]\n    partial class Head;\n}\n");

    /// <summary>A layer that others read by name cannot go, and in a network with branches none is taken out: what stands before a layer may be what it reads.</summary>
    [Theory]
    [InlineData("[FusedModel, Input(3), {|FUSED207:Flatten(Name = \"a\")|}, Dense(3), Add(\"a\")] partial class Head;")]
    [InlineData("[FusedModel, Input(3), Dense(3, Name = \"a\"), {|FUSED207:Flatten|}, Add(\"a\")] partial class Head;")]
    public Task Stays_in_a_network_with_branches(string source) => Run(source, source);

    [Fact]
    public Task Directives_stay() => Run(
        "[FusedModel, Input(3)]\n#if true\n[{|FUSED207:Flatten|}]\n#endif\n[Dense(2)]\npartial class Head;",
        "[FusedModel, Input(3)]\n#if true\n#endif\n[Dense(2)]\npartial class Head;");

    [Fact]
    public Task All_at_once_side_by_side() => Run(
        """
        [FusedModel, Input(3), {|FUSED207:Flatten|}, {|FUSED207:Flatten|}, Dense(2, Activation = Activation.Relu)]
        [{|FUSED207:Activation(Activation.Relu)|}, {|FUSED207:Flatten|}]
        partial class A;

        [FusedModel, Input(3), Dense(2)]
        [{|FUSED207:Flatten|}]
        [{|FUSED207:Flatten|}]
        partial class B;
        """,
        """
        [FusedModel, Input(3), Dense(2, Activation = Activation.Relu)]
        partial class A;

        [FusedModel, Input(3), Dense(2)]
        partial class B;
        """);

    private static Task Run(string source, string remedied) => Remedy.Check<RemoveLayerCodeFix>(source, remedied);
}
