namespace Fused.Gpu.Tests.Ptx;

/// <summary>Makes the counts of a launch from how often each instruction was executed.</summary>
internal static class PtxTally
{
    /// <summary>The counts.</summary>
    public static PtxCounts Count(
        PtxKernel kernel, PtxMemory memory, long[] warps, long[] lanes, int blocks, long mostBarriers, long barriers)
    {
        var accesses = new SortedDictionary<string, PtxAccesses>(StringComparer.Ordinal);
        var kinds = new SortedDictionary<string, PtxExecutions>(StringComparer.Ordinal);
        long atomics = 0;
        for (int place = 0; place < warps.Length; place++)
        {
            if (warps[place] == 0)
            {
                continue;
            }

            PtxInstruction instruction = kernel.Code.Steps[place].Instruction;
            if (instruction.Operation is "ld" or "st")
            {
                PtxAccesses sum = accesses.GetValueOrDefault(instruction.Mnemonic);
                long bytes = lanes[place] * instruction.AccessBytes;
                accesses[instruction.Mnemonic] = new PtxAccesses(sum.Warps + warps[place], sum.Lanes + lanes[place], sum.Bytes + bytes);
                continue;
            }

            string kind = PtxKind.Of(instruction);
            PtxExecutions before = kinds.GetValueOrDefault(kind);
            kinds[kind] = new PtxExecutions(before.Warps + warps[place], before.Lanes + lanes[place]);
            atomics += kind == "atomic" ? lanes[place] : 0;
        }

        return new PtxCounts(
            blocks,
            warps.Sum(),
            lanes.Sum(),
            mostBarriers,
            barriers,
            atomics,
            kernel.SharedBytes,
            accesses,
            kinds,
            [.. memory.Buffers.Select(b => b.Count())]);
    }
}
