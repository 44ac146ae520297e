using Fused.Generator.IR;

namespace Fused.Generator.Emit;

/// <summary>Writes kernels for the CPU.</summary>
internal sealed class SimdEmitter(SourceWriter writer, SimdSyntax syntax, bool checksOverflow) : KernelEmitter(writer, syntax, checksOverflow)
{
    /// <summary>Writes a kernel; its buffers are its parameters, after what converts features where it reads any.</summary>
    public void Kernel(Kernel kernel)
    {
        Document(kernel, kernel.Buffers);
        if (kernel.Parts > 1)
        {
            Writer.Documentation($"param name=\"{IR.Kernel.Part}\"", $"Which part, 0 to {Literals.Int(kernel.Parts - 1)}.");
        }

        // Optimised at once: a kernel's loops are hot in the first call, and tiers would only delay it.
        Writer.Line(syntax.MethodImpl("AggressiveOptimization"));
        IEnumerable<string> buffers = kernel.Buffers.Select(b => $"ref {SimdSyntax.Element(b)} {KernelSyntax.Identifier(b.Name)}");
        IEnumerable<string> parameters = kernel.Parts > 1 ? buffers.Append($"{syntax.IndexType} {IR.Kernel.Part}") : buffers;
        using (syntax.OpenMethod(Writer, "private", kernel.Name, SimdSyntax.ReadsFeatures(kernel), [], parameters))
        using (Unchecked())
        {
            Body(kernel);
        }
    }

    protected override void DocumentTypes(Kernel kernel)
    {
        if (SimdSyntax.ReadsFeatures(kernel))
        {
            Writer.Documentation("typeparam name=\"TFeatures\"", "How the samples' values are stored.");
            Writer.Documentation("typeparam name=\"TElement\"", "What holds one of them.");
            Writer.Documentation($"param name=\"{SimdSyntax.Features}\"", "Makes floats of the samples' values as they are read.");
        }
    }

    protected override void Statement(Stmt stmt)
    {
        if (stmt is Prefetch prefetch)
        {
            Writer.Line($"{syntax.Prefetch}.Passing(ref {KernelSyntax.Identifier(prefetch.Buffer.Name)}, {prefetch.Index});");
        }
        else if (stmt is Unpack unpack)
        {
            Writer.Line(SimdSyntax.Unpack(unpack));
        }
        else
        {
            base.Statement(stmt);
        }
    }

    protected override string MultiplyAdd(MultiplyAdd fma, int precedence) =>
        syntax.MultiplyAdd(Expression(fma.A), Expression(fma.B), Expression(fma.C), fma.Lanes);
}
