using Fused.Generator.Emit;

namespace Fused.Generator.Tests.Output;

/// <summary>How lines that are too wide are broken; every case is 60 columns short of the edge.</summary>
public class LineBreakerTests
{
    private const int Depth = LineBreaker.Width - 60;

    [Theory]
    [InlineData("float sum = left + right;", "float sum = left + right;")]
    [InlineData("// a comment is wrapped by the writer, who knows where a sentence may be cut", "// a comment is wrapped by the writer, who knows where a sentence may be cut")]
    [InlineData(
        "Kernel(ref first, ref second, ref third, ref fourth, ref end);",
        "Kernel(\n    ref first, ref second, ref third, ref fourth, ref end);")]
    [InlineData(
        "Kernel(ref first, ref second, ref third, ref fourth, ref fifth, ref sixth);",
        "Kernel(\n    ref first, ref second, ref third, ref fourth, ref fifth,\n    ref sixth);")]
    [InlineData(
        "Add(Vector256.LoadUnsafe(ref denseKernel, k * 2048 + c), Vector256.LoadUnsafe(ref bias));",
        "Add(\n    Vector256.LoadUnsafe(ref denseKernel, k * 2048 + c),\n    Vector256.LoadUnsafe(ref bias));")]
    [InlineData(
        "(Vector256.LoadUnsafe(ref pooled, n * 2064) + acc0).StoreUnsafe(ref pooled);",
        "(Vector256.LoadUnsafe(ref pooled, n * 2064) + acc0)\n    .StoreUnsafe(ref pooled);")]
    [InlineData(
        "return Vector256.LoadUnsafe(ref dense, n * 64) - Vector256.Create(rowMax);",
        "return Vector256.LoadUnsafe(ref dense, n * 64)\n    - Vector256.Create(rowMax);")]
    [InlineData(
        "    new(\"a name (with, signs) - in it \\\" \", \"Kind\", Parameters: 131072),",
        "    new(\n        \"a name (with, signs) - in it \\\" \", \"Kind\",\n        Parameters: 131072),")]
    [InlineData("there_is_no_place_to_break_this_line_however_wide_it_may_be_on_the_page;", "there_is_no_place_to_break_this_line_however_wide_it_may_be_on_the_page;")]
    public void Breaks_where_a_reader_would(string line, string broken) =>
        Assert.Equal(broken.Split('\n'), LineBreaker.Break(line, Depth));
}
