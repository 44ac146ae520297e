namespace Fused.Samples.Digits.Training;

/// <summary>The mean cross-entropy and the share of right answers on a set of samples.</summary>
internal readonly record struct Score(double Loss, double Accuracy);

/// <summary>
/// A Dense layer with softmax, trained by Adam on minibatches. The ten outputs are spread over threads, each one's
/// arithmetic being one thread's in a fixed order, so that the number of threads does not change the result.
/// </summary>
internal sealed class SoftmaxRegression
{
    private const int Classes = DigitsData.Classes;
    private const int BatchSize = 32;

    private readonly float[][] _kernels = new float[Classes][]; // a row for each output: (out, in)
    private readonly float[][] _gradients = new float[Classes][];
    private readonly Adam[] _kernelSteps = new Adam[Classes];
    private readonly float[] _bias = new float[Classes];
    private readonly Adam _biasStep = new(Classes, decay: 0);

    public SoftmaxRegression(int inputs, float decay)
    {
        for (int k = 0; k < Classes; k++)
        {
            _kernels[k] = new float[inputs]; // zero is a fine start here: the problem is convex
            _gradients[k] = new float[inputs];
            _kernelSteps[k] = new Adam(inputs, decay);
        }
    }

    public ReadOnlySpan<float> Bias => _bias;

    /// <summary>The kernel as Keras stores it: (in, out).</summary>
    public float[] Kernel()
    {
        int inputs = _kernels[0].Length;
        var kernel = new float[inputs * Classes];
        for (int i = 0; i < kernel.Length; i++)
            kernel[i] = _kernels[i % Classes][i / Classes];

        return kernel;
    }

    /// <summary>One pass over the samples, in the order given.</summary>
    public void TrainEpoch(Samples samples, int[] order, float rate)
    {
        foreach (int[] batch in order.Chunk(BatchSize))
            TrainBatch(samples, batch, rate);
    }

    public Score Evaluate(Samples samples)
    {
        float[] probabilities = Predict(samples, [.. Enumerable.Range(0, samples.Count)]);
        double loss = 0;
        int right = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            ReadOnlySpan<float> row = probabilities.AsSpan(i * Classes, Classes);
            loss -= Math.Log(Math.Max(row[samples.Labels[i]], float.Epsilon));
            right += Probabilities.Best(row) == samples.Labels[i] ? 1 : 0;
        }

        return new Score(loss / samples.Count, (double)right / samples.Count);
    }

    private void TrainBatch(Samples samples, int[] batch, float rate)
    {
        // The gradient of cross-entropy by the logits is the probabilities minus the one-hot label.
        float[] errors = Predict(samples, batch);
        for (int i = 0; i < batch.Length; i++)
            errors[i * Classes + samples.Labels[batch[i]]] -= 1;

        var biasGradient = new float[Classes];
        Parallel.For(0, Classes, k =>
        {
            float[] gradient = _gradients[k];
            Array.Clear(gradient);
            for (int i = 0; i < batch.Length; i++)
            {
                float error = errors[i * Classes + k] / batch.Length;
                VectorMath.AddScaled(gradient, samples.Row(batch[i]), error);
                biasGradient[k] += error;
            }

            _kernelSteps[k].Step(_kernels[k], gradient, rate);
        });
        _biasStep.Step(_bias, biasGradient, rate);
    }

    private float[] Predict(Samples samples, int[] rows)
    {
        var outputs = new float[rows.Length * Classes];
        Parallel.For(0, Classes, k =>
        {
            for (int i = 0; i < rows.Length; i++)
                outputs[i * Classes + k] = VectorMath.Dot(samples.Row(rows[i]), _kernels[k]) + _bias[k];
        });
        for (int i = 0; i < rows.Length; i++)
            Probabilities.Softmax(outputs.AsSpan(i * Classes, Classes));

        return outputs;
    }
}
