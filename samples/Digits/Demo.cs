namespace Fused.Samples.Digits;

/// <summary>What the sample shows: both heads on the 450 digits that they have not seen.</summary>
internal static class Demo
{
    // The two sum in different orders; anything beyond rounding is a defect.
    private const float Tolerance = 1e-5f;

    public static void Run(DigitSet heldOut, string weights)
    {
        string gapWeights = Path.Combine(weights, "gap-head.safetensors");
        GapHead gap = GapHead.Load(gapWeights);
        FlattenHead flatten = FlattenHead.Load(Path.Combine(weights, "flatten-head.safetensors"));
        NaiveHead naive = NaiveHead.Load(gapWeights);
        Console.WriteLine(GapHead.Summary);
        Console.WriteLine(FlattenHead.Summary);

        float[] maps = new Backbone().Features(heldOut);
        float[] gapAnswers = gap.Predict(maps);
        float[] flattenAnswers = flatten.Predict(maps);
        ShowDigits(heldOut, gapAnswers, flattenAnswers);
        Console.WriteLine($"{heldOut.Count} held-out digits     parameters   right   accuracy");
        ShowAccuracy(nameof(GapHead), GapHead.ParameterCount, gapAnswers, heldOut);
        ShowAccuracy(nameof(FlattenHead), FlattenHead.ParameterCount, flattenAnswers, heldOut);
        Console.WriteLine();

        CheckAgreement(naive, maps, gapAnswers);
        ShowTimes(gap, naive, maps);
    }

    /// <summary>The first three held-out digits, and two that GapHead gets wrong.</summary>
    private static void ShowDigits(DigitSet heldOut, float[] gap, float[] flatten)
    {
        IEnumerable<int> mistakes = Enumerable.Range(0, heldOut.Count).Where(i => Answer(gap, i).Digit != heldOut.Labels[i]);
        int[] shown = [.. Enumerable.Range(0, 3).Union(mistakes.Take(2))];

        TextPicture.WriteRow(heldOut, shown);
        WriteLine("is", i => $"{heldOut.Labels[i]}");
        WriteLine("gap", i => Describe(Answer(gap, i)));
        WriteLine("flatten", i => Describe(Answer(flatten, i)));
        Console.WriteLine();

        void WriteLine(string head, Func<int, string> text) =>
            Console.WriteLine(TextPicture.JoinColumns(shown.Select(i => $"{head,-8}{text(i)}")));
    }

    private static (int Digit, float Probability) Answer(float[] answers, int index)
    {
        ReadOnlySpan<float> row = answers.AsSpan(index * DigitsData.Classes, DigitsData.Classes);
        int digit = Probabilities.Best(row);
        return (digit, row[digit]);
    }

    private static string Describe((int Digit, float Probability) answer) => $"{answer.Digit} {answer.Probability:F3}";

    private static void ShowAccuracy(string head, long parameters, float[] answers, DigitSet heldOut)
    {
        int right = Probabilities.CountRight(answers, heldOut.Labels);
        Console.WriteLine($"  {head,-20} {parameters,11:N0} {right,7} {(double)right / heldOut.Count,10:P2}");
    }

    private static void CheckAgreement(NaiveHead naive, float[] maps, float[] answers)
    {
        var expected = new float[answers.Length];
        naive.Predict(maps, expected);
        float difference = answers.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
        if (!(difference <= Tolerance))
            throw new InvalidDataException($"GapHead and the naive loops differ by {difference:G2}, more than {Tolerance:G2}.");

        Console.WriteLine($"GapHead and the naive loops differ by {difference:G2} at most, over {answers.Length:N0} probabilities.");
        Console.WriteLine();
    }

    private static void ShowTimes(GapHead gap, NaiveHead naive, float[] maps)
    {
        int count = maps.Length / GapHead.InputLength;
        float[] one = maps[..GapHead.InputLength];
        var answers = new float[count * GapHead.OutputLength];

        Console.WriteLine($"Microseconds a digit, median    one at a time   {count} at once");
        Show("naive loops", 1, naive.Predict);
        FusedOptions options = gap.Options;
        gap.Options = options with { MaxDegreeOfParallelism = 1 };
        Show(nameof(GapHead), 1, gap.Predict);
        gap.Options = options;
        if (options.MaxDegreeOfParallelism > 1)
            Show(nameof(GapHead), options.MaxDegreeOfParallelism, gap.Predict);

        void Show(string name, int threads, Prediction predict)
        {
            double single = Timing.MedianMicroseconds(() => predict(one, answers.AsSpan(0, GapHead.OutputLength)));
            double batch = Timing.MedianMicroseconds(() => predict(maps, answers)) / count;
            string title = $"{name}, {threads} thread{(threads == 1 ? "" : "s")}";
            Console.WriteLine($"  {title,-29} {single,13:F2} {batch,13:F2}");
        }
    }

    private delegate void Prediction(ReadOnlySpan<float> maps, Span<float> answers);
}
