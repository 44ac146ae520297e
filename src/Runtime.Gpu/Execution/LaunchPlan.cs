using System.Reflection;
using System.Runtime.InteropServices;
using Fused.CompilerServices;
using Fused.Memory;
using ILGPU;
using ILGPU.Runtime;

namespace Fused.Execution;

/// <summary>A program's schedules for one way to store the input, with kernels that are compiled when a schedule is first used.</summary>
internal sealed class LaunchPlan
{
    private readonly GpuProgram _program;
    private readonly ModelPlace _place;
    private readonly Type _kernels;
    private readonly WeightType _input;
    private readonly WeightType _weights;
    private readonly Dictionary<GpuSchedule, Lazy<Step[]>> _schedules = new(ReferenceEqualityComparer.Instance);

    /// <summary>A plan with nothing compiled.</summary>
    /// <param name="program">The program.</param>
    /// <param name="input">How the input is stored.</param>
    /// <param name="weights">How matrices are stored.</param>
    /// <param name="place">The model and its device.</param>
    public LaunchPlan(GpuProgram program, WeightType input, WeightType weights, ModelPlace place)
    {
        _program = program;
        _place = place;
        _input = input;
        _weights = weights;
        _kernels = Storage.Kernels(program, input, weights);
        foreach (GpuSchedule schedule in program.Schedules)
            _schedules[schedule] = new Lazy<Step[]>(() => Prepare(schedule));
    }

    /// <summary>Queues all launches for some samples.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="buffers">The program's buffers.</param>
    /// <param name="samples">At least 1.</param>
    public void Run(AcceleratorStream stream, DeviceView[] buffers, int samples)
    {
        foreach (Step step in _schedules[_program.ScheduleFor(samples)].Value)
        {
            int rows = (int)((samples + (long)step.SamplesPerBlock - 1) / step.SamplesPerBlock);
            var config = new KernelConfig(new Index3D(step.Blocks, rows, 1), new Index3D(step.Threads, 1, 1));
            step.Kernel.Launch(stream, config, buffers, step.Map, samples);
        }
    }

    private Step[] Prepare(GpuSchedule schedule) => [.. schedule.Launches.Select(Prepare)];

    private Step Prepare(GpuLaunch launch)
    {
        int most = _place.Accelerator.MaxNumThreadsPerGroup;
        if (launch.Threads > most)
            throw new GpuException($"{_place}: the kernel {launch.Kernel} needs {launch.Threads} threads a block, and the device has {most}.");

        MethodInfo method = _kernels.GetMethod(launch.Kernel, BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            ?? throw new InvalidOperationException($"{_program.Model} has no kernel {launch.Kernel}.");
        int[] map = [.. launch.Buffers.Select(Place)];
        Check(method, launch, map);
        return new Step(KernelCache.For(_place.Accelerator).Get(method, _place), launch.Blocks, launch.SamplesPerBlock, launch.Threads, map);
    }

    private int Place(string name)
    {
        for (int i = 0; i < _program.Buffers.Count; i++)
        {
            if (_program.Buffers[i].Name == name)
                return i;
        }

        throw new InvalidOperationException($"{_program.Model} has no buffer {name}.");
    }

    // On a device a view of the wrong type is memory of somebody else's.
    private void Check(MethodInfo method, GpuLaunch launch, int[] map)
    {
        Type[] elements = [.. BoundKernel.Elements(method)];
        if (elements.Length != map.Length)
            throw new InvalidOperationException($"The kernel {launch.Kernel} takes {elements.Length} buffers and is given {map.Length}.");
        for (int i = 0; i < map.Length; i++)
        {
            GpuBuffer buffer = _program.Buffers[map[i]];
            int value = Storage.Size(Storage.Of(buffer.Role, _input, _weights));
            int element = Marshal.SizeOf(elements[i]);
            if (element != value * buffer.Width)
            {
                throw new InvalidOperationException(
                    $"The kernel {launch.Kernel} takes elements of {element} bytes where {buffer.Name} has {value * buffer.Width}.");
            }
        }
    }

    /// <summary>A launch with its kernel.</summary>
    private sealed record Step(BoundKernel Kernel, int Blocks, int SamplesPerBlock, int Threads, int[] Map);
}
