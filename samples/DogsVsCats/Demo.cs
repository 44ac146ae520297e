using System.Diagnostics;

namespace Fused.Samples.DogsVsCats;

/// <summary>What the sample shows: a trained head on real feature maps, checked against its reference where there is one.</summary>
internal static class Demo
{
    /// <summary>The reference is float64; the head sums in float32, on a GPU in another order.</summary>
    public const float Tolerance = 1e-5f;

    private const int Shown = 8;

    public static void Run(Options options)
    {
        DogsVsCatsHead head = DogsVsCatsHead.Load(options.Weights);
        using GpuModel? gpu = GpuDemo.Open(head, options.Device);
        Console.WriteLine(DogsVsCatsHead.Summary);

        FeatureMaps features = FeatureMaps.Load(options.Features, DogsVsCatsHead.Summary.InputShape);
        float[] answers = head.Predict(features.Maps);

        int[] rows = [.. Enumerable.Range(0, features.Count)];
        if (options.Reference is not null)
            rows = CompareWithReference(options.Reference, answers);

        if (features.Labels is not null)
            ShowAccuracy(answers, features.Labels, rows);

        ShowAnswers(features, answers, rows);
        ShowThroughput($"up to {head.Options.MaxDegreeOfParallelism} threads", features, (input, output) => head.Predict(input, output.Span));

        if (gpu is not null)
            GpuDemo.Compare(gpu, features, answers, rows);
    }

    /// <summary>Compares with a float64 computation of the same head, and returns the rows that it was not trained on.</summary>
    private static int[] CompareWithReference(string path, float[] answers)
    {
        using TensorFile file = TensorFile.Open(path);
        float[] expected = file.ReadSingle("softmax");
        float difference = answers.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
        if (answers.Length != expected.Length || !(difference <= Tolerance))
            throw new InvalidDataException($"The probabilities differ from {path} by {difference:G2}, more than {Tolerance:G2}.");

        Console.WriteLine($"Largest difference to the float64 reference, over {answers.Length} probabilities: {difference:G2}");
        return file.ReadInt32("test_index");
    }

    private static void ShowAccuracy(float[] answers, int[] labels, int[] rows)
    {
        int right = rows.Count(row => Answer(answers, row).Index == labels[row]);
        string which = rows.Length < labels.Length ? "held-out photos" : "photos";
        Console.WriteLine($"Accuracy on {rows.Length} {which}: {(double)right / rows.Length:P1} ({right} right)");
        Console.WriteLine();
    }

    /// <summary>Prints the answers for some of the rows.</summary>
    public static void ShowAnswers(FeatureMaps features, float[] answers, int[] rows)
    {
        // Spread over the rows, as photos of one class tend to lie together.
        foreach (int row in rows.Where((_, place) => place % Math.Max(1, rows.Length / Shown) == 0).Take(Shown))
        {
            (int answer, string label, float probability) = Answer(answers, row);
            string name = features.Names?[row] ?? $"map {row}";
            string verdict = features.Labels is null || features.Labels[row] == answer ? "" : "   wrong";
            Console.WriteLine($"  {name,-34}  {label} {probability,8:P2}{verdict}");
        }

        Console.WriteLine();
    }

    /// <summary>The best of the answers for a row: <c>head.Top(map, 1)</c> where they had not been predicted.</summary>
    private static Prediction Answer(float[] answers, int row) =>
        Scores.Top(answers.AsSpan(row * DogsVsCatsHead.OutputLength, DogsVsCatsHead.OutputLength), DogsVsCatsHead.Labels, count: 1)[0];

    /// <summary>Times predictions one at a time and all at once.</summary>
    public static void ShowThroughput(string where, FeatureMaps features, Action<float[], Memory<float>> predict)
    {
        float[] one = features.Maps[..DogsVsCatsHead.InputLength];
        var answers = new float[features.Count * DogsVsCatsHead.OutputLength];
        double single = CallsPerSecond(() => predict(one, answers.AsMemory(0, DogsVsCatsHead.OutputLength)));
        double batch = CallsPerSecond(() => predict(features.Maps, answers)) * features.Count;
        Console.WriteLine($"Predictions a second, {where}: {single:N0} one at a time, {batch:N0} {features.Count} at once");
    }

    private static double CallsPerSecond(Action call)
    {
        Count(call, seconds: 0.5); // until the optimised code is there
        return Count(call, seconds: 1);
    }

    private static double Count(Action call, double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        int calls = 0;
        for (; Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; calls++)
            call();

        return calls / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
