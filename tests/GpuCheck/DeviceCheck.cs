using Fused.CompilerServices;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Fused.GpuCheck;

/// <summary>Checks and times all models on a device.</summary>
internal sealed class DeviceCheck(GpuDevice device, Arguments arguments)
{
    private static readonly WeightType[] Types = [.. Enum.GetValues<WeightType>().Except([WeightType.Int8])];

    private readonly int[] _batches = arguments.Batches ?? (device.IsCpu ? [1, 8, 32] : [1, 8, 32, 256, 1024, 4096]);

    /// <summary>Prints what is found; whether all is right.</summary>
    public bool Run()
    {
        Report.Device(device);

        // All types where it matters most; elsewhere all wide and all narrow, since each is the same code on other sizes.
        (WeightType Features, WeightType Weights)[] all = [.. Types.SelectMany(f => Types.Select(w => (f, w)))];
        (WeightType Features, WeightType Weights)[] alike = [.. Types.Select(t => (t, t))];
        return Run<Inception1000>(all) & Run<Inception2>(alike) & Run<Vgg1000>(alike) & Run<VggChannelsFirst1000>(alike)
            & Run<FastAi37>(alike) & Run<Perceptron10>(alike);
    }

    private bool Run<T>((WeightType Features, WeightType Weights)[] types)
        where T : class, IFusedModel<T>, IGpuModel
    {
        bool right = true;
        List<Row> rows = [];
        foreach (IGrouping<WeightType, WeightType> group in types.GroupBy(t => t.Weights, t => t.Features))
        {
            T cpu = RoundedWeights.Create<T>(group.Key);
            foreach (WeightType features in group)
            {
                try
                {
                    using GpuModel gpu = cpu.ToGpu(device, new GpuOptions { Weights = group.Key });
                    var check = new ModelCheck<T>(cpu, cpu.CreateGpuProgram(), gpu, features, Bandwidth(gpu.Accelerator));
                    foreach (int batch in _batches)
                        rows.Add(check.Run(batch));
                    foreach (string refusal in gpu.Refusals)
                        Report.Refusal<T>(features, group.Key, refusal);
                }
                catch (GpuException failure)
                {
                    Report.Failure<T>(features, group.Key, failure);
                    right = false;
                }
            }
        }

        Report.Model<T>(rows);
        return right && rows.All(row => row.IsRight);
    }

    private double? Bandwidth(Accelerator accelerator) => arguments.Bandwidth ?? (accelerator is CudaAccelerator cuda
        ? 2.0 * cuda.MemoryClockRate * 1000 * cuda.MemoryBusWidth / 8 // Kilohertz, of which each moves two values a wire.
        : null);
}
