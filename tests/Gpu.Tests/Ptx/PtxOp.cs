namespace Fused.Gpu.Tests.Ptx;

/// <summary>An instruction made ready to be executed for a warp at once.</summary>
internal abstract class PtxOp
{
    /// <summary>Executes for the lanes of the mask, of which there is at least one.</summary>
    public abstract void Execute(PtxWarp warp, uint mask);
}
