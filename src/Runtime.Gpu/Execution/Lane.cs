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

    /// <summary>Queues a part and returns while the device is at work on it.</summary>
    /// <param name="input">The part's values.</param>
    /// <param name="plan">The launches.</param>
    /// <param name="first">The part's first sample.</param>
    /// <param name="samples">The part's samples.</param>
    public void Start<T>(ReadOnlySpan<T> input, LaunchPlan plan, int first, int samples) where T : unmanaged
    {
        Reserve(samples);
        input.CopyTo(_input!.Span<T>(input.Length));
        Transfer.ToDevice(_stream, _input, _workspace.Buffers[_workspace.Input].Buffer, 0, MemoryMarshal.AsBytes(input).Length);
        plan.Run(_stream, _workspace.Buffers, samples);
        Transfer.ToHost(_stream, _workspace.Buffers[_workspace.Output].Buffer, _output!, OutputLength(samples) * sizeof(float));
        Transfer.Submit(_stream);
        _first = first;
        _samples = samples;
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

    private void Reserve(int samples)
    {
        _workspace.Reserve(samples, _program.Limits.Host);
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
