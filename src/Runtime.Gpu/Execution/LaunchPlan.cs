using Fused.Memory;

namespace Fused.Execution;

/// <summary>
/// A program's schedules for one way to store the input, with kernels that are compiled when a schedule is first used. A schedule
/// that the device refuses is left out from then on, and its batches go to the others, each of which computes any number of samples.
/// </summary>
internal sealed class LaunchPlan
{
    private readonly ModelPlace _place;
    private readonly Lazy<Launches>[] _launches;
    private readonly int[] _mostSamples;

    /// <summary>A plan with nothing compiled.</summary>
    /// <param name="program">The program with its weights on the device.</param>
    /// <param name="input">How the input is stored.</param>
    /// <param name="weights">How matrices are stored.</param>
    public LaunchPlan(DeviceProgram program, StorageType input, WeightType weights)
    {
        _place = program.Place;
        _mostSamples = [.. program.Program.Schedules.Select(s => s.MaxSamples)];
        _launches = [.. program.Program.Schedules.Select((_, i) => new Lazy<Launches>(() => new Launches(program, i, input, weights)))];
    }

    /// <summary>What the device refused so far.</summary>
    public IEnumerable<Refusal> Refusals =>
        _launches.Where(l => l.IsValueCreated).Select(l => l.Value.Refusal).OfType<Refusal>();

    /// <summary>The launches for a number of samples: those of the first schedule for so many that is not known to be refused, else of the last.</summary>
    /// <param name="samples">At least 1.</param>
    /// <exception cref="GpuException">The device refuses every schedule.</exception>
    public Launches For(int samples)
    {
        while (true)
        {
            int chosen = -1;
            for (int i = 0; i < _launches.Length && (chosen < 0 || samples > _mostSamples[chosen]); i++)
            {
                if (!IsRefused(i))
                    chosen = i;
            }

            if (chosen < 0)
                throw AllRefused();
            Launches launches = _launches[chosen].Value;
            if (launches.Refusal is null)
                return launches;
        }
    }

    private bool IsRefused(int schedule) => _launches[schedule].IsValueCreated && _launches[schedule].Value.Refusal is not null;

    private GpuException AllRefused()
    {
        (string Schedule, Refusal Refusal)[] all = [.. _launches.Select(l => (l.Value.Schedule.Name, l.Value.Refusal!))];
        string message = all.Length == 1
            ? $" {all[0].Refusal.Reason}."
            : " the device refuses every schedule:" + string.Concat(all.Select(r => $"\n  - {r.Schedule}: {r.Refusal.Reason}."));
        return new GpuException($"{_place}:{message}", all[^1].Refusal.Cause);
    }
}
