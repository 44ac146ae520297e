using Fused.Generator.IR;

namespace Fused.Generator.Emit;

/// <summary>Writes kernels for the CPU.</summary>
internal sealed class SimdEmitter(SourceWriter writer, SimdSyntax syntax, bool checksOverflow) : KernelEmitter(writer, syntax, checksOverflow)
{
    /// <summary>Writes a kernel; its buffers are its parameters.</summary>
    public void Kernel(Kernel kernel)
    {
        Document(kernel, kernel.Buffers);

        // Optimised at once: a kernel's loops are hot in the first call, and tiers would only delay it.
        Writer.Line(syntax.MethodImpl("AggressiveOptimization"));
        string parameters = string.Join(", ", kernel.Buffers.Select(b => $"ref {SimdSyntax.Element(b)} {KernelSyntax.Identifier(b.Name)}"));
        using (Writer.Open($"private static void {kernel.Name}({parameters})"))
        using (Unchecked())
        {
            Statement(kernel.Body);
        }
    }

    protected override string MultiplyAdd(MultiplyAdd fma, int precedence) =>
        syntax.MultiplyAdd(Expression(fma.A), Expression(fma.B), Expression(fma.C), fma.Lanes);
}
