namespace Fused.CompilerServices;

/// <summary>
/// Finds the k best of a sample's scores, in one pass over them: the best so far are a heap with the worst of them on top, which each
/// other score is compared with (Knuth, TAOCP 3, 5.2.3). The heap is the result's own memory.
/// </summary>
internal static class BestScores
{
    /// <summary>An array for so many predictions of each sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is not from 1 to <paramref name="outputs"/>.</exception>
    public static Prediction[] NewArray(int samples, int outputs, int count)
    {
        if (count < 1 || count > outputs)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"The count must be from 1 to {outputs}, the number of outputs.");
        return new Prediction[checked(samples * count)];
    }

    /// <summary>How many predictions of each sample there is room for; 0 where there is no sample.</summary>
    /// <exception cref="ArgumentException">It is no whole number from 1 to <paramref name="outputs"/>.</exception>
    public static int Count(int samples, int outputs, int best)
    {
        (int count, int rest) = samples == 0 ? (0, best) : Math.DivRem(best, samples);
        if (rest != 0 || count > outputs || (count == 0 && samples > 0))
        {
            throw new ArgumentException(
                $"Room for {best} predictions does not fit {samples} samples: each needs as much, for 1 to {outputs} predictions.", nameof(best));
        }

        return count;
    }

    /// <summary>Finds the best scores of each sample.</summary>
    /// <param name="scores">All samples' scores, as many of each as there are labels.</param>
    /// <param name="labels">The names of a sample's outputs.</param>
    /// <param name="best">Gets the best ones, sample after sample.</param>
    /// <param name="count">How many of each sample.</param>
    public static void Find(ReadOnlySpan<float> scores, IReadOnlyList<string> labels, Span<Prediction> best, int count)
    {
        int outputs = labels.Count;
        for (; !scores.IsEmpty; scores = scores[outputs..], best = best[count..])
            Find(scores[..outputs], labels, best[..count]);
    }

    private static void Find(ReadOnlySpan<float> row, IReadOnlyList<string> labels, Span<Prediction> best)
    {
        for (int i = 0; i < best.Length; i++)
            best[i] = new Prediction(i, "", row[i]);
        for (int i = best.Length / 2 - 1; i >= 0; i--)
            Sink(best, i);

        for (int i = best.Length; i < row.Length; i++)
        {
            // Nearly all scores are worse than the worst of the best; what this lets through beside better ones are NaN.
            if (row[i] <= best[0].Score)
                continue;
            var next = new Prediction(i, "", row[i]);
            if (Precedes(next, best[0]))
            {
                best[0] = next;
                Sink(best, 0);
            }
        }

        // The worst goes last, then the worst of the others before it.
        for (int end = best.Length - 1; end > 0; end--)
        {
            (best[0], best[end]) = (best[end], best[0]);
            Sink(best[..end], 0);
        }

        foreach (ref Prediction prediction in best)
            prediction = prediction with { Label = labels[prediction.Index] };
    }

    /// <summary>Puts what stands at a place of the heap where it belongs below it, so that nothing there is worse than what is above.</summary>
    private static void Sink(Span<Prediction> heap, int place)
    {
        Prediction sinking = heap[place];
        for (int child; (child = 2 * place + 1) < heap.Length; place = child)
        {
            if (child + 1 < heap.Length && Precedes(heap[child], heap[child + 1]))
                child++;
            if (!Precedes(sinking, heap[child]))
                break;
            heap[place] = heap[child];
        }

        heap[place] = sinking;
    }

    /// <summary>The order of the result: larger scores first, NaN last, and equals in the order of the outputs.</summary>
    private static bool Precedes(in Prediction a, in Prediction b)
    {
        if (a.Score > b.Score)
            return true;
        if (a.Score < b.Score)
            return false;
        bool isNumber = !float.IsNaN(a.Score);
        return isNumber == !float.IsNaN(b.Score) ? a.Index < b.Index : isNumber;
    }
}
