using ILGPU;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>Kernels that the interpreter is tried on.</summary>
public static class PtxTestKernels
{
    public const int Threads = 64;

    /// <summary>Integers, whose arithmetic ILGPU spreads over many instructions.</summary>
    public static void Integers(ArrayView<int> x, ArrayView<int> y, int n)
    {
        int i = Grid.GlobalIndex.X;
        int a = x[i];
        y[i] = a / n + a % n * (a >> 3) + (a << 2) - ((a & n) | (a ^ ~n)) + Math.Max(a, n) - Math.Min(a, 3) + Math.Abs(a) + (a < n ? 5 : -a);
    }

    /// <summary>A loop that each thread leaves after another number of steps.</summary>
    public static void Collatz(ArrayView<int> y)
    {
        int i = Grid.GlobalIndex.X;
        int value = i + 1;
        int steps = 0;
        while (value != 1)
        {
            if ((value & 1) == 0)
            {
                value >>= 1;
            }
            else
            {
                value = 3 * value + 1;
            }

            steps++;
        }

        y[i] = steps;
    }

    /// <summary>Some threads work alone between two barriers, in branches within branches.</summary>
    public static void Branches(ArrayView<int> y)
    {
        ArrayView<int> shared = SharedMemory.Allocate<int>(Threads);
        int t = Group.IdxX;
        shared[t] = t;
        if (t < 20)
        {
            shared[t] = 2 * t;
            if (t % 3 == 0)
            {
                shared[t] += 1000;
            }
            else if (t % 3 == 1)
            {
                shared[t] += 2000;
            }
        }

        Group.Barrier();
        int sum = shared[Threads - 1 - t];
        Group.Barrier();
        for (int i = 0; i < t % 5; i++)
        {
            shared[t] += i;
        }

        Group.Barrier();
        y[Grid.IdxX * Threads + t] = sum + shared[(t + 1) % Threads];
    }

    /// <summary>Threads that have nothing to do leave before the others meet at a barrier.</summary>
    public static void Leave(ArrayView<int> y, int n)
    {
        ArrayView<int> shared = SharedMemory.Allocate<int>(Threads);
        int t = Group.IdxX;
        if (t >= n)
        {
            return;
        }

        shared[t] = t;
        Group.Barrier();
        y[t] = shared[n - 1 - t];
    }

    /// <summary>Ends at a barrier, the warps at different ones where they are told so.</summary>
    public static void EndAtBarrier(ArrayView<int> y, int n)
    {
        int t = Group.IdxX;
        y[t] = t;
        if (t < n)
        {
            Group.Barrier();
            return;
        }

        y[t] = -t;
        Group.Barrier();
    }

    /// <summary>Each block stores its sum; the last one to finish adds them up in order.</summary>
    public static void LastBlock(ArrayView<float> x, ArrayView<float> partial, ArrayView<int> counter, ArrayView<float> y)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(Threads);
        ArrayView<int> ticket = SharedMemory.Allocate<int>(1);
        int t = Group.IdxX;
        shared[t] = x[Grid.IdxX * Threads + t];
        Group.Barrier();
        if (t == 0)
        {
            float sum = 0;
            for (int i = 0; i < Threads; i++)
            {
                sum += shared[i];
            }

            partial[Grid.IdxX] = sum;
        }

        MemoryFence.DeviceLevel();
        Group.Barrier();
        if (t == 0)
        {
            ticket[0] = Atomic.Add(ref counter[0], 1);
        }

