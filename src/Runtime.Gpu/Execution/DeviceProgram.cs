using Fused.CompilerServices;
using Fused.Memory;
using ILGPU.Runtime;

namespace Fused.Execution;

/// <summary>A program with its weights on a device.</summary>
internal sealed class DeviceProgram : IDisposable
{
    private const int UploadValues = 1 << 22;
    private readonly DeviceView[] _weights;
    private readonly BatchLimits[] _limits;
    private readonly Lazy<LaunchPlan>[] _plans;

    /// <summary>Copies the weights, which the program need not hold any longer.</summary>
    /// <param name="program">The program.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="place">The model and its device, which is bound to the thread.</param>
    public DeviceProgram(GpuProgram program, GpuOptions options, ModelPlace place)
    {
        Place = place;
        _weights = new DeviceView[program.Buffers.Count];
        try
        {
            Upload(program, options.Weights);
        }
        catch
        {
            Dispose();
            throw;
        }

        Program = program with { Buffers = [.. program.Buffers.Select(b => b with { Values = null })] };
        Limits = BatchLimits.Find(Program, place.Accelerator, options.MaxBatch);
        _limits = [.. Program.Schedules.Select(
            s => BatchLimits.Find(Program with { Schedules = [s with { MaxSamples = int.MaxValue }] }, place.Accelerator, options.MaxBatch))];
        _plans = [.. Storage.Types.Select(input => new Lazy<LaunchPlan>(() => new LaunchPlan(this, input, options.Weights)))];
    }

    /// <summary>The model and its device.</summary>
    public ModelPlace Place { get; }

    /// <summary>The program, without the weights' values.</summary>
    public GpuProgram Program { get; }

    /// <summary>How many samples at once, as the program's schedules are chosen.</summary>
    public BatchLimits Limits { get; }

    /// <summary>What the device refused so far.</summary>
    public IEnumerable<Refusal> Refusals => _plans.Where(p => p.IsValueCreated).SelectMany(p => p.Value.Refusals);

    /// <summary>How many samples at once if a schedule, named by its place, computes all of them. Where it is chosen, no fewer than <see cref="Limits"/>.</summary>
    public BatchLimits LimitsOf(int schedule) => _limits[schedule];

    /// <summary>The launches for an input that is stored so.</summary>
    public LaunchPlan Plan(StorageType input) => _plans[(int)input].Value;

    /// <summary>The buffers of the program: the weights, and nothing yet where others go.</summary>
    public DeviceView[] Buffers() => (DeviceView[])_weights.Clone();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (DeviceView weights in _weights)
            weights.Buffer?.Dispose();
    }

    private void Upload(GpuProgram program, WeightType matrices)
    {
        using AcceleratorStream stream = Place.Accelerator.CreateStream();
        int longest = program.Buffers.Max(b => b.Values?.Length ?? 0);
        using var staging = new HostMemory(Place.Accelerator, Math.Min(longest, UploadValues) * (long)sizeof(float));
        for (int i = 0; i < _weights.Length; i++)
        {
            GpuBuffer buffer = program.Buffers[i];
            if (buffer.IsPerSample)
                continue;
            if (buffer.Values is null || buffer.Values.Length != buffer.Length)
                throw new InvalidOperationException($"{program.Model} gives {buffer.Values?.Length ?? 0} of {buffer.Length} values of {buffer.Name}.");
            StorageType type = Storage.Of(buffer.Role, input: default, matrices);
            MemoryBuffer memory = DeviceMemory.Allocate(Place, buffer.Length * (long)Storage.Size(type), $"the weights {buffer.Name}");
            _weights[i] = new DeviceView(memory);
            Upload(stream, staging, buffer.Values.Span, type, memory);
        }
    }

    private static void Upload(AcceleratorStream stream, HostMemory staging, ReadOnlySpan<float> values, StorageType type, MemoryBuffer memory)
    {
        long offset = 0;
        while (!values.IsEmpty)
        {
            ReadOnlySpan<float> part = values[..Math.Min(values.Length, UploadValues)];
            Storage.Convert(part, type, staging);
            long bytes = part.Length * (long)Storage.Size(type);
            Transfer.ToDevice(stream, staging, memory, offset, bytes);
            stream.Synchronize(); // The staging memory is used again.
            offset += bytes;
            values = values[part.Length..];
        }
    }
}
