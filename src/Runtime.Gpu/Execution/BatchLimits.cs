using Fused.CompilerServices;
using Fused.Memory;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace Fused.Execution;

/// <summary>
/// How many samples are worked on at once. Found when a model is made and never changed: where an input is cut decides which
/// schedule a sample goes through, and thereby its last bits.
/// </summary>
/// <param name="Host">For inputs from the host, which are cut so that copying one part overlaps the work on another.</param>
/// <param name="Device">For inputs that are on the device.</param>
internal sealed record BatchLimits(int Host, int Device)
{
    /// <summary>Blocks in y, of CUDA and of what ILGPU says of OpenCL.</summary>
    private const int MaxRows = 65535;

    /// <summary>Bytes of features in a part: large enough for a copy at full speed, small enough that the first one is soon over.</summary>
    private const long PartBytes = 16 << 20;

    /// <summary>Parts are whole multiples of this, so that kernels for tiles of samples have full ones.</summary>
    private const int Tile = 32;

    /// <summary>The limits of a program on a device that has its weights already.</summary>
    /// <param name="program">The program.</param>
    /// <param name="accelerator">The device.</param>
    /// <param name="maxBatch">The user's limit; 0 for none.</param>
    public static BatchLimits Find(GpuProgram program, Accelerator accelerator, int maxBatch)
    {
        long grid = Grid(program);
        long free = DeviceMemory.Free(accelerator);
        long user = maxBatch > 0 ? maxBatch : int.MaxValue;
        long buffers = Math.Min(grid, Elements(program, accelerator));

        // Half of what is free for all lanes together, a quarter for calls whose input is on the device.
        long host = Math.Min(buffers, Memory(program, b => b.IsPerSample, free / 2 / LanePool.MaxLanes));
        long device = Math.Min(buffers, Memory(program, b => b.Role is GpuBufferRole.Scratch or GpuBufferRole.Counters, free / 4));
        if (maxBatch == 0)
        {
            host = Math.Min(host, PartBytes / (program.InputLength * (long)sizeof(float)));
            host = host > Tile ? host / Tile * Tile : host;
        }

        return new BatchLimits((int)Math.Clamp(host, 1, user), (int)Math.Clamp(device, 1, user));
    }

    /// <summary>The most samples for which no schedule has more blocks in y than a grid may have.</summary>
    private static long Grid(GpuProgram program)
    {
        long limit = int.MaxValue;
        for (int i = 0; i < program.Schedules.Count; i++)
        {
            long most = program.Schedules[i].Launches.Min(l => (long)l.SamplesPerBlock) * MaxRows;
            if (i == program.Schedules.Count - 1 || program.Schedules[i].MaxSamples > most)
                limit = Math.Min(limit, most);
        }

        return limit;
    }

    /// <summary>The most samples for which each buffer can be allocated and an int counts its elements.</summary>
    private static long Elements(GpuProgram program, Accelerator accelerator)
    {
        long bytes = accelerator is CLAccelerator opencl
            ? CLAPI.CurrentAPI.GetDeviceInfo<long>(opencl.DeviceId, CLDeviceInfoType.CL_DEVICE_MAX_MEM_ALLOC_SIZE)
            : long.MaxValue;
        long limit = int.MaxValue;
        foreach (GpuBuffer buffer in program.Buffers.Where(b => b.IsPerSample))
        {
            // Single values of what kernels write may be read too, and are counted then; of the input, only whole elements.
            int counted = buffer.Role == GpuBufferRole.Input ? buffer.Length / buffer.Width : buffer.Length;
            long most = Math.Min(int.MaxValue / Math.Max(counted, 1), bytes / Math.Max(RowBytes(buffer), 1));
            if (program.MostSamples(buffer) > most)
                limit = Math.Min(limit, most);
        }

        return limit;
    }

    /// <summary>The most samples of which some buffers together fit in so many bytes; at least 1.</summary>
    private static long Memory(GpuProgram program, Func<GpuBuffer, bool> which, long bytes)
    {
        (long Row, int Most)[] buffers = [.. program.Buffers.Where(which).Select(b => (RowBytes(b), program.MostSamples(b)))];
        long fits = 1, tooMany = (long)int.MaxValue + 1;
        while (tooMany - fits > 1)
        {
            long samples = fits + ((tooMany - fits) / 2);
            if (buffers.Sum(b => (double)b.Row * Math.Min(samples, b.Most)) <= bytes) // More than a long counts, for huge rows.
                fits = samples;
            else
                tooMany = samples;
        }

        return fits;
    }

    private static long RowBytes(GpuBuffer buffer) => buffer.Length * (long)sizeof(float);
}
