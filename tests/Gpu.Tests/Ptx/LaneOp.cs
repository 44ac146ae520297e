using System.Numerics;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>d = f(a, b, c), a lane at a time, each value as its bits: for what is too rare or too odd for vectors.</summary>
internal sealed class LaneOp(PtxRow d, PtxRow a, PtxRow b, PtxRow c, Func<ulong, ulong, ulong, ulong> function) : PtxOp
{
    public override void Execute(PtxWarp warp, uint mask)
    {
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            try
            {
                warp.Set(d, lane, function(warp.Get(a, lane), warp.Get(b, lane), warp.Get(c, lane)));
            }
            catch (DivideByZeroException)
            {
                throw warp.Fault(lane, "Division by zero");
            }
        }
    }
}
