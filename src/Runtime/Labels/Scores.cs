using Fused.CompilerServices;

namespace Fused;

/// <summary>
/// Finds the best few among scores that are there already, such as a GPU's. A model that has <see cref="LabelsAttribute"/> finds its own
/// by <c>Top</c>.
/// </summary>
public static class Scores
{
    /// <summary>The largest scores of each of n = scores.Length / labels.Count samples, with their labels.</summary>
    /// <param name="scores">n * labels.Count values, sample after sample, as <c>Predict</c> gives them.</param>
    /// <param name="labels">The names of a sample's outputs.</param>
    /// <param name="count">How many to take of each sample, from 1 to labels.Count.</param>
    /// <returns>
    /// n * count predictions, sample after sample, those of a sample from the largest score to the smallest. Equal scores keep the order of
    /// the outputs; NaN comes last.
    /// </returns>
    /// <exception cref="ArgumentException">The scores are no whole number of samples, or there is no label.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is not from 1 to labels.Count.</exception>
    public static Prediction[] Top(ReadOnlySpan<float> scores, IReadOnlyList<string> labels, int count)
    {
        Prediction[] best = BestScores.NewArray(Samples(scores, labels), labels.Count, count);
        Top(scores, labels, best);
        return best;
    }

    /// <summary>The largest scores of each of n = scores.Length / labels.Count samples, with their labels. Allocates nothing.</summary>
    /// <param name="scores">n * labels.Count values, sample after sample, as <c>Predict</c> gives them.</param>
    /// <param name="labels">The names of a sample's outputs.</param>
    /// <param name="best">
    /// Gets n * k predictions, k = best.Length / n being from 1 to labels.Count, sample after sample, those of a sample from the largest
    /// score to the smallest. Equal scores keep the order of the outputs; NaN comes last.
    /// </param>
    /// <exception cref="ArgumentException">A length does not fit, or there is no label.</exception>
    public static void Top(ReadOnlySpan<float> scores, IReadOnlyList<string> labels, Span<Prediction> best)
    {
        int samples = Samples(scores, labels);
        BestScores.Find(scores, labels, best, BestScores.Count(samples, labels.Count, best.Length));
    }

    private static int Samples(ReadOnlySpan<float> scores, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count == 0)
            throw new ArgumentException("There is no label.", nameof(labels));
        (int samples, int rest) = Math.DivRem(scores.Length, labels.Count);
        return rest == 0
            ? samples
            : throw new ArgumentException($"{scores.Length} scores are no whole number of samples of {labels.Count}, as many as there are labels.", nameof(scores));
    }
}
