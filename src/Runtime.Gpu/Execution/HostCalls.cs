using ILGPU.Runtime;

namespace Fused.Execution;

/// <summary>Predicts inputs that are in the host's memory, in parts on one or two lanes.</summary>
internal sealed class HostCalls(DeviceProgram program) : IDisposable
{
    private readonly LanePool _lanes = new(program);

    /// <summary>Predicts samples, at least one.</summary>
    public void Predict<T>(ReadOnlySpan<T> input, Span<float> output, LaunchPlan plan, int samples) where T : unmanaged
    {
        using ScopedAcceleratorBinding binding = program.Place.Accelerator.BindScoped();
        Lane lane = _lanes.Rent();
        Lane? other = null;
        bool done = false;
        try
        {
            other = samples > program.Limits.Host ? _lanes.TryRent() : null;
            Lane current = lane;
            Lane next = other ?? lane;
            for (int first = 0, count; first < samples; first += count)
            {
                current.Finish(output);
                count = current.Start(input[(first * program.Program.InputLength)..], plan, first);
                (current, next) = (next, current);
            }

            lane.Finish(output);
            other?.Finish(output);
            done = true;
        }
        finally
        {
            GiveBack(lane, done);
            if (other is not null)
                GiveBack(other, done);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lanes.Dispose();

    private void GiveBack(Lane lane, bool sound)
    {
        if (sound)
            _lanes.Return(lane);
        else
            _lanes.Discard(lane);
    }
}