        Group.Barrier();
        if (ticket[0] == Grid.DimX - 1)
        {
            MemoryFence.DeviceLevel();
            if (t == 0)
            {
                float sum = 0;
                for (int i = 0; i < Grid.DimX; i++)
                {
                    sum += partial[i];
                }

                y[0] = sum;
                counter[0] = 0;
            }
        }
    }

    /// <summary>Every kind of atomic operation, with a result and without.</summary>
    public static void Atomics(ArrayView<int> x, ArrayView<uint> u, ArrayView<float> f, ArrayView<long> l, ArrayView<int> old)
    {
        int t = Group.IdxX;
        old[t] = Atomic.Add(ref x[0], t);
        Atomic.Max(ref x[1], t);
        Atomic.Min(ref x[2], -t);
        Atomic.Or(ref x[3], 1 << (t & 31));
        Atomic.And(ref x[4], ~(1 << (t & 7)));
        Atomic.Xor(ref x[5], t);
        Atomic.Exchange(ref x[6], t);
        Atomic.CompareExchange(ref x[7], t, t + 1);
        Atomic.Add(ref u[0], (uint)t);
        Atomic.Max(ref u[1], uint.MaxValue - (uint)t);
        Atomic.Add(ref f[0], 0.5f);
        Atomic.Add(ref l[0], 1L << 40);
    }

    /// <summary>An array that is indexed at run time is local memory.</summary>
    public static void Local(ArrayView<float> x, ArrayView<float> y, int n)
    {
        ArrayView<float> values = LocalMemory.Allocate<float>(8);
        int i = Grid.GlobalIndex.X;
        for (int k = 0; k < n; k++)
        {
            values[k] = x[i] * k;
        }

        float sum = 0;
        for (int k = 0; k < 8; k++)
        {
            sum += values[k & 7];
        }

        y[i] = sum;
    }

    /// <summary>Whole vectors through shared memory, turned around in the block.</summary>
    public static void Reverse(ArrayView<Fused.CompilerServices.Float4> x, ArrayView<Fused.CompilerServices.Float4> y)
    {
        ArrayView<Fused.CompilerServices.Float4> shared = SharedMemory.Allocate<Fused.CompilerServices.Float4>(Threads);
        int t = Group.IdxX;
        shared[t] = x[Grid.IdxX * Threads + t];
        Group.Barrier();
        y[Grid.IdxX * Threads + t] = shared[Threads - 1 - t];
    }

    /// <summary>Even threads read one word, odd threads another, far from it.</summary>
    public static void Gather(ArrayView<float> x, ArrayView<float> y)
    {
        int i = Grid.GlobalIndex.X;
        y[i] = x[1 + (i & 1) * 256];
    }

    /// <summary>Reads one element too far.</summary>
    public static void OffByOne(ArrayView<float> x, ArrayView<float> y)
    {
        int i = Grid.GlobalIndex.X;
        y[i] = x[i + 1];
    }

    /// <summary>Reads before the first element.</summary>
    public static void Before(ArrayView<float> x, ArrayView<float> y)
    {
        int i = Grid.GlobalIndex.X;
        y[i] = x[i - 1];
    }

    /// <summary>Writes beyond an array in shared memory, where another one might be.</summary>
    public static void SharedOffByOne(ArrayView<float> y)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(Threads);
        ArrayView<float> other = SharedMemory.Allocate<float>(Threads);
        int t = Group.IdxX;
        other[t] = 1;
        shared[t + 1] = 2;
        Group.Barrier();
        y[t] = shared[t] + other[t];
    }

    /// <summary>Reads shared memory that only half of the threads have filled.</summary>
    public static void SharedUninitialized(ArrayView<float> y)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(Threads);
        int t = Group.IdxX;
        if (t < Threads / 2)
        {
            shared[t] = 1;
        }

        Group.Barrier();
        y[t] = shared[t];
    }

    /// <summary>Reads shared memory that only the first block has filled.</summary>
    public static void SharedInherited(ArrayView<float> y)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(Threads);
        int t = Group.IdxX;
        if (Grid.IdxX == 0)
        {
            shared[t] = 1;
        }

        Group.Barrier();
        y[Grid.IdxX * Threads + t] = shared[t];
    }

    /// <summary>Two threads write the same place between barriers.</summary>
    public static void SharedWriteWrite(ArrayView<int> y)
    {
        ArrayView<int> shared = SharedMemory.Allocate<int>(Threads);
        int t = Group.IdxX;
        shared[t / 2] = t;
        Group.Barrier();
        y[t] = shared[t / 2];
    }

    /// <summary>A thread overwrites what others read since the last barrier.</summary>
    public static void SharedReadWrite(ArrayView<int> y)
    {
        ArrayView<int> shared = SharedMemory.Allocate<int>(1);
        int t = Group.IdxX;
        if (t == 0)
        {
            shared[0] = 5;
        }

        Group.Barrier();
        y[t] = shared[0];
        if (t == 0)
        {
            shared[0] = 6;
        }
    }

    /// <summary>A barrier that half of a warp goes around.</summary>
    public static void DivergentBarrier(ArrayView<int> y)
    {
        int t = Group.IdxX;
        if (t < 16)
        {
            Group.Barrier();
        }

        y[t] = t;
    }

    /// <summary>A barrier for each warp, and not the same.</summary>
    public static void DifferentBarriers(ArrayView<int> y)
    {
        int t = Group.IdxX;
        if (t < 32)
        {
            y[t] = 1;
            Group.Barrier();
            y[t] = 2;
        }
        else
        {
            y[t] = 3;
            Group.Barrier();
            y[t] = 4;
        }
    }

    /// <summary>Waits for what no other block can do.</summary>
    public static void Forever(ArrayView<int> y)
    {
        int i = 1;
        while (i != 0)
        {
            i = (i + 2) | 1;
        }

        y[Group.IdxX] = i;
    }

    /// <summary>All threads write the same value to the same place.</summary>
    public static void GlobalWriteWrite(ArrayView<int> y)
    {
        y[Group.IdxX & 1] = 7;
    }

    /// <summary>Reads what the thread beside it has just written.</summary>
    public static void GlobalNeighbour(ArrayView<int> y, ArrayView<int> z)
    {
        int t = Group.IdxX;
        y[t] = t;
        z[t] = y[Threads - 1 - t];
    }

    /// <summary>Divides by what the caller says.</summary>
    public static void Divide(ArrayView<int> y, int n) => y[Group.IdxX] = Group.IdxX / n;
}
