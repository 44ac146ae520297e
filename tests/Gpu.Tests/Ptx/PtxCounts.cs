using System.Globalization;
using System.Text;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>How often something was executed: by warps, and by lanes.</summary>
internal readonly record struct PtxExecutions(long Warps, long Lanes);

/// <summary>Loads or stores of one space and width.</summary>
/// <param name="Warps">Warp instructions.</param>
/// <param name="Lanes">Lanes that executed them.</param>
/// <param name="Bytes">What the lanes moved.</param>
internal readonly record struct PtxAccesses(long Warps, long Lanes, long Bytes);

/// <summary>Traffic in one direction with one buffer.</summary>
/// <param name="Bytes">Lanes times width.</param>
/// <param name="SectorBytes">32 bytes for each sector that a warp instruction touches, summed over instructions.</param>
/// <param name="UniqueBytes">Bytes of words that were touched at all.</param>
/// <param name="UniqueSectorBytes">Bytes of sectors that were touched at all.</param>
internal readonly record struct PtxTrafficCounts(long Bytes, long SectorBytes, long UniqueBytes, long UniqueSectorBytes);

/// <summary>What a launch loaded from a buffer and stored to it; an atomic operation counts as both.</summary>
internal sealed record PtxBufferCounts(string Name, PtxTrafficCounts Loads, PtxTrafficCounts Stores);

/// <summary>What a launch executed.</summary>
/// <param name="Blocks">Blocks that were run.</param>
/// <param name="WarpInstructions">Instructions, once for each warp.</param>
/// <param name="LaneInstructions">Instructions, once for each lane whose guard held.</param>
/// <param name="Barriers">Barriers that the block with the most of them passed.</param>
/// <param name="AllBarriers">Barriers of all blocks.</param>
/// <param name="Atomics">Atomic operations of lanes.</param>
/// <param name="SharedBytes">Shared memory of a block.</param>
/// <param name="Accesses">Loads and stores, by mnemonics such as ld.global.v4.f32.</param>
/// <param name="Kinds">All else, by kinds such as "f32 add" (<see cref="PtxKind"/>).</param>
/// <param name="Buffers">Global memory, by buffer.</param>
internal sealed record PtxCounts(
    long Blocks,
    long WarpInstructions,
    long LaneInstructions,
    long Barriers,
    long AllBarriers,
    long Atomics,
    int SharedBytes,
    IReadOnlyDictionary<string, PtxAccesses> Accesses,
    IReadOnlyDictionary<string, PtxExecutions> Kinds,
    IReadOnlyList<PtxBufferCounts> Buffers)
{
    /// <summary>The executions of a kind; none where it did not occur.</summary>
    public PtxExecutions Kind(string kind) => Kinds.GetValueOrDefault(kind);

    /// <summary>The accesses of a mnemonic; none where it did not occur.</summary>
    public PtxAccesses Access(string mnemonic) => Accesses.GetValueOrDefault(mnemonic);

    /// <summary>The counts of a buffer.</summary>
    public PtxBufferCounts Buffer(string name) => Buffers.Single(b => b.Name == name);

    /// <summary>The same text for the same counts, an item on a line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        void Line(string name, string values) => text.Append(name).Append(": ").Append(values).Append('\n');
        static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
        static string Traffic(PtxTrafficCounts t) => string.Create(
            CultureInfo.InvariantCulture,
            $"{t.Bytes} bytes, {t.SectorBytes} in sectors, {t.UniqueBytes} unique, {t.UniqueSectorBytes} unique in sectors");
        Line("blocks", Number(Blocks));
        Line("warp instructions", Number(WarpInstructions));
        Line("lane instructions", Number(LaneInstructions));
        Line("barriers per block", Number(Barriers));
        Line("barriers", Number(AllBarriers));
        Line("atomics", Number(Atomics));
        Line("shared bytes per block", Number(SharedBytes));
        foreach ((string name, PtxAccesses a) in Accesses.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            Line(name, string.Create(CultureInfo.InvariantCulture, $"{a.Warps} warps, {a.Lanes} lanes, {a.Bytes} bytes"));
        }

        foreach ((string name, PtxExecutions k) in Kinds.OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            Line(name, string.Create(CultureInfo.InvariantCulture, $"{k.Warps} warps, {k.Lanes} lanes"));
        }

        foreach (PtxBufferCounts buffer in Buffers)
        {
            Line($"{buffer.Name} loads", Traffic(buffer.Loads));
            Line($"{buffer.Name} stores", Traffic(buffer.Stores));
        }

        return text.ToString();
    }
}
