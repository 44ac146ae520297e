using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fused.Benchmarks.Limits;

/// <summary>The loops whose speed is the processor's own.</summary>
internal abstract class Probe
{
    /// <summary>The loops for the widest vectors that are accelerated here.</summary>
    public static Probe Widest { get; } =
        Vector512.IsHardwareAccelerated ? new Probe<Lanes512, Vector512<float>>()
        : Vector256.IsHardwareAccelerated ? new Probe<Lanes256, Vector256<float>>()
        : Vector128.IsHardwareAccelerated ? new Probe<Lanes128, Vector128<float>>()
        : new Probe<Lanes1, float>();

    public abstract int VectorBits { get; }

    /// <summary>The FLOPs of a step of <see cref="MultiplyAdd"/>.</summary>
    public abstract long FlopsPerStep { get; }

    /// <summary>Multiplies and adds in registers; returns a number so that none of it can be left out.</summary>
    public abstract float MultiplyAdd(int steps);

    /// <summary>Reads memory, in order.</summary>
    public abstract float Read(ReadOnlySpan<float> values);
}

/// <inheritdoc/>
internal sealed class Probe<TLanes, T> : Probe
    where TLanes : ILanes<T>
    where T : struct
{
    private const int Accumulators = 12;

    public override int VectorBits => TLanes.Count * 8 * sizeof(float);

    public override long FlopsPerStep => 2L * Accumulators * TLanes.Count;

    /// <summary>
    /// Twelve independent sums: a multiply-add takes four cycles and two may begin in each, so eight would do; with their two
    /// factors they fit in 16 registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float MultiplyAdd(int steps)
    {
        T a = TLanes.Create(0.5f), b = TLanes.Create(0.25f);
        T sum0 = a, sum1 = a, sum2 = a, sum3 = a, sum4 = a, sum5 = a, sum6 = a, sum7 = a, sum8 = a, sum9 = a, sum10 = a, sum11 = a;
        for (int i = 0; i < steps; i++)
        {
            sum0 = TLanes.MultiplyAdd(sum0, a, b);
            sum1 = TLanes.MultiplyAdd(sum1, a, b);
            sum2 = TLanes.MultiplyAdd(sum2, a, b);
            sum3 = TLanes.MultiplyAdd(sum3, a, b);
            sum4 = TLanes.MultiplyAdd(sum4, a, b);
            sum5 = TLanes.MultiplyAdd(sum5, a, b);
            sum6 = TLanes.MultiplyAdd(sum6, a, b);
            sum7 = TLanes.MultiplyAdd(sum7, a, b);
            sum8 = TLanes.MultiplyAdd(sum8, a, b);
            sum9 = TLanes.MultiplyAdd(sum9, a, b);
            sum10 = TLanes.MultiplyAdd(sum10, a, b);
            sum11 = TLanes.MultiplyAdd(sum11, a, b);
        }

        return TLanes.First(sum0) + TLanes.First(sum1) + TLanes.First(sum2) + TLanes.First(sum3)
            + TLanes.First(sum4) + TLanes.First(sum5) + TLanes.First(sum6) + TLanes.First(sum7)
            + TLanes.First(sum8) + TLanes.First(sum9) + TLanes.First(sum10) + TLanes.First(sum11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float Read(ReadOnlySpan<float> values)
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        T sum0 = default, sum1 = default, sum2 = default, sum3 = default, sum4 = default, sum5 = default, sum6 = default, sum7 = default;
        nuint width = (nuint)TLanes.Count;
        for (nuint i = 0; i + (8 * width) <= (nuint)values.Length; i += 8 * width)
        {
            sum0 = TLanes.LoadAdd(ref first, i, sum0);
            sum1 = TLanes.LoadAdd(ref first, i + width, sum1);
            sum2 = TLanes.LoadAdd(ref first, i + (2 * width), sum2);
            sum3 = TLanes.LoadAdd(ref first, i + (3 * width), sum3);
            sum4 = TLanes.LoadAdd(ref first, i + (4 * width), sum4);
            sum5 = TLanes.LoadAdd(ref first, i + (5 * width), sum5);
            sum6 = TLanes.LoadAdd(ref first, i + (6 * width), sum6);
            sum7 = TLanes.LoadAdd(ref first, i + (7 * width), sum7);
        }

        return TLanes.First(sum0) + TLanes.First(sum1) + TLanes.First(sum2) + TLanes.First(sum3)
            + TLanes.First(sum4) + TLanes.First(sum5) + TLanes.First(sum6) + TLanes.First(sum7);
    }
}
