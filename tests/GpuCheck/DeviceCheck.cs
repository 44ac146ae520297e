using Fused.CompilerServices;
using Fused.Samples.Classify;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Fused.GpuCheck;

/// <summary>Checks and times all models on a device.</summary>
internal sealed class DeviceCheck(GpuDevice device, Arguments arguments)
{
    private static readonly WeightType[] Types = [.. Enum.GetValues<WeightType>().Except([WeightType.Int8])];

    /// <summary>Prints what is found; whether all is right.</summary>
    public bool Run()
    {
        Report.Device(device);

        // All types where it matters most; elsewhere all wide and all narrow, since each is the same code on other sizes.
        (SampleType Features, WeightType Weights)[] all = [.. Types.SelectMany(f => Types.Select(w => ((SampleType)f, w)))];
        (SampleType Features, WeightType Weights)[] alike = [.. Types.Select(t => ((SampleType)t, t))];
        (SampleType Features, WeightType Weights)[] images = [.. alike, (SampleType.UInt8, WeightType.Float32)];
        bool right = true;
        if (Wants(ModelKind.Heads))
        {
            right &= Head<Inception1000>(all) & Head<Inception2>(alike) & Head<Vgg1000>(alike) & Head<VggChannelsFirst1000>(alike)
                & Head<FastAi37>(alike) & Head<Perceptron10>(alike);
        }

        if (Wants(ModelKind.Networks))
            right &= Network<ThreeConvolutions>(alike) & Network<OddLayers>(alike) & Network<MobileNetV1>(images) & Network<ResNet50>(images);
        return right;
    }

    private bool Wants(ModelKind kind) => arguments.Models is { } only ? only == kind : kind is ModelKind.Heads || !device.IsCpu;

    private bool Head<T>((SampleType Features, WeightType Weights)[] types)
        where T : class, IFusedModel<T>, IGpuModel => Run<T>(ModelKind.Heads, types, device.IsCpu ? [1, 8, 32] : [1, 8, 32, 256, 1024, 4096]);

    private bool Network<T>((SampleType Features, WeightType Weights)[] types)
        where T : class, IFusedModel<T>, IGpuModel => Run<T>(ModelKind.Networks, types, device.IsCpu ? [1] : [1, 8, 32]);

    private bool Run<T>(ModelKind kind, (SampleType Features, WeightType Weights)[] types, int[] batches)
        where T : class, IFusedModel<T>, IGpuModel
    {
        bool right = true;
        List<Row> rows = [];
        foreach (IGrouping<WeightType, SampleType> group in types.GroupBy(t => t.Weights, t => t.Features))
        {
            T cpu = RoundedWeights.Create<T>(group.Key, kind);
            foreach (SampleType features in group)
            {
                try
                {
                    using GpuModel gpu = cpu.ToGpu(device, new GpuOptions { Weights = group.Key });
                    var check = new ModelCheck<T>(cpu, cpu.CreateGpuProgram(), gpu, features, kind, Bandwidth(gpu.Accelerator));
                    foreach (int batch in arguments.Batches ?? batches)
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
        ? 2.0 * cuda.MemoryClockRate * 1e6 * cuda.MemoryBusWidth / 8 // ILGPU gives megahertz, of which each moves two values a wire.
        : null);
}
