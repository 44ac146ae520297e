using Fused.Gpu.Tests.Ptx;

namespace Fused.Gpu.Tests.Centrepiece;

/// <summary>What more rows of blocks would execute, from what one executed and what two did.</summary>
internal static class Extrapolation
{
    /// <summary>The first row, and what a further one adds as often as there are more: nothing to what is read again, such as the weights' unique bytes.</summary>
    public static PtxCounts Of(PtxCounts one, PtxCounts two, int rows)
    {
        long Line(long first, long second) => first + ((rows - 1) * (second - first));
        PtxTrafficCounts Traffic(PtxTrafficCounts a, PtxTrafficCounts b) => new(
            Line(a.Bytes, b.Bytes), Line(a.SectorBytes, b.SectorBytes), Line(a.UniqueBytes, b.UniqueBytes), Line(a.UniqueSectorBytes, b.UniqueSectorBytes));

        Assert.Equal(one.Barriers, two.Barriers);
        Assert.Equal(one.SharedBytes, two.SharedBytes);
        Assert.Equal(one.Accesses.Keys.Order(), two.Accesses.Keys.Order());
        Assert.Equal(one.Kinds.Keys.Order(), two.Kinds.Keys.Order());
        return new PtxCounts(
            Line(one.Blocks, two.Blocks),
            Line(one.WarpInstructions, two.WarpInstructions),
            Line(one.LaneInstructions, two.LaneInstructions),
            one.Barriers,
            Line(one.AllBarriers, two.AllBarriers),
            Line(one.Atomics, two.Atomics),
            one.SharedBytes,
            one.Accesses.ToDictionary(a => a.Key, a => new PtxAccesses(
                Line(a.Value.Warps, two.Access(a.Key).Warps), Line(a.Value.Lanes, two.Access(a.Key).Lanes), Line(a.Value.Bytes, two.Access(a.Key).Bytes))),
            one.Kinds.ToDictionary(k => k.Key, k => new PtxExecutions(Line(k.Value.Warps, two.Kind(k.Key).Warps), Line(k.Value.Lanes, two.Kind(k.Key).Lanes))),
            [.. one.Buffers.Select(b => new PtxBufferCounts(
                b.Name, Traffic(b.Loads, two.Buffer(b.Name).Loads), Traffic(b.Stores, two.Buffer(b.Name).Stores)))]);
    }
}
