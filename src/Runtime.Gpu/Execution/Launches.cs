using System.Reflection;
using System.Runtime.InteropServices;
using Fused.CompilerServices;
using Fused.Memory;
using ILGPU;
using ILGPU.Runtime;

namespace Fused.Execution;

/// <summary>A schedule's launches, with their kernels compiled.</summary>
internal sealed class Launches
{
    private readonly GpuProgram _program;
    private readonly StorageType _input;
    private readonly WeightType _weights;
    private readonly Step[] _steps;
    private readonly bool[] _uses;

    /// <summary>Compiles a schedule's kernels and loads them.</summary>
    /// <param name="program">The program with its weights on the device.</param>
    /// <param name="schedule">The schedule's place among the program's.</param>
    /// <param name="input">How the input is stored.</param>
    /// <param name="weights">How matrices are stored.</param>
    /// <exception cref="GpuException">A kernel cannot be compiled.</exception>
    public Launches(DeviceProgram program, int schedule, StorageType input, WeightType weights)
    {
        _program = program.Program;
        _input = input;
        _weights = weights;
        Schedule = _program.Schedules[schedule];
        Limits = program.LimitsOf(schedule);
        Type kernels = Storage.Kernels(_program, input, weights);
        _steps = [.. Schedule.Launches.Select(launch => Prepare(launch, kernels, program.Place))];
        _uses = [.. _program.Buffers.Select((buffer, i) =>
            buffer.Role is GpuBufferRole.Input or GpuBufferRole.Output || _steps.Any(step => step.Map.Contains(i)))];
    }

    /// <summary>The schedule.</summary>
    public GpuSchedule Schedule { get; }

    /// <summary>How many samples it computes at once, where it is to take more than it is chosen for.</summary>
    public BatchLimits Limits { get; }

    /// <summary>Why the device does not take one of the kernels, as far as is known.</summary>
    public Refusal? Refusal
    {
        get
        {
            foreach (Step step in _steps)
            {
                if (step.Kernel.Refusal is { } refusal)
                    return refusal;
            }

            return null;
        }
    }

    /// <summary>Whether there must be memory for a buffer, named by its place among the program's: the ends, and what kernels are given.</summary>
    public bool Uses(int buffer) => _uses[buffer];

    /// <summary>
    /// Queues all launches for some samples; false if the device refuses one. Those before it are queued then. They do no harm:
    /// what they write is undefined before every schedule, or zero again when a kernel ends.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="buffers">The program's buffers.</param>
    /// <param name="samples">At least 1.</param>
    public bool TryRun(AcceleratorStream stream, DeviceView[] buffers, int samples)
    {
        foreach (Step step in _steps)
        {
            int rows = (int)((samples + (long)step.SamplesPerBlock - 1) / step.SamplesPerBlock);
            var config = new KernelConfig(new Index3D(step.Blocks, rows, 1), new Index3D(step.Threads, 1, 1));
            if (!step.Kernel.TryLaunch(stream, config, buffers, step.Map, samples))
                return false;
        }

        return true;
    }

    private Step Prepare(GpuLaunch launch, Type kernels, ModelPlace place)
    {
        MethodInfo method = kernels.GetMethod(launch.Kernel, BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            ?? throw new InvalidOperationException($"{_program.Model} has no kernel {launch.Kernel}.");
        int[] map = [.. launch.Buffers.Select(Place)];
        Check(method, launch, map);
        DeviceKernel kernel = KernelCache.For(place.Accelerator).Get(method, launch.Threads, place);
        return new Step(kernel, launch.Blocks, launch.SamplesPerBlock, launch.Threads, map);
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
    private sealed record Step(DeviceKernel Kernel, int Blocks, int SamplesPerBlock, int Threads, int[] Map);
}
