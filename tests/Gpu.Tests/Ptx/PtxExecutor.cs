using Fused.CompilerServices;
using ILGPU.Runtime.Cuda;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>How values are stored in a GPU's memory.</summary>
internal enum PtxStorage
{
    /// <summary>float32.</summary>
    Float32,

    /// <summary>IEEE half precision.</summary>
    Float16,

    /// <summary>bfloat16.</summary>
    BFloat16,
}

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
internal sealed class PtxExecutor(GpuProgram program, PtxStorage input, PtxStorage matrices, CudaArchitecture? architecture = null)
{
    private readonly CudaArchitecture _architecture = architecture ?? CudaArchitecture.SM_80;
    private readonly Dictionary<string, PtxKernel> _kernels = [];

    /// <summary>The PTX of a kernel.</summary>
    public string Ptx(string kernel)
    {
        Type type = program.Kernels;
        if (type.IsGenericTypeDefinition)
        {
            type = type.MakeGenericType(Packed(GpuBufferRole.Input, input), Packed(GpuBufferRole.Matrix, matrices));
        }

        return PtxCompiler.Compile(
            type.GetMethod(kernel) ?? throw new ArgumentException($"{program.Model} has no kernel '{kernel}'.", nameof(kernel)), _architecture);
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

    /// <summary>The type that buffers of a role have in kernels; without any, one that fits where it is not used.</summary>
    private Type Packed(GpuBufferRole role, PtxStorage storage)
    {
        int width = program.Buffers.FirstOrDefault(b => b.Role == role)?.Width ?? 4;
        return (storage, width) switch
        {
            (PtxStorage.Float32, 4) => typeof(Float4),
            (PtxStorage.Float32, 1) => typeof(Float1),
            (PtxStorage.Float16, 4) => typeof(Half4),
            (PtxStorage.Float16, 1) => typeof(Half1),
            (PtxStorage.BFloat16, 4) => typeof(BFloat4),
            (PtxStorage.BFloat16, 1) => typeof(BFloat1),
            _ => throw new NotSupportedException($"{program.Model} has {role} elements of {width} values."),
        };
    }

    private int ElementBytes(GpuBuffer buffer) => buffer.Width * ValueBytes(buffer);

    private int ValueBytes(GpuBuffer buffer) => Storage(buffer) == PtxStorage.Float32 ? sizeof(float) : sizeof(ushort);

    private PtxStorage Storage(GpuBuffer buffer) => buffer.Role switch
    {
        GpuBufferRole.Input => input,
        GpuBufferRole.Matrix => matrices,
        _ => PtxStorage.Float32,
    };

    private PtxBuffer Allocate(PtxMemory memory, GpuBuffer buffer, ReadOnlySpan<float> samples, int count)
    {
        bool isPerSample = buffer.Role is not (GpuBufferRole.Matrix or GpuBufferRole.Vector);
        PtxBuffer allocated = memory.Allocate(buffer.Name, checked(buffer.Length * (isPerSample ? count : 1) * ValueBytes(buffer)));
        switch (buffer.Role)
        {
            case GpuBufferRole.Input:
                Fill(allocated, samples, input);
                break;
            case GpuBufferRole.Matrix or GpuBufferRole.Vector:
                AlignedBuffer values = buffer.Values ?? throw new ArgumentException($"{program.Model} gives '{buffer.Name}' no values.");
                Fill(allocated, values.Span, Storage(buffer));
                break;
            case GpuBufferRole.Counters:
                allocated.Write<int>(new int[buffer.Length * count]);
                break;
        }

        return allocated;
    }

    private static void Fill(PtxBuffer buffer, ReadOnlySpan<float> values, PtxStorage storage)
    {
        if (storage == PtxStorage.Float32)
        {
            buffer.Write(values);
            return;
        }

        ushort[] narrow = new ushort[values.Length];
        for (int i = 0; i < narrow.Length; i++)
        {
            narrow[i] = storage == PtxStorage.Float16 ? BitConverter.HalfToUInt16Bits((System.Half)values[i]) : ToBFloat16(values[i]);
        }

        buffer.Write<ushort>(narrow);
    }

    /// <summary>The upper half of a float32, rounded to the nearest, ties to even; NaNs stay NaNs.</summary>
    private static ushort ToBFloat16(float value)
    {
        const uint QuietBit = 0x40;
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)(float.IsNaN(value) ? bits >> 16 | QuietBit : bits + 0x7FFF + (bits >> 16 & 1) >> 16);
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
