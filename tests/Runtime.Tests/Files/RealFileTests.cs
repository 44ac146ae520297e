namespace Fused.Runtime.Tests.Files;

/// <summary>Files that Python wrote: weights by safetensors, features by NumPy.</summary>
public class RealFileTests
{
    private const int Positions = 7 * 7, Channels = 256, Classes = 2;

    [SkippableFact]
    public void Features_through_the_trained_head_give_the_reference_logits()
    {
        ModelWeights weights = ModelWeights.Load(
            SharedData.File("dogs-vs-cats/head.safetensors"),
            [new("dense", TensorRole.Kernel, Channels, Classes), new("dense", TensorRole.Bias, Classes)]);
        using TensorFile features = TensorFile.Open(SharedData.File("dogs-vs-cats/features.npz"));
        using TensorFile reference = TensorFile.Open(SharedData.File("dogs-vs-cats/expected.npz"));
        float[] maps = features.ReadSingle("maps");
        float[] logits = reference.ReadSingle("logits");

        for (int n = 0; n < logits.Length / Classes; n++)
        {
            double[] gap = new double[Channels];
            for (int i = 0; i < Positions * Channels; i++)
                gap[i % Channels] += maps[n * Positions * Channels + i] / (double)Positions;
            for (int k = 0; k < Classes; k++)
            {
                double logit = weights[1][k];
                for (int c = 0; c < Channels; c++)
                    logit += gap[c] * weights[0][c * Classes + k];
                Assert.Equal(logit, logits[n * Classes + k], 1e-4);
            }
        }
    }

    [SkippableFact]
    public void The_features_are_listed_and_their_labels_read()
    {
        using TensorFile features = TensorFile.Open(SharedData.File("dogs-vs-cats/features.npz"));

        Assert.Contains("maps <f2 (370, 7, 7, 256)", features.Tensors.Select(t => t.ToString()));
        int[] labels = features.ReadInt32("label");
        Assert.Equal(370, labels.Length);
        Assert.Equal(250, labels.Sum());
    }

    [SkippableFact]
    public void The_average_of_the_inception_maps_is_the_reference()
    {
        const int length = 8 * 8 * 2048;
        using TensorFile maps = TensorFile.Open(SharedData.File("inception-mixed10/maps.npz"));
        using TensorFile gap = TensorFile.Open(SharedData.File("inception-mixed10/gap.npz"));
        float[] features = maps.ReadSingle("maps");
        float[] expected = gap.ReadSingle("gap");
        int[] photos = maps.ReadInt32("idx");

        for (int n = 0; n < photos.Length; n++)
        {
            for (int c = 0; c < 2048; c += 97)
            {
                double sum = 0;
                for (int p = 0; p < 64; p++)
                    sum += features[n * length + p * 2048 + c];
                Assert.Equal(expected[photos[n] * 2048 + c], sum / 64, 2e-3);
            }
        }
    }
}
