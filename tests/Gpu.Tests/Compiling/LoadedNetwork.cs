using Fused.CompilerServices;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Compiling;

/// <summary>A network with its compiled model, which holds weights.</summary>
/// <param name="Network">The network.</param>
/// <param name="Model">The model.</param>
/// <param name="Pinned">The one schedule that is used, for any number of samples; if left out, the program's own choice.</param>
internal sealed record LoadedNetwork(Network Network, IModel Model, GpuSchedule? Pinned = null)
{
    /// <summary>The part that runs on GPUs.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public IGpuModel Gpu
    {
        get
        {
            IGpuModel model = GpuCompiler.GpuModelOf(Model);
            return Pinned is null ? model : new OneSchedule(model, Pinned);
        }
    }

    /// <summary>The name of the schedule that a number of samples takes, for people.</summary>
    public string Schedule(int samples) =>
        Pinned?.Name ?? (Model.Instance is IGpuModel model && samples > 0 ? model.CreateGpuProgram().ScheduleFor(samples).Name : "none");

    private sealed class OneSchedule(IGpuModel model, GpuSchedule schedule) : IGpuModel
    {
        public GpuProgram CreateGpuProgram() => model.CreateGpuProgram() with { Schedules = [schedule with { MaxSamples = int.MaxValue }] };
    }
}
