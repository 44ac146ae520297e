using Fused.CodeFixes;

namespace Fused.Generator.Tests.CodeFixes;

/// <summary>The remedy for FUSED201, however the attribute is spelt. All cases are small enough to be information.</summary>
public class ReplaceFlattenWithPoolingTests
{
    [Theory]
    [InlineData("Flatten", "GlobalAveragePooling2D")]
    [InlineData("FlattenAttribute", "GlobalAveragePooling2DAttribute")]
    [InlineData("Fused.Flatten", "Fused.GlobalAveragePooling2D")]
    [InlineData("global::Fused.FlattenAttribute", "global::Fused.GlobalAveragePooling2DAttribute")]
    [InlineData("F.Flatten", "F.GlobalAveragePooling2D")]
    [InlineData("F::Flatten", "F::GlobalAveragePooling2D")]
    [InlineData("Unrolled", "GlobalAveragePooling2D")]
    [InlineData("Flatten()", "GlobalAveragePooling2D")]
    [InlineData("Flatten(ChannelsLastOrder = true)", "GlobalAveragePooling2D")]
    [InlineData("Flatten(Name = \"pool\")", "GlobalAveragePooling2D(Name = \"pool\")")]
    [InlineData("Flatten(ChannelsLastOrder = true, Name = \"pool\")", "GlobalAveragePooling2D(Name = \"pool\")")]
    [InlineData("Flatten(Name = \"pool\", ChannelsLastOrder = true)", "GlobalAveragePooling2D(Name = \"pool\")")]
    public Task Keeps_the_spelling_and_the_name(string flatten, string pooling) => Run(
        $"[FusedModel, Input(8, 8, 512)]\n[{{|FUSED201:{flatten}|}}]\n[Dense(10)]\npartial class Head;",
        $"[FusedModel, Input(8, 8, 512)]\n[{pooling}]\n[Dense(10)]\npartial class Head;");

    [Fact]
    public Task Keeps_its_place_in_a_list_and_the_comments_around() => Run(
        """
        /// <summary>Some.</summary>
        [FusedModel] // the mark
        [Input(8, 8, 512), /* before */ {|FUSED201:Flatten|} /* after */, Dropout(0.5),
            Dense(10)]
        partial class Head;
        """,
        """
        /// <summary>Some.</summary>
        [FusedModel] // the mark
        [Input(8, 8, 512), /* before */ GlobalAveragePooling2D /* after */, Dropout(0.5),
            Dense(10)]
        partial class Head;
        """);

    [Fact]
    public Task Replaces_all_in_one_go() => Run(
        """
        [FusedModel, Input(8, 8, 512), {|FUSED201:Flatten|}, Dense(10)]
        partial class A;

        [FusedModel, Input(512, 8, 8, Layout = DataLayout.ChannelsFirst)]
        [{|FUSED201:Flatten(ChannelsLastOrder = true)|}]
        [Dense(10)]
        partial class B;
        """,
        """
        [FusedModel, Input(8, 8, 512), GlobalAveragePooling2D, Dense(10)]
        partial class A;

        [FusedModel, Input(512, 8, 8, Layout = DataLayout.ChannelsFirst)]
        [GlobalAveragePooling2D]
        [Dense(10)]
        partial class B;
        """);

    private static Task Run(string source, string remedied) => Remedy.Check<ReplaceFlattenWithPoolingCodeFix>(source, remedied);
}
