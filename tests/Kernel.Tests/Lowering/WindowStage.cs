using Fused.Generator.IR;
using Buffer = Fused.Generator.IR.Buffer;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>
/// A stage that moves a window over a map, written by hand, with what it reads and what it must give: of x[n, (oh * s + kh * d) * row + (ow * s +
/// kw * d) * C + c] over the window's rows, columns and, for a product, channels.
/// </summary>
/// <param name="Rows">Rows of the window.</param>
/// <param name="Columns">Columns of the window.</param>
/// <param name="Channels">Channels of the map.</param>
/// <param name="Outputs">Channels of what is made, of a product.</param>
internal sealed record WindowStage(int Rows, int Columns, int Channels, int Outputs = 0)
{
    public const int Samples = 2;

    public int Height { get; init; } = 2;

    public int Width { get; init; } = 5;

    public int Stride { get; init; } = 1;

    public int Dilation { get; init; } = 1;

    /// <summary>How a product's weights are stored.</summary>
    public Generator.IR.ElementType Element { get; init; }

    /// <summary>Rows of the weight matrix between the first channel of one tap and that of the next, where more than the channels.</summary>
    public int TapRows { get; init; }

    /// <summary>A row of results has room for the padding of the last panel.</summary>
    private int Pitch => Outputs + 48;

    private int RowsOfTap => Math.Max(TapRows, Channels);

    private int MapHeight => ((Height - 1) * Stride) + ((Rows - 1) * Dilation) + 1;

    private int MapWidth => ((Width - 1) * Stride) + ((Columns - 1) * Dilation) + 1;

    private int MapLength => MapHeight * MapWidth * Channels;

    private Buffer X => new("x", BufferScope.Input, MapLength, Samples * MapLength);

    private static Axis N { get; } = new("n", Samples);

    private Axis Oh => new("oh", Height);

    private Axis Ow => new("ow", Width);

    private Axis C => new("c", Channels);

    private Axis K => new("k", Outputs);

    private Axis Kh => new("kh", Rows);

    private Axis Kw => new("kw", Columns);

    private Affine Read => (N.Index * MapLength)
        + (Oh.Index * (Stride * MapWidth * Channels)) + (Kh.Index * (Dilation * MapWidth * Channels))
        + (Ow.Index * (Stride * Channels)) + (Kw.Index * (Dilation * Channels)) + C.Index;

    private Affine Tap => (Kh.Index * Columns) + Kw.Index;

    private Affine Position => (N.Index * (Height * Width)) + (Oh.Index * Width) + Ow.Index;

    /// <summary>y[n, oh, ow, k] = sum(kh, kw, c) x * w[(kh * columns + kw) * rows of a tap + c, k] + b[k].</summary>
    public Stage Product
    {
        get
        {
            var w = new Buffer("w", BufferScope.Weights, Outputs, Rows * Columns * RowsOfTap * Outputs) { Element = Element };
            var b = new Buffer("b", BufferScope.Weights, Pitch, Pitch);
            Expr value = Element == Generator.IR.ElementType.Float16 ? new Accumulator(0) * new FloatConstant(MathF.ScaleB(1, 112)) : new Accumulator(0);
            return new Stage(
                "y", "y = windows * w + b", [N, Oh, Ow, K], [Kh, Kw, C],
                [new Reduction(ReduceOp.Sum, X.At(Read) * new WeightLoad(w, (Tap * RowsOfTap) + C.Index, K.Index))],
                [new Write(Result(Pitch), (Position * Pitch) + K.Index, value + b.At(K.Index))]);
        }
    }

    /// <summary>y[n, oh, ow, c] = sum(kh, kw) x * w[kh, kw, c].</summary>
    public Stage Depthwise => new(
        "y", "y = windows * w, channel by channel", [N, Oh, Ow, C], [Kh, Kw],
        [new Reduction(ReduceOp.Sum, X.At(Read) * new Buffer("w", BufferScope.Weights, Channels, Rows * Columns * Channels).At((Tap * Channels) + C.Index))],
        [new Write(Result(Channels), (Position * Channels) + C.Index, new Accumulator(0))]);

    /// <summary>y[n, oh, ow, c] = max(kh, kw) x.</summary>
    public Stage Maximum => new(
        "y", "y = max of windows", [N, Oh, Ow, C], [Kh, Kw],
        [new Reduction(ReduceOp.Max, X.At(Read))],
        [new Write(Result(Channels), (Position * Channels) + C.Index, new Accumulator(0))]);

    public float[] RandomMap(Random random) => Random(random, Samples * MapLength);

    public float[] RandomBias(Random random) => Random(random, Pitch);

    /// <summary>Weights that 16 bits hold, by (row of the matrix, output); nothing between taps.</summary>
    public float[,] RandomMatrix(Random random)
    {
        var matrix = new float[Rows * Columns * RowsOfTap, Outputs];
        for (int row = 0; row < matrix.GetLength(0); row++)
        {
            for (int k = 0; k < Outputs; k++)
            {
                matrix[row, k] = row % RowsOfTap < Channels ? random.Next(-128, 128) / 64f : float.NaN;
            }
        }

        return matrix;
    }

    public float[] RandomTaps(Random random) => Random(random, Rows * Columns * Channels);

    /// <summary>The product's results, k after k.</summary>
    public double[] Multiply(float[] x, float[,] matrix, float[] bias) => Everywhere(Outputs, (at, k) =>
        bias[k] + Window().SelectMany(t => Enumerable.Range(0, Channels), (t, c) => (double)x[at(t, c)] * matrix[(t * RowsOfTap) + c, k]).Sum());

    public double[] MultiplyEach(float[] x, float[] taps) => Everywhere(Channels, (at, c) =>
        Window().Sum(t => (double)x[at(t, c)] * taps[(t * Channels) + c]));

    public double[] Largest(float[] x) => Everywhere(Channels, (at, c) => Window().Max(t => (double)x[at(t, c)]));

    /// <summary>The results without their padding.</summary>
    public float[] Trim(float[] y, bool isProduct) => isProduct
        ? [.. y.Where((_, i) => i % Pitch < Outputs)]
        : y;

    /// <summary>As many values as the results have.</summary>
    public int ResultLength(bool isProduct) => Samples * Height * Width * (isProduct ? Pitch : Channels);

    private IEnumerable<int> Window() => Enumerable.Range(0, Rows * Columns);

    /// <summary>Each result, from where in the map a tap of its window and a channel are.</summary>
    private double[] Everywhere(int channels, Func<Func<int, int, int>, int, double> value)
    {
        var results = new List<double>();
        for (int n = 0; n < Samples; n++)
        {
            for (int oh = 0; oh < Height; oh++)
            {
                for (int ow = 0; ow < Width; ow++)
                {
                    int At(int tap, int c)
                    {
                        int row = (oh * Stride) + (tap / Columns * Dilation), column = (ow * Stride) + (tap % Columns * Dilation);
                        return (((((n * MapHeight) + row) * MapWidth) + column) * Channels) + c;
                    }

                    for (int k = 0; k < channels; k++)
                    {
                        results.Add(value(At, k));
                    }
                }
            }
        }

        return [.. results];
    }

    private Buffer Result(int pitch) => new("y", BufferScope.Output, pitch, Samples * Height * Width * pitch);

    private static float[] Random(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
}
