using Fused.CompilerServices;
using Fused.Gpu.Tests.Ptx;

namespace Fused.Gpu.Tests.Centrepiece;

/// <summary>What all launches for a number of samples move.</summary>
internal sealed class Traffic
{
    private readonly int _samples;

    private Traffic(int samples)
    {
        _samples = samples;
        Launches = Inception.Counts(samples);
    }

    /// <summary>The launches.</summary>
    public IReadOnlyList<PtxLaunchResult> Launches { get; }

    /// <summary>Bytes of the features.</summary>
    public long LeastFeatures => (long)_samples * Inception.Program.InputLength * sizeof(float);

    /// <summary>Bytes of the matrix.</summary>
    public static long LeastWeights => Inception.Program.Buffers.Where(b => b.Role == GpuBufferRole.Matrix).Sum(b => (long)b.Length) * sizeof(float);

    /// <summary>Bytes of the output.</summary>
    public long LeastOutput => (long)_samples * Inception.Program.OutputLength * sizeof(float);

    /// <summary>Counts a number of samples.</summary>
    public static Traffic Of(int samples) => new(samples);

    /// <summary>What is loaded from the buffers of a role.</summary>
    public long Loads(GpuBufferRole role, Func<PtxTrafficCounts, long> count) => Sum(role, b => count(b.Loads));

    /// <summary>What is stored to the buffers of a role.</summary>
    public long Stores(GpuBufferRole role, Func<PtxTrafficCounts, long> count) => Sum(role, b => count(b.Stores));

    private long Sum(GpuBufferRole role, Func<PtxBufferCounts, long> count) => Launches.Sum(launch => Inception.Program.Buffers
        .Where(b => b.Role == role).Sum(b => count(launch.Counts.Buffer(b.Name))));
}
