namespace Fused.Gpu.Tests.Ptx;

/// <summary>What goes between a launch's threads and a buffer, in one direction.</summary>
internal sealed class PtxTraffic
{
    /// <summary>Lanes times the width of their access.</summary>
    public long Bytes { get; set; }

    /// <summary>32-byte sectors, of each warp instruction those that it touches.</summary>
    public long Sectors { get; set; }

    /// <summary>Starts anew.</summary>
    public void Clear() => Bytes = Sectors = 0;
}
