using Fused.CompilerServices;
using Fused.Memory;
using ILGPU.Runtime.Cuda;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>One launch of a run.</summary>
internal sealed record PtxLaunchResult(string Kernel, PtxCounts Counts);

/// <summary>What a run gives.</summary>
/// <param name="Output">The predictions; empty where only a part of the blocks was run.</param>
/// <param name="Launches">What each launch executed.</param>
internal sealed record PtxRun(float[] Output, IReadOnlyList<PtxLaunchResult> Launches);

/// <summary>Runs a program on the PTX interpreter, as a GPU's runtime would run it on a GPU.</summary>
/// <param name="program">The program.</param>
/// <param name="input">How the samples are stored.</param>
/// <param name="matrices">How weight matrices are stored.</param>
/// <param name="architecture">What PTX is made for; sm_80 where nothing is said.</param>
internal sealed class PtxExecutor(GpuProgram program, StorageType input, WeightType matrices, CudaArchitecture? architecture = null)
{
    private readonly CudaArchitecture _architecture = architecture ?? CudaArchitecture.SM_80;
    private readonly Dictionary<string, PtxKernel> _kernels = [];

    /// <summary>The same for samples that are stored as weights may be.</summary>
    public PtxExecutor(GpuProgram program, WeightType input, WeightType matrices, CudaArchitecture? architecture = null)
        : this(program, Storage.Of(input), matrices, architecture)
    {
    }

    /// <summary>The PTX of a kernel.</summary>
    public string Ptx(string kernel)
    {
        return PtxCompiler.Compile(
            Storage.Kernels(program, input, matrices).GetMethod(kernel)
                ?? throw new ArgumentException($"{program.Model} has no kernel '{kernel}'.", nameof(kernel)),
            program.Schedules.SelectMany(s => s.Launches).First(l => l.Kernel == kernel).Threads,
            _architecture);
    }

    /// <summary>Runs all blocks of all launches, and checks that outputs are whole and counters are zero again.</summary>
    /// <param name="samples">The samples, one after the other.</param>
    /// <param name="options">The order of blocks, and the limit.</param>
    /// <param name="schedule">The schedule's name; the one that the program chooses where nothing is said.</param>
    public PtxRun Run(ReadOnlySpan<float> samples, PtxOptions? options = null, string? schedule = null) =>
        Run(samples, options ?? PtxOptions.Default, schedule, blocks: null);

    /// <summary>Runs some blocks of each launch, to count them. A launch that reads what blocks left out would have written faults.</summary>
    /// <param name="samples">The samples, one after the other.</param>
    /// <param name="blocks">Which blocks are run, by kernel, x and y.</param>
    /// <param name="options">The order of blocks, and the limit.</param>
    /// <param name="schedule">The schedule's name; the one that the program chooses where nothing is said.</param>
    public PtxRun RunPart(ReadOnlySpan<float> samples, Func<string, int, int, bool> blocks, PtxOptions? options = null, string? schedule = null) =>
        Run(samples, options ?? PtxOptions.Default, schedule, blocks);

    private PtxRun Run(ReadOnlySpan<float> samples, PtxOptions options, string? scheduleName, Func<string, int, int, bool>? blocks)
    {
        int count = samples.Length / program.InputLength;
        if (count == 0 || count * program.InputLength != samples.Length)
        {
            throw new ArgumentException($"{samples.Length} values are no whole samples of {program.InputLength}.", nameof(samples));
        }

        GpuSchedule schedule = scheduleName is null ? program.ScheduleFor(count) : program.Schedules.Single(s => s.Name == scheduleName);
        var memory = new PtxMemory();
        var buffers = new Dictionary<string, PtxBuffer>();
        foreach (GpuBuffer buffer in program.Buffers)
        {
            buffers.Add(buffer.Name, Allocate(memory, buffer, samples, count));
        }

        var results = new List<PtxLaunchResult>();
        foreach (GpuLaunch launch in schedule.Launches)
        {
            PtxArgument[] arguments =
            [
                .. launch.Buffers.Select(name => PtxArgument.View(buffers[name], ElementBytes(program.Buffer(name)))),
                PtxArgument.Value(count),
            ];
            var grid = new PtxGrid(launch.Blocks, (count + launch.SamplesPerBlock - 1) / launch.SamplesPerBlock, launch.Threads);
            PtxOptions launchOptions = blocks is null ? options : options with { Blocks = (x, y) => blocks(launch.Kernel, x, y) };
            results.Add(new PtxLaunchResult(launch.Kernel, PtxMachine.Launch(Kernel(launch.Kernel), memory, grid, arguments, launchOptions)));
            if (launchOptions.Blocks is null)
            {
                CheckCounters(buffers, launch.Kernel);
            }
        }

        bool isWhole = blocks is null && options.Blocks is null;
        return new PtxRun(isWhole ? buffers[program.Buffers.Single(b => b.Role == GpuBufferRole.Output).Name].Read<float>() : [], results);
    }

    private PtxKernel Kernel(string name)
    {
        if (!_kernels.TryGetValue(name, out PtxKernel? kernel))
        {
            kernel = PtxKernel.Parse(Ptx(name));
            _kernels.Add(name, kernel);
        }

        return kernel;
    }

    private int ElementBytes(GpuBuffer buffer) => buffer.Width * ValueBytes(buffer);

    private int ValueBytes(GpuBuffer buffer) => Storage.Size(StorageOf(buffer));

    private StorageType StorageOf(GpuBuffer buffer) => Storage.Of(buffer.Role, input, matrices);

    private PtxBuffer Allocate(PtxMemory memory, GpuBuffer buffer, ReadOnlySpan<float> samples, int count)
    {
        PtxBuffer allocated = memory.Allocate(buffer.Name, checked(buffer.Length * (buffer.IsPerSample ? count : 1) * ValueBytes(buffer)));
        switch (buffer.Role)
        {
            case GpuBufferRole.Input:
                Fill(allocated, samples, input);
                break;
            case GpuBufferRole.Matrix or GpuBufferRole.Vector:
                AlignedBuffer values = buffer.Values ?? throw new ArgumentException($"{program.Model} gives '{buffer.Name}' no values.");
                Fill(allocated, values.Span, StorageOf(buffer));
                break;
            case GpuBufferRole.Counters:
                allocated.Write<int>(new int[buffer.Length * count]);
                break;
        }

        return allocated;
    }

    private static void Fill(PtxBuffer buffer, ReadOnlySpan<float> values, StorageType storage)
    {
        if (storage == StorageType.Float32)
        {
            buffer.Write(values);
            return;
        }

        if (storage == StorageType.UInt8)
        {
            buffer.Write<byte>(Array.ConvertAll(values.ToArray(), value => checked((byte)value)));
            return;
        }

        ushort[] narrow = new ushort[values.Length];
        for (int i = 0; i < narrow.Length; i++)
        {
            narrow[i] = storage == StorageType.Float16 ? BitConverter.HalfToUInt16Bits((System.Half)values[i]) : ((BFloat16)values[i]).Bits;
        }

        buffer.Write<ushort>(narrow);
    }

    private void CheckCounters(Dictionary<string, PtxBuffer> buffers, string kernel)
    {
        foreach (GpuBuffer buffer in program.Buffers.Where(b => b.Role == GpuBufferRole.Counters))
        {
            int index = buffers[buffer.Name].Read<int>().AsSpan().IndexOfAnyExcept(0);
            if (index >= 0)
            {
                throw new PtxFault($"'{kernel}' left counter {index} of '{buffer.Name}' behind that is not zero");
            }
        }
    }
}
