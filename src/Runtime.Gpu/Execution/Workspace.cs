using Fused.CompilerServices;
using Fused.Memory;
using ILGPU.Runtime;

namespace Fused.Execution;

/// <summary>
/// The memory that one call at a time works in: a program's buffers, of which the weights are shared with all calls. It grows
/// to the largest batch that was asked for and is kept.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private readonly DeviceProgram _program;
    private readonly AcceleratorStream _stream;
    private readonly bool _withEnds;
    private readonly MemoryBuffer?[] _owned;

    /// <summary>A workspace without memory.</summary>
    /// <param name="program">The program.</param>
    /// <param name="stream">The stream on which all work in it is queued.</param>
    /// <param name="withEnds">Whether input and output are its own too; if not they are set for each call.</param>
    public Workspace(DeviceProgram program, AcceleratorStream stream, bool withEnds)
    {
        _program = program;
        _stream = stream;
        _withEnds = withEnds;
        Buffers = program.Buffers();
        _owned = new MemoryBuffer?[Buffers.Length];
        Input = Find(GpuBufferRole.Input);
        Output = Find(GpuBufferRole.Output);
    }

    /// <summary>The program's buffers.</summary>
    public DeviceView[] Buffers { get; }

    /// <summary>The input's place among the buffers.</summary>
    public int Input { get; }

    /// <summary>The output's place among the buffers.</summary>
    public int Output { get; }

    /// <summary>How many samples there is memory for.</summary>
    public int Samples { get; private set; }

    /// <summary>Makes memory for some samples.</summary>
    /// <param name="samples">How many.</param>
    /// <param name="most">More than which there never are.</param>
    public void Reserve(int samples, int most)
    {
        if (samples <= Samples)
            return;

        // Doubled, so that batches that grow by and by do not allocate each time.
        int reserved = (int)Math.Min(most, Math.Max(samples, 2L * Samples));
        _stream.Synchronize(); // Earlier calls may be at work in what is now freed.
        Free();
        for (int i = 0; i < Buffers.Length; i++)
        {
            GpuBuffer buffer = _program.Program.Buffers[i];
            int rows = Math.Min(reserved, _program.Program.MostSamples(buffer));
            if (!Owns(buffer.Role) || rows == 0)
                continue;
            MemoryBuffer memory = DeviceMemory.Allocate(
                _program.Place, buffer.Length * (long)sizeof(float) * rows, $"{buffer.Name} of {rows} samples");
            _owned[i] = memory;
            Buffers[i] = new DeviceView(memory);
            if (buffer.Role == GpuBufferRole.Counters)
                memory.AsArrayView<byte>(0, memory.LengthInBytes).MemSetToZero(_stream);
        }

        Samples = reserved;
    }

    /// <inheritdoc/>
    public void Dispose() => Free();

    private void Free()
    {
        Samples = 0;
        for (int i = 0; i < _owned.Length; i++)
        {
            _owned[i]?.Dispose();
            _owned[i] = null;
        }
    }

    private bool Owns(GpuBufferRole role) => role switch
    {
        GpuBufferRole.Scratch or GpuBufferRole.Counters => true,
        GpuBufferRole.Input or GpuBufferRole.Output => _withEnds,
        _ => false,
    };

    private int Find(GpuBufferRole role)
    {
        for (int i = 0; i < Buffers.Length; i++)
        {
            if (_program.Program.Buffers[i].Role == role)
                return i;
        }

        throw new InvalidOperationException($"{_program.Program.Model} has no buffer for its {role}.");
    }
}
