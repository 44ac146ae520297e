namespace Fused.Samples.Digits.Training;

/// <summary>
/// Trains both heads on the frozen features, with the same optimiser, number of epochs and choice of settings, and writes their weights.
/// The held-out images are scored on the way, for the curves, and decide nothing.
/// </summary>
internal static class Trainer
{
    public static void Run(DigitSet training, DigitSet heldOut, string folder)
    {
        var backbone = new Backbone();
        var maps = new Samples(backbone.Features(training), training.Labels);
        var heldOutMaps = new Samples(backbone.Features(heldOut), heldOut.Labels);
        Samples pooled = Pool(maps);
        Normalization normalization = Normalization.Of(pooled);
        Samples features = normalization.Apply(pooled);
        Samples heldOutFeatures = normalization.Apply(Pool(heldOutMaps));

        var gap = new TrainingRun(features, SettingsSearch.Run("GapHead", features));
        var flatten = new TrainingRun(maps, SettingsSearch.Run("FlattenHead", maps));

        Console.WriteLine($"Both heads on all {training.Count} training images; the other {heldOut.Count} are held out:");
        Console.WriteLine();
        Console.WriteLine("        GapHead                               FlattenHead");
        Console.WriteLine("        training            held out          training            held out");
        Console.WriteLine("epoch   loss    accuracy    loss    accuracy  loss    accuracy    loss    accuracy");
        for (int epoch = 1; epoch <= TrainingRun.Epochs; epoch++)
        {
            gap.NextEpoch();
            flatten.NextEpoch();
            if (epoch is 1 or 2 or 5 || epoch % 10 == 0)
            {
                Console.WriteLine(
                    $"{epoch,5}   {Cell(gap, features)}    {Cell(gap, heldOutFeatures)}  {Cell(flatten, maps)}    {Cell(flatten, heldOutMaps)}");
            }
        }

        Directory.CreateDirectory(folder);
        SaveGap(gap.Model, normalization, Path.Combine(folder, "gap-head.safetensors"));
        SaveFlatten(flatten.Model, Path.Combine(folder, "flatten-head.safetensors"));
        Console.WriteLine();
        Console.WriteLine($"Wrote both heads to {folder}.");
    }

    private static Samples Pool(Samples maps)
    {
        var pooled = new float[maps.Count * Backbone.Channels];
        for (int i = 0; i < maps.Count; i++)
            NaiveHead.Pool(maps.Row(i), pooled.AsSpan(i * Backbone.Channels, Backbone.Channels));

        return maps with { Features = pooled };
    }

    private static string Cell(TrainingRun run, Samples samples)
    {
        Score score = run.Model.Evaluate(samples);
        return $"{score.Loss:F4}  {score.Accuracy,8:P2}";
    }

    private static void SaveGap(SoftmaxRegression model, Normalization normalization, string path)
    {
        const int Channels = Backbone.Channels;
        var writer = new SafetensorsWriter();

        // The Dense that follows can scale and shift by itself, so gamma and beta have nothing to learn here.
        writer.AddSingle("batch_normalization.gamma", Enumerable.Repeat(1f, Channels).ToArray(), Channels);
        writer.AddSingle("batch_normalization.beta", new float[Channels], Channels);
        writer.AddSingle("batch_normalization.moving_mean", normalization.Mean, Channels);
        writer.AddSingle("batch_normalization.moving_variance", normalization.Variance, Channels);
        writer.AddSingle("dense.kernel", model.Kernel(), Channels, DigitsData.Classes);
        writer.AddSingle("dense.bias", model.Bias, DigitsData.Classes);
        writer.Save(path);
    }

    private static void SaveFlatten(SoftmaxRegression model, string path)
    {
        var writer = new SafetensorsWriter();
        writer.AddHalf("dense.kernel", model.Kernel(), Backbone.MapLength, DigitsData.Classes);
        writer.AddSingle("dense.bias", model.Bias, DigitsData.Classes);
        writer.Save(path);
    }
}
