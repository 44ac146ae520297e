namespace Fused.Gpu.Tests.Ptx;

/// <summary>What an instruction names.</summary>
internal abstract record PtxOperand
{
    /// <summary>A register, with its percent sign.</summary>
    public sealed record Register(string Name) : PtxOperand;

    /// <summary>A literal: an integer in two's complement, or the bits of a float.</summary>
    public sealed record Literal(ulong Bits) : PtxOperand;

    /// <summary>A special register, a parameter, a variable in shared or local memory, or a label.</summary>
    public sealed record Symbol(string Name) : PtxOperand;

    /// <summary>A place in memory: [base + offset].</summary>
    public sealed record Address(PtxOperand Base, long Offset) : PtxOperand;

    /// <summary>What a vector load fills, or a vector store writes: {a, b, c, d}.</summary>
    public sealed record Group(IReadOnlyList<PtxOperand> Items) : PtxOperand;
}
