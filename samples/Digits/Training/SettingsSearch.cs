namespace Fused.Samples.Digits.Training;

/// <summary>Chooses a head's settings on training images alone: the last fifth of them judges, the others train.</summary>
internal static class SettingsSearch
{
    private static readonly float[] Rates = [1e-2f, 1e-3f, 1e-4f];
    private static readonly float[] Decays = [0, 0.1f, 1];

    public static Settings Run(string name, Samples training)
    {
        Index border = training.Count * 4 / 5;
        Samples fit = training.Slice(..border);
        Samples validation = training.Slice(border..);

        Console.WriteLine($"{name}: rate and weight decay, by the loss on {validation.Count} of the training images");
        Settings best = default;
        double bestLoss = double.PositiveInfinity;
        foreach (Settings settings in Rates.SelectMany(rate => Decays.Select(decay => new Settings(rate, decay))))
        {
            var run = new TrainingRun(fit, settings);
            for (int epoch = 0; epoch < TrainingRun.Epochs; epoch++)
                run.NextEpoch();

            Score score = run.Model.Evaluate(validation);
            Console.WriteLine($"  {settings.Rate,6}  {settings.Decay,3}   loss {score.Loss:F4}   accuracy {score.Accuracy,7:P2}");
            if (score.Loss < bestLoss)
                (best, bestLoss) = (settings, score.Loss);
        }

        Console.WriteLine($"  chosen: rate {best.Rate}, decay {best.Decay}");
        Console.WriteLine();
        return best;
    }
}
