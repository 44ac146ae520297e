namespace Fused.Runtime.Tests.Labels;

/// <summary>The best few of scores: their order, also of equal ones and of NaN, for one sample and for several, and what is refused.</summary>
public sealed class ScoresTests
{
    private static readonly string[] Animals = ["cat", "dog", "fox", "owl"];

    [Fact]
    public void The_best_come_with_their_labels()
    {
        Prediction[] best = Scores.Top([0.1f, 0.6f, 0.1f, 0.2f], Animals, 2);

        Assert.Equal([new Prediction(1, "dog", 0.6f), new Prediction(3, "owl", 0.2f)], best);
    }

    [Fact]
    public void Predictions_come_apart_in_two_ways()
    {
        var texts = new List<string>();
        foreach (var (label, score) in Scores.Top([1, 3, 2, 0], Animals, 2))
            texts.Add($"{label} {score}");
        foreach (var (index, label, score) in Scores.Top([1, 3, 2, 0], Animals, 1))
            texts.Add($"{index} {label} {score}");

        Assert.Equal(["dog 3", "fox 2", "1 dog 3"], texts);
    }

    [Fact]
    public void Equal_scores_keep_the_order_of_the_outputs_and_NaN_comes_last()
    {
        float[] scores = [float.NaN, 0f, -0f, float.NegativeInfinity];

        Assert.Equal([1, 2, 3, 0], Scores.Top(scores, Animals, 4).Select(p => p.Index));
        Assert.Equal([0, 1, 2, 3], Scores.Top([float.NaN, float.NaN, float.NaN, float.NaN], Animals, 4).Select(p => p.Index));
        Assert.Equal([3, 2], Scores.Top([float.NaN, float.NaN, -1f, float.PositiveInfinity], Animals, 2).Select(p => p.Index));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(1000)]
    public void As_sorting_all_of_them_would_have_it(int outputs)
    {
        var random = new Random(outputs);
        string[] labels = [.. Enumerable.Range(0, outputs).Select(i => $"label {i}")];
        foreach (int count in new[] { 1, 2, 3, 5, 16, outputs / 2, outputs - 1, outputs }.Where(count => count >= 1 && count <= outputs).Distinct())
        {
            // Few values, so that many are equal; each sample has another order.
            float[] scores = [.. Enumerable.Range(0, 7 * outputs).Select(_ => random.Next(50) switch { 0 => float.NaN, 1 => float.PositiveInfinity, var n => n / 4 })];

            Prediction[] best = Scores.Top(scores, labels, count);

            IEnumerable<Prediction> expected = Enumerable.Range(0, 7).SelectMany(sample => Enumerable.Range(0, outputs)
                .Select(i => new Prediction(i, labels[i], scores[sample * outputs + i]))
                .OrderBy(p => float.IsNaN(p.Score)).ThenByDescending(p => p.Score).ThenBy(p => p.Index)
                .Take(count));
            Assert.Equal(expected, best);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sorted_either_way_before(bool descending)
    {
        float[] scores = [.. Enumerable.Range(0, 500).Select(i => descending ? -i : (float)i)];

        Prediction[] best = Scores.Top(scores, [.. scores.Select(s => $"{s}")], 100);

        Assert.Equal(scores.OrderDescending().Take(100), best.Select(p => p.Score));
        Assert.All(best, p => Assert.Equal($"{p.Score}", p.Label));
    }

    [Fact]
    public void No_sample_has_no_best()
    {
        Assert.Empty(Scores.Top([], Animals, 3));
        Scores.Top([], Animals, []);
    }

    [Fact]
    public void As_many_of_each_sample_as_there_is_room_for()
    {
        var best = new Prediction[4];

        Scores.Top([1, 2, 3, 4, 8, 7, 6, 5], Animals, best);

        Assert.Equal([3, 2, 0, 1], best.Select(p => p.Index));
    }

    [Fact]
    public void Into_memory_that_is_there_nothing_is_allocated()
    {
        float[] scores = [.. Enumerable.Range(0, 3000).Select(i => MathF.Sin(i))];
        string[] labels = [.. Enumerable.Range(0, 1000).Select(i => $"{i}")];
        var best = new Prediction[15];
        Scores.Top(scores, labels, best);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Scores.Top(scores, labels, best);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(5)]
    public void A_count_that_does_not_fit_is_refused(int count)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => Scores.Top([1, 2, 3, 4], Animals, count));

        Assert.Equal("count", exception.ParamName);
        Assert.StartsWith("The count must be from 1 to 4, the number of outputs.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(2, 3)]
    [InlineData(2, 10)]
    [InlineData(0, 1)]
    public void Room_that_does_not_fit_is_refused(int samples, int room)
    {
        var exception = Assert.Throws<ArgumentException>(() => Scores.Top(new float[samples * 4], Animals, new Prediction[room]));

        Assert.Equal("best", exception.ParamName);
        Assert.StartsWith($"Room for {room} predictions does not fit {samples} samples: each needs as much, for 1 to 4 predictions.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_that_are_no_whole_number_of_samples_are_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => Scores.Top([1, 2, 3], Animals, 1));

        Assert.Equal("scores", exception.ParamName);
        Assert.StartsWith("3 scores are no whole number of samples of 4, as many as there are labels.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_needed()
    {
        Assert.Equal("labels", Assert.Throws<ArgumentException>(() => Scores.Top([1, 2, 3], [], 1)).ParamName);
        Assert.Equal("labels", Assert.Throws<ArgumentNullException>(() => Scores.Top([1, 2, 3], null!, 1)).ParamName);
    }
}
