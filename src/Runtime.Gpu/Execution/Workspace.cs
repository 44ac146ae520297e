using Fused.CompilerServices;
using Fused.Memory;
using ILGPU.Runtime;

namespace Fused.Execution;

/// <summary>
/// The memory that one call at a time works in: a program's buffers, of which the weights are shared with all calls. Each grows
/// to the largest batch that a schedule needed it for and is kept.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private readonly DeviceProgram _program;
    private readonly AcceleratorStream _stream;
    private readonly bool _withEnds;
    private readonly MemoryBuffer?[] _owned;
    private readonly int[] _rows;

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
        _rows = new int[Buffers.Length];
        Input = Find(GpuBufferRole.Input);
        Output = Find(GpuBufferRole.Output);
    }

    /// <summary>The program's buffers.</summary>
    public DeviceView[] Buffers { get; }

    /// <summary>The input's place among the buffers.</summary>
    public int Input { get; }

    /// <summary>The output's place among the buffers.</summary>
    public int Output { get; }

    /// <summary>How many samples there is memory for in the input and the output.</summary>
    public int Samples => _rows[Output];

    /// <summary>Makes memory for some samples in all that a schedule works on.</summary>
    /// <param name="launches">The schedule's launches.</param>
    /// <param name="samples">How many.</param>
    /// <param name="most">More than which there never are.</param>
    public void Reserve(Launches launches, int samples, int most)
    {
        bool isIdle = false;
        for (int i = 0; i < Buffers.Length; i++)
        {
            GpuBuffer buffer = _program.Program.Buffers[i];
            if (samples <= _rows[i] || !Owns(buffer.Role) || !launches.Uses(i))
                continue;
            if (!isIdle)
                _stream.Synchronize(); // Earlier calls may be at work in what is now freed.
            isIdle = true;

            // Doubled, so that batches that grow by and by do not allocate each time; but not beyond what is ever asked for.
            int rows = (int)Math.Max(samples, Math.Min(Math.Min(most, _program.Program.MostSamples(buffer)), 2L * _rows[i]));
            Free(i);
            MemoryBuffer memory = DeviceMemory.Allocate(
                _program.Place, buffer.Length * (long)sizeof(float) * rows, $"{buffer.Name} of {rows} samples");
            _owned[i] = memory;
            _rows[i] = rows;
            Buffers[i] = new DeviceView(memory);
            if (buffer.Role == GpuBufferRole.Counters)
                memory.AsArrayView<byte>(0, memory.LengthInBytes).MemSetToZero(_stream);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int i = 0; i < _owned.Length; i++)
            Free(i);
    }

    private void Free(int buffer)
    {
        _owned[buffer]?.Dispose();
        _owned[buffer] = null;
        _rows[buffer] = 0;
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
