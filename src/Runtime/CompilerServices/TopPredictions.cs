using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Fused.CompilerServices;

/// <summary>What the generated <c>Top</c> does: predicts into memory that is borrowed for the call, and finds the best scores there.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TopPredictions
{
    /// <summary>As many scores lie on the stack: 4 KB, those of a sample of most networks.</summary>
    private const int OnStack = 1024;

    /// <summary>The best outputs of each sample.</summary>
    /// <typeparam name="TModel">The model's class.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="input">The samples.</param>
    /// <param name="count">How many of each sample.</param>
    /// <exception cref="ArgumentException">The samples or the count do not fit the model.</exception>
    public static Prediction[] Of<TModel>(TModel model, ReadOnlySpan<float> input, int count)
        where TModel : class, ILabeledModel<TModel>
    {
        Prediction[] best = NewArray<TModel>(input.Length, count);
        Of(model, input, best);
        return best;
    }

    /// <summary>The best outputs of each sample.</summary>
    /// <typeparam name="TModel">The model's class.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="input">The samples.</param>
    /// <param name="best">Gets as many of each sample as there is room for.</param>
    /// <exception cref="ArgumentException">A length does not fit the model.</exception>
    [SkipLocalsInit]
    public static void Of<TModel>(TModel model, ReadOnlySpan<float> input, Span<Prediction> best)
        where TModel : class, ILabeledModel<TModel>
    {
        int count = Count<TModel>(input.Length, best.Length, out int length);
        using var scores = new Borrowed(length <= OnStack ? stackalloc float[OnStack] : default, length);
        model.Predict(input, scores.Values);
        BestScores.Find(scores.Values, TModel.Labels, best, count);
    }

    /// <inheritdoc cref="Of{TModel}(TModel, ReadOnlySpan{float}, int)"/>
    public static Prediction[] Of<TModel>(TModel model, ReadOnlySpan<Half> input, int count)
        where TModel : class, ILabeledModel<TModel>
    {
        Prediction[] best = NewArray<TModel>(input.Length, count);
        Of(model, input, best);
        return best;
    }

    /// <inheritdoc cref="Of{TModel}(TModel, ReadOnlySpan{float}, Span{Prediction})"/>
    [SkipLocalsInit]
    public static void Of<TModel>(TModel model, ReadOnlySpan<Half> input, Span<Prediction> best)
        where TModel : class, ILabeledModel<TModel>
    {
        int count = Count<TModel>(input.Length, best.Length, out int length);
        using var scores = new Borrowed(length <= OnStack ? stackalloc float[OnStack] : default, length);
        model.Predict(input, scores.Values);
        BestScores.Find(scores.Values, TModel.Labels, best, count);
    }

    /// <summary>The best outputs of each sample.</summary>
    /// <typeparam name="TModel">The model's class.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="input">The samples.</param>
    /// <param name="quantization">What the bytes mean.</param>
    /// <param name="count">How many of each sample.</param>
    /// <exception cref="ArgumentException">The samples, the count or the quantization do not fit.</exception>
    public static Prediction[] Of<TModel>(TModel model, ReadOnlySpan<byte> input, Quantization quantization, int count)
        where TModel : class, ILabeledModel<TModel>
    {
        Prediction[] best = NewArray<TModel>(input.Length, count);
        Of(model, input, quantization, best);
        return best;
    }

    /// <summary>The best outputs of each sample.</summary>
    /// <typeparam name="TModel">The model's class.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="input">The samples.</param>
    /// <param name="quantization">What the bytes mean.</param>
    /// <param name="best">Gets as many of each sample as there is room for.</param>
    /// <exception cref="ArgumentException">A length or the quantization does not fit.</exception>
    [SkipLocalsInit]
    public static void Of<TModel>(TModel model, ReadOnlySpan<byte> input, Quantization quantization, Span<Prediction> best)
        where TModel : class, ILabeledModel<TModel>
    {
        int count = Count<TModel>(input.Length, best.Length, out int length);
        using var scores = new Borrowed(length <= OnStack ? stackalloc float[OnStack] : default, length);
        model.Predict(input, quantization, scores.Values);
        BestScores.Find(scores.Values, TModel.Labels, best, count);
    }

    private static Prediction[] NewArray<TModel>(int input, int count)
        where TModel : class, ILabeledModel<TModel> =>
        BestScores.NewArray(Samples<TModel>(input, out _), TModel.OutputLength, count);

    /// <summary>How many outputs of each sample there is room for.</summary>
    private static int Count<TModel>(int input, int best, out int scores)
        where TModel : class, ILabeledModel<TModel> =>
        BestScores.Count(Samples<TModel>(input, out scores), TModel.OutputLength, best);

    private static int Samples<TModel>(int input, out int scores)
        where TModel : class, ILabeledModel<TModel>
    {
        scores = checked(input / TModel.InputLength * TModel.OutputLength);
        return PredictArguments.Check(typeof(TModel).Name, TModel.InputLength, TModel.OutputLength, input, scores);
    }

    /// <summary>Memory for scores: the caller's, or the shared pool's where that is too small.</summary>
    private readonly ref struct Borrowed
    {
        private readonly float[]? _array;

        public Borrowed(Span<float> memory, int length)
        {
            _array = length > memory.Length ? ArrayPool<float>.Shared.Rent(length) : null;
            Values = (_array ?? memory)[..length];
        }

        public Span<float> Values { get; }

        public void Dispose()
        {
            if (_array is not null)
                ArrayPool<float>.Shared.Return(_array);
        }
    }
}
