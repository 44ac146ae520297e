namespace Fused.Gpu.Tests.Ptx;

/// <summary>What a kernel did that a GPU would not forgive, or would forgive only by luck.</summary>
internal sealed class PtxFault : Exception
{
    /// <summary>A fault that belongs to no instruction.</summary>
    public PtxFault(string message)
        : base(message)
    {
    }

    /// <summary>A fault of one thread at one instruction.</summary>
    public PtxFault(string what, PtxInstruction instruction, (int X, int Y) block, int thread)
        : base($"{what}, at line {instruction.Line} '{instruction.Text}', block ({block.X}, {block.Y}), thread {thread}")
    {
    }
}
