namespace Fused.GpuCheck;

/// <summary>
/// Random samples: features as after a relu, or images, whose bytes every type holds. There are few, again and again, so that the CPU has little to compute; their number is
/// prime, so that those that meet in a tile are not the same in the next.
/// </summary>
internal sealed class Samples(int inputLength, SampleType type, ModelKind kind)
{
    private const int Distinct = 61;

    private readonly float[] _values = Create(inputLength, type, kind);

    /// <summary>A batch of them, in a type of its own.</summary>
    public T[] Batch<T>(int count, Func<float, T> convert)
    {
        T[] converted = Array.ConvertAll(_values, value => convert(value));
        var batch = new T[(long)count * inputLength];
        for (int i = 0; i < count; i += Distinct)
        {
            int length = Math.Min(Distinct, count - i) * inputLength;
            converted.AsSpan(0, length).CopyTo(batch.AsSpan(i * inputLength, length));
        }

        return batch;
    }

    /// <summary>What the CPU makes of each, and which of them a sample of a batch is.</summary>
    public (float[] Outputs, Func<int, int> Which) Expected<T>(T model)
        where T : class, IFusedModel<T> => (model.Predict(_values), sample => sample % Distinct);

    private static float[] Create(int inputLength, SampleType type, ModelKind kind)
    {
        var random = new Random(1);
        var values = new float[Distinct * inputLength];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = kind is ModelKind.Networks ? random.Next(256)
                : random.Next(4) == 0 ? 0 : Rounding.To(type, (float)(2 * random.NextDouble()));
        }

        return values;
    }
}
