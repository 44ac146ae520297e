using Fused.Gpu.Tests.Compiling;
using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Executors;

/// <summary>A way to run a model's GPU program: a device, or something that stands for one.</summary>
internal interface IGpuExecutor
{
    /// <summary>The name in failures.</summary>
    string Name { get; }

    /// <summary>Why it cannot run on this machine; null where it can.</summary>
    string? Unavailable { get; }

    /// <summary>Whether a machine on which it cannot run fails the tests instead of skipping them.</summary>
    bool IsRequired => false;

    /// <summary>
    /// The most multiplications (<see cref="Network.Operations"/>) that a test asks it for at once, so that
    /// the suite ends within minutes.
    /// </summary>
    long Capacity { get; }

    /// <summary>Whether the suite runs the network on it; all that fit its capacity, unless it is too slow for so many.</summary>
    bool Takes(Network network) => network.Operations <= Capacity;

    /// <summary>Of the networks that are run with one pair of narrow types, it runs one in so many.</summary>
    int NarrowOneIn => 1;

    /// <summary>Makes a model ready to run, with matrices stored as stated.</summary>
    IGpuRun Load(LoadedNetwork network, WeightType weights);
}

/// <summary>A model that is ready to run.</summary>
internal interface IGpuRun : IDisposable
{
    /// <summary>Predicts some samples.</summary>
    /// <param name="input">The samples; each value is one that <paramref name="features"/> holds exactly.</param>
    /// <param name="samples">How many; none is allowed.</param>
    /// <param name="features">How the executor is to store the samples.</param>
    float[] Predict(float[] input, int samples, WeightType features);
}
