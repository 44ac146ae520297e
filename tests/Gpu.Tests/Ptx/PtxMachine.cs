using System.Numerics;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>
/// Executes a launch: its blocks one after the other, the warps of a block each up to the next barrier, the lanes of a warp in
/// lockstep. Where lanes part, those at the smallest place go first (<see cref="PtxOrder"/>).
/// </summary>
internal sealed class PtxMachine
{
    private readonly PtxKernel _kernel;
    private readonly PtxStep[] _steps;
    private readonly PtxMemory _memory;
    private readonly PtxGrid _grid;
    private readonly PtxOptions _options;
    private readonly PtxBlock _block;
    private readonly PtxWarp[] _warps;
    private readonly long[] _warpCounts;
    private readonly long[] _laneCounts;
    private long _budget;
    private long _mostBarriers;
    private long _barriers;

    private PtxMachine(PtxKernel kernel, PtxMemory memory, PtxGrid grid, byte[] parameters, PtxOptions options)
    {
        _kernel = kernel;
        _steps = kernel.Code.Steps;
        _memory = memory;
        _grid = grid;
        _options = options;
        _block = new PtxBlock(kernel, grid, memory, parameters);
        _warps = [.. Enumerable.Range(0, (grid.Threads + PtxLanes.Count - 1) / PtxLanes.Count).Select(w => new PtxWarp(kernel, _block, w))];
        _warpCounts = new long[_steps.Length];
        _laneCounts = new long[_steps.Length];
        _budget = options.InstructionLimit;
    }

    /// <summary>Executes a kernel for a grid of blocks.</summary>
    /// <exception cref="PtxFault">The kernel did what it must not do.</exception>
    public static PtxCounts Launch(
        PtxKernel kernel, PtxMemory memory, PtxGrid grid, IReadOnlyList<PtxArgument> arguments, PtxOptions? options = null)
    {
        if (!arguments.Select(a => a.Bytes.Length).SequenceEqual(kernel.Parameters.Select(p => p.Bytes)))
        {
            throw new ArgumentException($"The arguments are not the parameters of {kernel.Name}.", nameof(arguments));
        }

        if (grid.Threads > kernel.Threads)
        {
            throw new PtxFault($"{kernel.Name} states {kernel.Threads} threads a block and is launched with {grid.Threads}");
        }

        byte[] parameters = new byte[kernel.Parameters.Count == 0 ? 0 : kernel.Parameters[^1].Offset + kernel.Parameters[^1].Bytes];
        for (int i = 0; i < arguments.Count; i++)
        {
            arguments[i].Bytes.CopyTo(parameters, kernel.Parameters[i].Offset);
        }

        foreach (PtxBuffer buffer in memory.Buffers)
        {
            buffer.StartLaunch();
        }

        return new PtxMachine(kernel, memory, grid, parameters, options ?? PtxOptions.Default).Run();
    }

    private PtxCounts Run()
    {
        int blocks = 0;
        foreach (int index in Order())
        {
            (int x, int y) = (index % _grid.X, index / _grid.X);
            if (_options.Blocks is null || _options.Blocks(x, y))
            {
                blocks++;
                RunBlock((x, y));
            }
        }

        return PtxTally.Count(_kernel, _memory, _warpCounts, _laneCounts, blocks, _mostBarriers, _barriers);
    }

    private int[] Order()
    {
        int[] order = [.. Enumerable.Range(0, _grid.X * _grid.Y)];
        switch (_options.Order)
        {
            case PtxBlockOrder.Reverse:
                Array.Reverse(order);
                break;
            case PtxBlockOrder.Shuffled:
                new Random(_options.Seed).Shuffle(order);
                break;
        }

        return order;
    }

    private void RunBlock((int X, int Y) index)
    {
        _block.Start(index);
        foreach (PtxWarp warp in _warps)
        {
            warp.Start();
        }

        while (true)
        {
            foreach (PtxWarp warp in _warps)
            {
                RunWarp(warp);
            }

            PtxWarp? first = Array.Find(_warps, w => w.Live != 0);
            if (first is null)
            {
                break;
            }

            int barrier = first.Waiting;
            foreach (PtxWarp warp in _warps)
            {
                if (warp.Live != 0 && warp.Waiting != barrier)
                {
                    throw warp.Fault(
                        PtxLanes.First(warp.Live), $"Divergent barrier: thread {first.FirstThread + PtxLanes.First(first.Live)} waits at the barrier of line {_steps[barrier].Instruction.Line}");
                }

                warp.Waiting = -1;
            }

            _block.Epoch++;
        }

        _barriers += _block.Epoch - 1;
        _mostBarriers = Math.Max(_mostBarriers, _block.Epoch - 1);
    }

