using Fused.Benchmarks.Heads;

namespace Fused.Benchmarks.Peers;

/// <summary>Loops as they stand in a textbook, on one thread.</summary>
internal sealed class NaiveContestant(Workload workload) : Contestant(workload)
{
    private readonly Workload _workload = workload;

    public override void Run()
    {
        int inputs = _workload.Head.Input.Length;
        int outputs = _workload.Head.OutputLength;
        for (int n = 0; n < _workload.Batch; n++)
            Sample(_workload.Input.Span.Slice(n * inputs, inputs), Output.Span.Slice(n * outputs, outputs));
    }

    private void Sample(ReadOnlySpan<float> x, Span<float> y)
    {
        float[] values = Pool(x);
        for (int layer = 0; layer < _workload.Model.Layers.Length; layer++)
        {
            values = Dense(values, _workload.Model.Layers[layer]);
            if (layer < _workload.Model.Layers.Length - 1)
                Relu(values);
        }

        Softmax(values, y);
    }

    private float[] Pool(ReadOnlySpan<float> x)
    {
        MapShape shape = _workload.Head.Input;
        bool last = shape.Layout == DataLayout.ChannelsLast;
        var pooled = new float[shape.Channels];
        for (int c = 0; c < shape.Channels; c++)
        {
            float sum = 0;
            for (int p = 0; p < shape.Positions; p++)
                sum += x[last ? (p * shape.Channels) + c : (c * shape.Positions) + p];
            pooled[c] = sum / shape.Positions;
        }

        return pooled;
    }

    private static float[] Dense(float[] x, DenseWeights layer)
    {
        var y = new float[layer.Outputs];
        for (int o = 0; o < layer.Outputs; o++)
        {
            float sum = layer.Bias[o];
            for (int i = 0; i < layer.Inputs; i++)
                sum += x[i] * layer.Kernel[(i * layer.Outputs) + o];
            y[o] = sum;
        }

        return y;
    }

    private static void Relu(float[] values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Max(values[i], 0);
    }

    private static void Softmax(float[] values, Span<float> y)
    {
        float max = values.Max();
        float sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            y[i] = MathF.Exp(values[i] - max);
            sum += y[i];
        }

        for (int i = 0; i < values.Length; i++)
            y[i] /= sum;
    }
}
