using System.Numerics.Tensors;
using Fused.Benchmarks.Heads;
using Fused.CompilerServices;

namespace Fused.Benchmarks.Peers;

/// <summary>
/// System.Numerics.Tensors as a careful user writes it: every step vectorised, the weights transposed so that products are of rows,
/// each row used for all samples while it is in L1, the samples shared out among the threads, and no allocation but
/// by <see cref="Parallel"/>.
/// </summary>
internal sealed class TensorsContestant : Contestant
{
    private readonly Workload _workload;
    private readonly float[][] _kernels;
    private readonly Memory<float>[] _values;
    private readonly Action<int> _runPart;

    public TensorsContestant(Workload workload)
        : base(workload)
    {
        _workload = workload;
        _kernels = [.. workload.Model.Layers.Select(layer => layer.Transposed())];
        MapShape shape = workload.Head.Input;
        Memory<float> pooled = shape.IsVector ? workload.Input : new AlignedBuffer(workload.Batch * shape.Channels).Memory;
        _values = [pooled, .. workload.Head.Widths[..^1].Select(width => new AlignedBuffer(workload.Batch * width).Memory), Output];
        _runPart = RunPart;
    }

    public override void Run()
    {
        int parts = Math.Min(_workload.Threads, _workload.Batch);
        if (parts == 1)
            RunPart(0);
        else
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, _runPart);
    }

    private void RunPart(int part)
    {
        int parts = Math.Min(_workload.Threads, _workload.Batch);
        (int start, int end) = (_workload.Batch * part / parts, _workload.Batch * (part + 1) / parts);
        if (!_workload.Head.Input.IsVector)
            Pool(start, end);
        for (int layer = 0; layer < _kernels.Length; layer++)
            Dense(layer, start, end);

        int width = _workload.Head.OutputLength;
        for (int n = start; n < end; n++)
        {
            Span<float> row = Output.Span.Slice(n * width, width);
            TensorPrimitives.SoftMax(row, row);
        }
    }

    private void Pool(int start, int end)
    {
        MapShape shape = _workload.Head.Input;
        for (int n = start; n < end; n++)
        {
            ReadOnlySpan<float> x = _workload.Input.Span.Slice(n * shape.Length, shape.Length);
            Span<float> pooled = _values[0].Span.Slice(n * shape.Channels, shape.Channels);
            if (shape.Layout == DataLayout.ChannelsFirst)
            {
                for (int c = 0; c < shape.Channels; c++)
                    pooled[c] = TensorPrimitives.Sum(x.Slice(c * shape.Positions, shape.Positions));
            }
            else
            {
                x[..shape.Channels].CopyTo(pooled);
                for (int p = 1; p < shape.Positions; p++)
                    TensorPrimitives.Add(pooled, x.Slice(p * shape.Channels, shape.Channels), pooled);
            }

            TensorPrimitives.Divide(pooled, shape.Positions, pooled);
        }
    }

    private void Dense(int index, int start, int end)
    {
        DenseWeights layer = _workload.Model.Layers[index];
        ReadOnlySpan<float> x = _values[index].Span;
        Span<float> y = _values[index + 1].Span;
        for (int o = 0; o < layer.Outputs; o++)
        {
            ReadOnlySpan<float> row = _kernels[index].AsSpan(o * layer.Inputs, layer.Inputs);
            for (int n = start; n < end; n++)
                y[(n * layer.Outputs) + o] = TensorPrimitives.Dot(x.Slice(n * layer.Inputs, layer.Inputs), row) + layer.Bias[o];
        }

        if (index < _kernels.Length - 1)
        {
            Span<float> part = y[(start * layer.Outputs)..(end * layer.Outputs)];
            TensorPrimitives.Max(part, 0, part);
        }
    }
}
