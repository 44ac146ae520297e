using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>
/// The weights of a Dense layer, or of a convolution, on their way into a kernel: neighbouring affine maps are folded in, then the result is laid out
/// as the kernel reads it. The kernel itself is never copied before that (it may be 500 MB): folding keeps a factor for each
/// input and each output, in double, and each weight is multiplied and rounded once, when it is packed. A convolution's kernel,
/// (kh, kw, in / groups, out), is the matrix (kh * kw * in / groups, out) as it lies, and a depthwise one's, (kh, kw, in, multiplier), the
/// matrix (kh * kw, in * multiplier).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct DenseParameters
{
    private readonly ReadOnlySpan<float> _kernel;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly double[] _bias;

    // The layer is y[o] = sum over i of x[i] * inputScale[i] * kernel[i, o] * outputScale[o], plus bias[o]. Null stands for 1.
    private double[]? _inputScale;
    private double[]? _outputScale;

    // The inputs lie as (outer, inner), the rows as (inner, outer); 0 where they lie alike.
    private int _outer;
    private int _inner;

    /// <summary>A Dense layer, x . kernel + bias.</summary>
    /// <param name="kernel">The weights, (inputs, outputs).</param>
    /// <param name="bias">What is added, (outputs); empty stands for 0.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public DenseParameters(ReadOnlySpan<float> kernel, ReadOnlySpan<float> bias, int inputs, int outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        if (kernel.Length != (long)inputs * outputs)
            throw new ArgumentException($"A kernel of {kernel.Length} values is not ({inputs}, {outputs}).", nameof(kernel));
        if (bias.Length != outputs && !bias.IsEmpty)
            throw new ArgumentException($"A bias of {bias.Length} values is not ({outputs}).", nameof(bias));

        _kernel = kernel;
        _inputs = inputs;
        _outputs = outputs;
        _bias = new double[outputs];
        for (int o = 0; o < bias.Length; o++)
            _bias[o] = bias[o];
    }

    /// <summary>
    /// Puts an affine map before the layer: y = Dense(scale * x + shift), exactly. Of a convolution without groups likewise, where no
    /// window meets padding: padding comes after the map and is not shifted, which one bias for all positions cannot say.
    /// </summary>
    /// <param name="affine">The map; its channel for input i is (i / inner) % channels, for a convolution with <paramref name="inner"/> 1 that of the row.</param>
    /// <param name="inner">The inputs that follow each other in one channel: 1 for channels-last data, height * width for channels-first.</param>
    /// <exception cref="ArgumentException">The inputs are no whole number of channels.</exception>
    public void FoldInput(AffineParameters affine, int inner)
    {
        ArgumentNullException.ThrowIfNull(affine);
        ArgumentOutOfRangeException.ThrowIfLessThan(inner, 1);
        if (_inputs % ((long)affine.Channels * inner) != 0)
            throw new ArgumentException($"{_inputs} inputs are not a multiple of {affine.Channels} channels times {inner}.", nameof(affine));

        // The shift passes through the layer as it was until now, so the bias comes before the scale.
        double[] inputScale = _inputScale ?? Ones(_inputs);
        double[] sums = new double[_outputs];
        for (int i = 0; i < _inputs; i++)
        {
            int channel = i / inner % affine.Channels;
            double shift = affine.Shifts[channel] * inputScale[i];
            ReadOnlySpan<float> row = Row(i);
            for (int o = 0; o < row.Length; o++)
                sums[o] += shift * row[o];
            inputScale[i] *= affine.Scales[channel];
        }

        for (int o = 0; o < _outputs; o++)
            _bias[o] += sums[o] * OutputScale(o);
        _inputScale = inputScale;
    }

    /// <summary>Puts an affine map after the layer: y = scale * Dense(x) + shift, exactly.</summary>
    /// <param name="affine">The map, one channel for each output.</param>
    /// <exception cref="ArgumentException">The channels are not the outputs.</exception>
    public void FoldOutput(AffineParameters affine)
    {
        ArgumentNullException.ThrowIfNull(affine);
        if (affine.Channels != _outputs)
            throw new ArgumentException($"{affine.Channels} channels do not fit {_outputs} outputs.", nameof(affine));

        _outputScale ??= Ones(_outputs);
        for (int o = 0; o < _outputs; o++)
        {
            _outputScale[o] *= affine.Scales[o];
            _bias[o] = affine.Scales[o] * _bias[o] + affine.Shifts[o];
        }
    }

    /// <summary>
    /// Says that the inputs lie in memory as (outer, inner) where the rows of the kernel are in the order of (inner, outer): positions
    /// and channels of a map, flattened one way where the layer was trained and another way here. Maps are folded in by the rows' order.
    /// </summary>
    /// <param name="outer">The size of the axis that varies slowest in memory.</param>
    /// <param name="inner">The size of the other one.</param>
    /// <exception cref="ArgumentException">The inputs are not outer * inner.</exception>
    public void InterchangeInputs(int outer, int inner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outer, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inner, 1);
        if ((long)outer * inner != _inputs)
            throw new ArgumentException($"{_inputs} inputs are not ({outer}, {inner}).", nameof(inner));

        _outer = outer;
        _inner = inner;
    }

    internal readonly int Inputs => _inputs;

    internal readonly int Outputs => _outputs;

    /// <summary>The row of the kernel with an input's weights.</summary>
    internal readonly int RowOf(int input) => _inner == 0 ? input : input % _inner * _outer + input / _inner;

    /// <summary>A weight with all that is folded into it, before it is rounded.</summary>
    internal readonly double Exact(int input, int output)
    {
        int row = RowOf(input);
        return (_inputScale is null ? 1 : _inputScale[row]) * _kernel[row * _outputs + output] * OutputScale(output);
    }

    /// <summary>
    /// The weights in panels of neighbouring outputs, [ceil(outputs / panelWidth)][inputs][panelWidth], the last one padded with
    /// zeros: what a register tile reads is one stream.
    /// </summary>
    /// <param name="panelWidth">The outputs of a panel.</param>
    /// <exception cref="ArgumentOutOfRangeException">The panel has no width, or the packed weights are more than an array holds.</exception>
    public readonly AlignedBuffer PackPanels(int panelWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(panelWidth, 1);
        long panels = (_outputs + (long)panelWidth - 1) / panelWidth;
        var packed = new AlignedBuffer(checked(panels * panelWidth * _inputs));
        Span<float> rest = packed.Span;
        for (int panel = 0; panel < panels; panel++)
        {
            int first = panel * panelWidth;
            int width = Math.Min(panelWidth, _outputs - first);
            for (int i = 0; i < _inputs; i++)
            {
                CopyRow(i, first, rest[..width]);
                rest[width..panelWidth].Clear();
                rest = rest[panelWidth..];
            }
        }

        return packed;
    }

    /// <summary>The weights as [outputs][inputs]: a small number of outputs is computed as dot products.</summary>
    public readonly AlignedBuffer PackTransposed()
    {
        var packed = new AlignedBuffer(_kernel.Length);
        Span<float> target = packed.Span;
        for (int i = 0; i < _inputs; i++)
        {
            for (int o = 0; o < _outputs; o++)
                target[o * _inputs + i] = Weight(i, o);
        }

        return packed;
    }

    /// <summary>The bias, shifts folded in, padded with zeros; all zeros where the layer has none.</summary>
    /// <param name="paddedLength">The length to give, at least the number of outputs.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is less than the number of outputs.</exception>
    public readonly AlignedBuffer PackBias(int paddedLength) => Packing.Pad(_bias, paddedLength);

    private readonly ReadOnlySpan<float> Row(int row) => _kernel.Slice(row * _outputs, _outputs);

    private readonly double OutputScale(int output) => _outputScale is null ? 1 : _outputScale[output];

    private readonly float Weight(int input, int output) => (float)Exact(input, output);

    private readonly void CopyRow(int input, int first, Span<float> target)
    {
        if (_inputScale is null && _outputScale is null)
        {
            Row(RowOf(input)).Slice(first, target.Length).CopyTo(target);
            return;
        }

        for (int o = 0; o < target.Length; o++)
            target[o] = Weight(input, first + o);
    }

    private static double[] Ones(int length)
    {
        double[] ones = new double[length];
        Array.Fill(ones, 1);
        return ones;
    }
}
