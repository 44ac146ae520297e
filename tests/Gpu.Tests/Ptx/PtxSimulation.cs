using ILGPU.Runtime.Cuda;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>Test kernels on the interpreter.</summary>
internal static class PtxSimulation
{
    /// <summary>The PTX of one of the test kernels, which states its threads if they are given.</summary>
    public static string Text(string kernel, CudaArchitecture? architecture = null, int? threads = null) => PtxCompiler.Compile(
        typeof(PtxTestKernels).GetMethod(kernel)!, threads, architecture ?? CudaArchitecture.SM_80);

    /// <summary>Text with a part replaced that occurs at least once.</summary>
    public static string Replace(string text, string part, string replacement)
    {
        Assert.Contains(part, text);
        return text.Replace(part, replacement, StringComparison.Ordinal);
    }

    /// <summary>Executes a text for some blocks of <see cref="PtxTestKernels.Threads"/> threads.</summary>
    public static PtxCounts Launch(string text, PtxMemory memory, int blocks, PtxOptions? options, params PtxArgument[] arguments) =>
        PtxMachine.Launch(PtxKernel.Parse(text), memory, new PtxGrid(blocks, 1, PtxTestKernels.Threads), arguments, options);

    /// <summary>The fault that a text ends with.</summary>
    public static string Fault(string text, PtxMemory memory, int blocks, params PtxArgument[] arguments) =>
        Assert.Throws<PtxFault>(() => Launch(text, memory, blocks, null, arguments)).Message;

    /// <summary>A view of single values.</summary>
    public static PtxArgument View(PtxBuffer buffer) => PtxArgument.View(buffer, sizeof(float));
}
