namespace Fused.Testing.Compiling;

/// <summary>What a model has beside an <see cref="IModel"/>'s members whose samples are bytes.</summary>
internal abstract class ByteModel
{
    /// <summary>The same model.</summary>
    /// <exception cref="ArgumentException">Its samples are no bytes.</exception>
    public static ByteModel Of(IModel model) =>
        (ByteModel)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(model.Instance.GetType()), model.Instance)!;

    public abstract float[] Predict(ReadOnlySpan<byte> input);

    public abstract void Predict(ReadOnlySpan<byte> input, Span<float> output);

    private sealed class Typed<T>(T model) : ByteModel
        where T : class, IByteModel<T>
    {
        public override float[] Predict(ReadOnlySpan<byte> input) => model.Predict(input);

        public override void Predict(ReadOnlySpan<byte> input, Span<float> output) => model.Predict(input, output);
    }
}
