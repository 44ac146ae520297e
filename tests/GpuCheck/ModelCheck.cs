using Fused.CompilerServices;
using ILGPU;
using ILGPU.Runtime;
using Half = System.Half;

namespace Fused.GpuCheck;

/// <summary>Checks and times a model, whose samples and matrices have some type.</summary>
internal sealed class ModelCheck<T>(T cpu, GpuProgram program, GpuModel gpu, SampleType features, ModelKind kind, double? bandwidth)
    where T : class, IFusedModel<T>
{
    /// <summary>
    /// Of a sample's largest output. Both add up the same numbers in float32, in different orders, and a network some fifty times
    /// one after the other; what is left out, or taken from a neighbour, makes more difference than that.
    /// </summary>
    private readonly double _tolerance = kind is ModelKind.Networks ? 1e-4 : 1.0 / (1 << 16);

    private readonly Samples _samples = new(T.InputLength, features, kind);

    /// <summary>Checks and times a batch.</summary>
    public Row Run(int batch) => features switch
    {
        SampleType.Float32 => Run(batch, value => value, (x, y) => gpu.Predict(x, y), (x, y) => gpu.Predict(x, y)),
        SampleType.Float16 => Run(batch, value => (Half)value, (x, y) => gpu.Predict(x, y), (x, y) => gpu.Predict(x, y)),
        SampleType.UInt8 => Run(batch, value => (byte)value, (x, y) => gpu.Predict(x, y), (x, y) => gpu.Predict(x, y)),
        _ => Run(batch, value => (BFloat16)value, (x, y) => gpu.Predict(x, y), (x, y) => gpu.Predict(x, y)),
    };

    private Row Run<TX>(int batch, Func<float, TX> convert, Action<TX[], float[]> fromHost, Action<ArrayView<TX>, ArrayView<float>> onDevice)
        where TX : unmanaged
    {
        var row = new Row(features, gpu.Options.Weights, batch, program.ScheduleFor(batch).Name);
        double bytes = Bytes(batch);
        if (batch * (double)T.InputLength > Array.MaxLength)
            return row with { Problem = "more values than an array holds" };
        if (2 * bytes > gpu.Accelerator.MemorySize)
            return row with { Problem = "more than half of the device's memory" };

        TX[] input = _samples.Batch(batch, convert);
        var output = new float[batch * T.OutputLength];
        fromHost(input, output);
        double difference = Difference(output);
        double endToEnd = Timing.Median(() => fromHost(input, output), Nothing);

        Accelerator accelerator = gpu.Accelerator;
        using ScopedAcceleratorBinding binding = accelerator.BindScoped();
        using MemoryBuffer1D<TX, Stride1D.Dense> x = accelerator.Allocate1D(input);
        using MemoryBuffer1D<float, Stride1D.Dense> y = accelerator.Allocate1D<float>(output.Length);
        double device = Timing.Median(() => onDevice(x.View.BaseView, y.View.BaseView), accelerator.Synchronize);
        difference = Math.Max(difference, Difference(y.GetAsArray1D()));
        return row with { Difference = difference, OnDevice = device, EndToEnd = endToEnd, Bytes = bytes, Bound = bytes / bandwidth };
    }

    private double Difference(float[] actual)
    {
        var (expected, which) = _samples.Expected(cpu);
        double worst = 0;
        for (int n = 0; n < actual.Length / T.OutputLength; n++)
        {
            ReadOnlySpan<float> one = expected.AsSpan(which(n) * T.OutputLength, T.OutputLength);
            double tolerance = float.Epsilon, difference = 0;
            for (int k = 0; k < one.Length; k++)
            {
                tolerance = Math.Max(tolerance, _tolerance * Math.Abs(one[k]));
                double off = Math.Abs((double)actual[(n * one.Length) + k] - one[k]);
                difference = double.IsNaN(off) ? double.PositiveInfinity : Math.Max(difference, off);
            }

            worst = Math.Max(worst, difference / tolerance);
        }

        return worst;
    }

    /// <summary>Features once, weights once, outputs once.</summary>
    private double Bytes(int batch) => program.Buffers.Sum(buffer => buffer.Role switch
    {
        GpuBufferRole.Matrix => (double)buffer.Length * Rounding.Size(gpu.Options.Weights),
        GpuBufferRole.Vector => (double)buffer.Length * sizeof(float),
        _ => 0,
    }) + (batch * ((T.InputLength * (double)Rounding.Size(features)) + (T.OutputLength * sizeof(float))));

    private static void Nothing()
    {
    }
}