    /// <summary>Runs until all lanes wait at a barrier or have ended.</summary>
    private void RunWarp(PtxWarp warp)
    {
        while (warp.Live != 0 && warp.Waiting < 0)
        {
            (uint mask, int place, int other) = Choose(warp);
            RunTogether(warp, mask, place, other);
        }
    }

    /// <summary>The lanes at the smallest place, and the next larger place that others are at.</summary>
    private static (uint Mask, int Place, int Other) Choose(PtxWarp warp)
    {
        uint mask = 0;
        int smallest = int.MaxValue;
        int other = int.MaxValue;
        for (uint rest = warp.Live; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            int place = warp.Places[lane];
            if (place < smallest)
            {
                (other, smallest, mask) = (smallest, place, 0);
            }
            else if (place > smallest)
            {
                other = Math.Min(other, place);
            }

            mask |= place == smallest ? 1u << lane : 0;
        }

        return (mask, smallest, other);
    }

    /// <summary>Runs lanes that are at one place until they part, meet others, wait or end.</summary>
    private void RunTogether(PtxWarp warp, uint mask, int place, int other)
    {
        while (place < other)
        {
            PtxStep step = _steps[place];
            warp.Place = place;
            uint active = mask;
            if (step.Guard >= 0)
            {
                warp.CheckReads(step.GuardReads, mask);
                active &= warp.Predicates[step.Guard] ^ step.GuardFlip;
            }

            _warpCounts[place]++;
            _laneCounts[place] += BitOperations.PopCount(active);
            if (--_budget < 0)
            {
                throw warp.Fault(PtxLanes.First(mask), $"The launch has not ended after {_options.InstructionLimit} instructions of warps");
            }

            switch (step.Flow)
            {
                case PtxFlow.Next:
                    if (active != 0)
                    {
                        warp.CheckReads(step.Reads, active);
                        step.Op!.Execute(warp, active);
                        warp.MarkWrites(step.Writes, active);
                    }

                    place = step.Next;
                    break;
                case PtxFlow.Branch:
                    if (active != 0 && active != mask)
                    {
                        Part(warp, step, mask, active);
                        return;
                    }

                    place = active != 0 ? step.Target : step.Next;
                    break;
                case PtxFlow.Exit:
                    warp.Live &= ~active;
                    mask &= ~active;
                    if (mask == 0)
                    {
                        return;
                    }

                    place = step.Next;
                    break;
                case PtxFlow.Barrier when active == 0:
                    place = step.Next;
                    break;
                default:
                    if (active != warp.Live)
                    {
                        string missing = $"thread {warp.FirstThread + PtxLanes.First(warp.Live & ~active)} of the same warp is not there";
                        throw warp.Fault(PtxLanes.First(mask), $"Divergent barrier: {missing}");
                    }

                    // What comes next may be the end, but not before the block's other warps are here.
                    warp.Waiting = place;
                    warp.GoTo(mask, step.Next);
                    return;
            }
        }

        Put(warp, mask, place);
    }

    private void Part(PtxWarp warp, PtxStep step, uint mask, uint taken)
    {
        if (step.IsUniform)
        {
            throw warp.Fault(PtxLanes.First(taken), $"The branch is not uniform: thread {warp.FirstThread + PtxLanes.First(mask & ~taken)} goes the other way");
        }

        Put(warp, taken, step.Target);
        Put(warp, mask & ~taken, step.Next);
    }

    /// <summary>Lanes go on at a place; where that is an unconditional end, they end.</summary>
    private void Put(PtxWarp warp, uint mask, int place)
    {
        PtxStep step = _steps[place];
        if (step.Flow == PtxFlow.Exit && step.Guard < 0)
        {
            _warpCounts[place]++;
            _laneCounts[place] += BitOperations.PopCount(mask);
            warp.Live &= ~mask;
            return;
        }

        warp.GoTo(mask, place);
    }
}
