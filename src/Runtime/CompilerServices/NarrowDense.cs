using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Fused.CompilerServices;

/// <summary>
/// The weights of a Dense layer, or of a convolution, in a narrow format. Each is rounded once, from the product of the loaded weight and what is
/// folded into it, in double.
/// </summary>
/// <typeparam name="TFormat">The format.</typeparam>
/// <typeparam name="TElement">What holds one weight.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct NarrowDense<TFormat, TElement>
    where TFormat : struct, INarrowFormat<TElement>
    where TElement : unmanaged
{
    /// <summary>
    /// How far apart the two inputs of a pair are: the lanes of the widest vector, so that vectors of neighbouring inputs make a vector
    /// of pairs without moving anything between lanes.
    /// </summary>
    private const int PairDistance = 16;

    private readonly DenseParameters _dense;
    private readonly float[] _scale;

    /// <summary>Finds the scale of each output.</summary>
    /// <param name="dense">The layer, all maps folded in.</param>
    /// <param name="weights">The loaded tensors, for messages.</param>
    /// <param name="kernel">The place of the layer's kernel among them.</param>
    /// <exception cref="FusedWeightsException">
    /// A weight is NaN, infinite or too large: from 2^30 on for float16, from (2 - 2^-8) 2^127 on for bfloat16.
    /// </exception>
    public NarrowDense(DenseParameters dense, ModelWeights weights, int kernel)
    {
        ArgumentNullException.ThrowIfNull(weights);
        double[] largest = new double[dense.Outputs];
        for (int i = 0; i < dense.Inputs; i++)
        {
            for (int o = 0; o < largest.Length; o++)
            {
                double magnitude = Math.Abs(dense.Exact(i, o));
                if (!(magnitude < TFormat.Limit)) // NaN is not below anything
                    throw FusedWeightsException.NotStorable(weights.Path, TFormat.Type, weights.Specs[kernel], dense.RowOf(i), o, dense.Exact(i, o));
                largest[o] = Math.Max(largest[o], magnitude);
            }
        }

        _dense = dense;
        _scale = Array.ConvertAll(largest, TFormat.Scale);
    }

    /// <summary>
    /// The weights in panels of neighbouring outputs, [ceil(outputs / panelWidth)][ceil(inputs / interleave)][panelWidth][interleave],
    /// padded with zeros: the weights of an output for neighbouring inputs share a word.
    /// </summary>
    /// <param name="panelWidth">The outputs of a panel.</param>
    /// <param name="interleave">The inputs whose weights are interleaved; 1 where only outputs do.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive, or the packed weights are more than an array holds.</exception>
    public AlignedBuffer<TElement> PackPanels(int panelWidth, int interleave = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(panelWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(interleave, 1);
        long panels = (_dense.Outputs + (long)panelWidth - 1) / panelWidth;
        long rows = (_dense.Inputs + (long)interleave - 1) / interleave * interleave;
        var packed = new AlignedBuffer<TElement>(checked(panels * panelWidth * rows));
        Span<TElement> rest = packed.Span;
        for (int first = 0; first < _dense.Outputs; first += panelWidth)
        {
            int width = Math.Min(panelWidth, _dense.Outputs - first);
            for (int input = 0; input < _dense.Inputs; input += interleave)
            {
                Span<TElement> group = rest[..(panelWidth * interleave)];
                group.Clear();
                int inputs = Math.Min(interleave, _dense.Inputs - input);
                for (int i = 0; i < inputs; i++)
                {
                    for (int o = 0; o < width; o++)
                        group[o * interleave + i] = Element(input + i, first + o);
                }

                rest = rest[group.Length..];
            }
        }

        return packed;
    }

    /// <summary>
    /// The weights in panels of neighbouring outputs, [ceil(outputs / panelWidth)][inputs / 2][panelWidth][2], padded with zeros: those
    /// of an output for two inputs are interleaved. The inputs of a pair are <see cref="PairDistance"/> apart.
    /// </summary>
    /// <param name="panelWidth">The outputs of a panel.</param>
    /// <exception cref="ArgumentOutOfRangeException">The panel has no width, or the packed weights are more than an array holds.</exception>
    /// <exception cref="InvalidOperationException">The inputs are not whole blocks of pairs.</exception>
    public AlignedBuffer<TElement> PackPairs(int panelWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(panelWidth, 1);
        if (_dense.Inputs % (2 * PairDistance) != 0)
            throw new InvalidOperationException($"{_dense.Inputs} inputs are not whole blocks of {2 * PairDistance}.");

        long panels = (_dense.Outputs + (long)panelWidth - 1) / panelWidth;
        var packed = new AlignedBuffer<TElement>(checked(panels * panelWidth * _dense.Inputs));
        Span<TElement> rest = packed.Span;
        for (int first = 0; first < _dense.Outputs; first += panelWidth)
        {
            int width = Math.Min(panelWidth, _dense.Outputs - first);
            for (int pair = 0; pair < _dense.Inputs / 2; pair++)
            {
                int input = pair / PairDistance * 2 * PairDistance + pair % PairDistance;
                Span<TElement> row = rest[..(2 * panelWidth)];
                row.Clear();
                for (int o = 0; o < width; o++)
                {
                    row[2 * o] = Element(input, first + o);
                    row[2 * o + 1] = Element(input + PairDistance, first + o);
                }

                rest = rest[row.Length..];
            }
        }

        return packed;
    }

    /// <summary>The weights as [outputs][inputs]: a small number of outputs is computed as dot products.</summary>
    public AlignedBuffer<TElement> PackTransposed()
    {
        var packed = new AlignedBuffer<TElement>((long)_dense.Inputs * _dense.Outputs);
        Span<TElement> target = packed.Span;
        for (int i = 0; i < _dense.Inputs; i++)
        {
            for (int o = 0; o < _dense.Outputs; o++)
                target[o * _dense.Inputs + i] = Element(i, o);
        }

        return packed;
    }

    /// <summary>The scale of each output, padded with zeros.</summary>
    /// <param name="paddedLength">The length to give, at least the number of outputs.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is less than the number of outputs.</exception>
    public AlignedBuffer PackScale(int paddedLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(paddedLength, _scale.Length);
        var packed = new AlignedBuffer(paddedLength);
        _scale.CopyTo(packed.Span);
        packed.Span[_scale.Length..].Clear();
        return packed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TElement Element(int input, int output) => TFormat.Round(_dense.Exact(input, output), _scale[output]);
}
