using Fused.Generator.IR;

namespace Fused.Generator.Emit;

/// <summary>Writes kernels for the CPU.</summary>
internal sealed class SimdEmitter(SourceWriter writer, SimdSyntax syntax, bool checksOverflow) : KernelEmitter(writer, syntax, checksOverflow)
{
    /// <summary>Writes a kernel; its buffers are its parameters.</summary>
    public void Kernel(Kernel kernel)
    {
        Writer.Documentation("summary", kernel.Summary);
        foreach (Buffer buffer in kernel.Buffers)
        {
            Writer.Documentation($"param name=\"{buffer.Name}\"", Describe(buffer));
        }

        // Optimised at once: a kernel's loops are hot in the first call, and tiers would only delay it.
        Writer.Line(syntax.MethodImpl("AggressiveOptimization"));
        string parameters = string.Join(", ", kernel.Buffers.Select(b => "ref float " + KernelSyntax.Identifier(b.Name)));
        using (Writer.Open($"private static void {kernel.Name}({parameters})"))
        using (Unchecked())
        {
            Statement(kernel.Body);
        }
    }

    private static string Describe(Buffer buffer)
    {
        string pitch = Literals.Int(buffer.Pitch);
        return buffer.Scope switch
        {
            BufferScope.Input => $"The samples, {pitch} values each.",
            BufferScope.Output => $"The results, {pitch} values each.",
            BufferScope.Weights => $"Weights, {Literals.Int(buffer.Length)} values as packed.",
            _ => $"Scratch memory, {pitch} values for each sample.",
        };
    }

    protected override string MultiplyAdd(MultiplyAdd fma, int precedence) =>
        syntax.MultiplyAdd(Expression(fma.A), Expression(fma.B), Expression(fma.C), fma.Lanes);
}
