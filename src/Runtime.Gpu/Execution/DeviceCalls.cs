using Fused.Memory;
using ILGPU.Runtime;

namespace Fused.Execution;

/// <summary>
/// Predicts inputs that are in the device's memory, on the caller's streams and without waiting for them. What is queued on one
/// stream runs in order, so each stream has one workspace for all its calls.
/// </summary>
internal sealed class DeviceCalls(DeviceProgram program) : IDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<AcceleratorStream, Workspace> _workspaces = [];

    /// <summary>Queues the prediction of samples, at least one.</summary>
    /// <param name="input">The samples.</param>
    /// <param name="output">Where the predictions go.</param>
    /// <param name="plan">The launches.</param>
    /// <param name="samples">How many.</param>
    /// <param name="inputSize">Bytes of a value of the input.</param>
    /// <param name="stream">The stream.</param>
    public void Predict(DeviceView input, DeviceView output, LaunchPlan plan, int samples, int inputSize, AcceleratorStream stream)
    {
        using ScopedAcceleratorBinding binding = program.Place.Accelerator.BindScoped();
        Workspace workspace = Get(stream);
        lock (workspace)
        {
            bool done = false;
            try
            {
                for (int first = 0, count; first < samples; first += count)
                {
                    Launches launches = plan.For(Math.Min(program.Limits.Device, samples - first));
                    count = Math.Min(launches.Limits.Device, Math.Min(program.Limits.Device, samples - first));
                    workspace.Reserve(launches, count, program.Limits.Device);
                    workspace.Buffers[workspace.Input] = Part(input, program.Program.InputLength * (long)inputSize, first, count);
                    workspace.Buffers[workspace.Output] = Part(output, program.Program.OutputLength * (long)sizeof(float), first, count);
                    if (!launches.TryRun(stream, workspace.Buffers, count))
                        count = 0; // The same samples once more, by the schedule that takes over.
                }

                done = true;
            }
            finally
            {
                if (!done)
                {
                    // The counters may not be zero; the next call allocates anew.
                    Transfer.Drain(stream);
                    workspace.Dispose();
                }
            }
        }
    }

    /// <summary>Waits for the device and frees all.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_workspaces.Count == 0)
                return;
            try
            {
                program.Place.Accelerator.Synchronize();
            }
            catch (AcceleratorException)
            {
                // A device in this state does not come back.
            }

            foreach (Workspace workspace in _workspaces.Values)
                workspace.Dispose();
            _workspaces.Clear();
        }
    }

    private Workspace Get(AcceleratorStream stream)
    {
        lock (_gate)
        {
            if (_workspaces.TryGetValue(stream, out Workspace? workspace))
                return workspace;

            // Streams that the caller is done with take their workspaces along.
            foreach (AcceleratorStream disposed in _workspaces.Keys.Where(s => s.IsDisposed).ToArray())
            {
                program.Place.Accelerator.Synchronize();
                _workspaces.Remove(disposed, out Workspace? old);
                old!.Dispose();
            }

            return _workspaces[stream] = new Workspace(program, stream, withEnds: false);
        }
    }

    private static DeviceView Part(DeviceView whole, long sampleBytes, int first, int count) =>
        new(whole.Buffer, whole.Offset + first * sampleBytes, count * sampleBytes);
}
