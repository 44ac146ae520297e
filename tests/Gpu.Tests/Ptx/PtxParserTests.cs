using static Fused.Gpu.Tests.Ptx.PtxSimulation;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>Texts and what is read from them.</summary>
public sealed class PtxParserTests
{
    [Fact]
    public void Declarations_are_read()
    {
        PtxKernel kernel = PtxKernel.Parse(Text("LastBlock"));
        Assert.Equal("Kernel_LastBlock", kernel.Name);
        Assert.Equal([(0, 16), (16, 16), (32, 16), (48, 16)], kernel.Parameters.Select(p => (p.Offset, p.Bytes)));
        Assert.Equal([(4, 4), (4, 256)], kernel.Shared.Select(s => (s.Alignment, s.Bytes)).Order());
        Assert.Equal(260, kernel.SharedBytes);
        Assert.Equal(("pred", "b64"), (kernel.Registers["%p1"], kernel.Registers["%rd1"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(64)]
    public void The_threads_of_a_block_are_read(int? threads) =>
        Assert.Equal(threads, PtxKernel.Parse(Text("Integers", threads: threads)).Threads);

    [Fact]
    public void Scalar_parameters_follow_views_at_their_own_alignment()
    {
        PtxKernel kernel = PtxKernel.Parse(Text("Integers"));
        Assert.Equal([(0, 16), (16, 16), (32, 4)], kernel.Parameters.Select(p => (p.Offset, p.Bytes)));
    }

    [Fact]
    public void Instruction_keeps_its_line_and_text()
    {
        string text = Text("DivergentBarrier");
        PtxInstruction barrier = PtxKernel.Parse(text).Instructions.Single(i => i.Operation == "bar");
        Assert.Equal("bar.sync\t0;", text.Split('\n')[barrier.Line - 1].Trim());
        Assert.Equal("bar.sync\t0", barrier.Text);
    }

    [Theory]
    [InlineData("frob.f32\t%f1, %f2", "Unknown instruction")]
    [InlineData("add.s24\t%f1, %f2, %f3", "Unknown instruction")]
    [InlineData("mov.b32\t%r1, %clock", "Unknown name %clock")]
    [InlineData("mov.b32\t%r1, 12x", "Unknown literal")]
    [InlineData("add.f32\t%f1, %f1", "Wrong number of operands")]
    [InlineData("setp.lt.s32\t%p1, %r1", "Missing operand")]
    [InlineData("add.f32\t%rd1, %f1, %f1", "Wrong destination")]
    [InlineData("add.f32\t%f1, %rd1, %f1", "Wrong width of %rd1")]
    [InlineData("ld.f32\t%f1, [%rd1]", "Generic load")]
    [InlineData("st.f32\t[%rd1], %f1", "Generic store")]
    [InlineData("ld.global.v4.f32\t{%f1, %f1}, [%rd1]", "Wrong number of values")]
    [InlineData("ld.param.b64\t%rd1, [nothing]", "Unknown parameter")]
    [InlineData("bra\tNOWHERE", "Unknown label")]
    [InlineData("call\tfmaf", "Unknown instruction")]
    [InlineData("atom.add.shared.u32\t%r1, [%rd1], 1", "Unknown instruction")]
    [InlineData("bar.sync\t1", "Unknown instruction")]
    public void What_is_unknown_is_named_with_its_line(string instruction, string what)
    {
        string text = Replace(Text("OffByOne"), "ld.global.f32\t%f1, [%rd6];", instruction + ";");
        int line = Array.FindIndex(text.Split('\n'), l => l.Trim() == instruction + ";") + 1;
        string message = Assert.Throws<PtxSyntaxException>(() => PtxKernel.Parse(text)).Message;
        Assert.Equal($"{what} in line {line}: '{instruction + (what == "Unknown literal" ? ";" : "")}'", message);
    }

    [Fact]
    public void Unknown_directive_is_named_with_its_line()
    {
        string message = Assert.Throws<PtxSyntaxException>(() => PtxKernel.Parse(".version 8.0\n.texref a;\n")).Message;
        Assert.Equal("Unknown directive in line 2: '.texref a;'", message);
    }

    [Fact]
    public void Code_that_runs_over_its_end_is_refused()
    {
        string message = Assert.Throws<PtxSyntaxException>(() => PtxKernel.Parse(Replace(Text("OffByOne"), "ret;", ""))).Message;
        Assert.StartsWith("The code ends without ret in line ", message, StringComparison.Ordinal);
    }
}
