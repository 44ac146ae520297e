namespace Fused.Samples.Digits.Training;

/// <summary>The moving mean and variance of GapHead's BatchNormalization: those of the training images, exactly.</summary>
internal sealed class Normalization
{
    private Normalization(float[] mean, float[] variance)
    {
        Mean = mean;
        Variance = variance;
    }

    public float[] Mean { get; }

    public float[] Variance { get; }

    public static Normalization Of(Samples samples)
    {
        var mean = new float[samples.Width];
        var variance = new float[samples.Width];
        for (int c = 0; c < samples.Width; c++)
        {
            double sum = 0;
            for (int i = 0; i < samples.Count; i++)
                sum += samples.Row(i)[c];

            double average = sum / samples.Count;
            double squares = 0;
            for (int i = 0; i < samples.Count; i++)
                squares += Math.Pow(samples.Row(i)[c] - average, 2);

            mean[c] = (float)average;
            variance[c] = (float)(squares / samples.Count);
        }

        return new Normalization(mean, variance);
    }

    public Samples Apply(Samples samples)
    {
        var features = new float[samples.Features.Length];
        for (int i = 0; i < features.Length; i++)
        {
            int c = i % samples.Width;
            features[i] = (samples.Features[i] - Mean[c]) / MathF.Sqrt(Variance[c] + NaiveHead.Epsilon);
        }

        return samples with { Features = features };
    }
}
