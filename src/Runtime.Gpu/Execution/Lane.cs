using System.Runtime.InteropServices;
using Fused.Memory;
using ILGPU.Runtime;

namespace Fused.Execution;

/// <summary>A stream with all that a part of an input from the host needs on its way through the device.</summary>
internal sealed class Lane : IDisposable
{
    private readonly DeviceProgram _program;
    private readonly AcceleratorStream _stream;
    private readonly Workspace _workspace;
    private HostMemory? _input;
    private HostMemory? _output;
    private int _first;
    private int _samples;

    /// <summary>A lane without memory.</summary>
    public Lane(DeviceProgram program)
    {
        _program = program;
        _stream = program.Place.Accelerator.CreateStream();
        _workspace = new Workspace(program, _stream, withEnds: true);
    }

    /// <summary>Queues the first samples of what is left of an input, and returns while the device is at work on them.</summary>
    /// <param name="input">The values that are left, of at least one sample.</param>
    /// <param name="plan">The launches.</param>
    /// <param name="first">How many samples stand before them in the whole input.</param>
    /// <returns>How many samples it took.</returns>
    public int Start<T>(ReadOnlySpan<T> input, LaunchPlan plan, int first) where T : unmanaged
    {
        int inputLength = _program.Program.InputLength;
        int left = Math.Min(_program.Limits.Host, input.Length / inputLength);
        int samples;
        while (true)
        {
            Launches launches = plan.For(left);
            samples = Math.Min(left, launches.Limits.Host);
            Reserve(launches, samples);
            ReadOnlySpan<T> part = input[..(samples * inputLength)];
            part.CopyTo(_input!.Span<T>(part.Length));
            Transfer.ToDevice(_stream, _input, _workspace.Buffers[_workspace.Input].Buffer, 0, MemoryMarshal.AsBytes(part).Length);
            if (launches.TryRun(_stream, _workspace.Buffers, samples))
                break;
            _stream.Synchronize(); // The copy is to be over before its source is written again.
        }

        Transfer.ToHost(_stream, _workspace.Buffers[_workspace.Output].Buffer, _output!, OutputLength(samples) * sizeof(float));
        Transfer.Submit(_stream);
        _first = first;
        _samples = samples;
        return samples;
    }

    /// <summary>Waits for the part that was queued, if there is one, and takes its results.</summary>
    /// <param name="output">The whole output.</param>
    public void Finish(Span<float> output)
    {
        if (_samples == 0)
            return;
        _stream.Synchronize();
        int length = (int)OutputLength(_samples);
        _output!.Span<float>(length).CopyTo(output.Slice(_first * _program.Program.OutputLength, length));
        _samples = 0;
    }

    /// <summary>Waits until the device is out of the lane's memory. Frees all.</summary>
    public void Dispose()
    {
        Transfer.Drain(_stream);
        _workspace.Dispose();
        _input?.Dispose();
        _output?.Dispose();
        _stream.Dispose();
    }

    private void Reserve(Launches launches, int samples)
    {
        _workspace.Reserve(launches, samples, _program.Limits.Host);
        Reserve(ref _input, (long)_workspace.Samples * _program.Program.InputLength * sizeof(float));
        Reserve(ref _output, OutputLength(_workspace.Samples) * sizeof(float));
    }

    private void Reserve(ref HostMemory? memory, long bytes)
    {
        if (memory is null || memory.Bytes < bytes)
        {
            memory?.Dispose();
            memory = null;
            memory = new HostMemory(_program.Place.Accelerator, bytes);
        }
    }

    private long OutputLength(int samples) => (long)samples * _program.Program.OutputLength;
}
