namespace Fused.Samples.Digits.Training;

/// <summary>What is chosen for each head on its own: the first learning rate, and the weight decay.</summary>
internal readonly record struct Settings(float Rate, float Decay);

/// <summary>One training of one head: the schedule of the passes over the samples.</summary>
internal sealed class TrainingRun(Samples samples, Settings settings)
{
    public const int Epochs = 100;

    private readonly SplitMix64 _random = new(seed: 3);
    private readonly int[] _order = [.. Enumerable.Range(0, samples.Count)];
    private int _epoch;

    public SoftmaxRegression Model { get; } = new(samples.Width, settings.Decay);

    /// <summary>A pass over the samples in a new order. The rate falls in a line to zero, so that the last epochs settle.</summary>
    public void NextEpoch()
    {
        _random.Shuffle<int>(_order);
        Model.TrainEpoch(samples, _order, settings.Rate * (Epochs - _epoch) / Epochs);
        _epoch++;
    }
}
