using System.IO.Compression;
using Fused.Runtime.Tests.Files;

namespace Fused.Runtime.Tests.Weights;

/// <summary>
/// Kernels of convolutions as the frameworks' own documents define them, written out index by index: each value says where it belongs, so
/// that one in a wrong place shows.
/// </summary>
internal static class ConvolutionFile
{
    /// <summary>The value of a kernel at a row and a column of its window, for an input and an output (a depthwise one's channel and filter).</summary>
    public static float Value(int y, int x, int input, int output) => 1 + y * 1000 + x * 100 + input * 10 + output;

    /// <summary>The model's kernel (kh, kw, in, out), or (kh, kw, in, multiplier).</summary>
    public static float[] Expected(TensorSpec spec) =>
        Filled([.. spec.Shape], at => spec.Transposed ? Value(at[0], at[1], at[3], at[2]) : Value(at[0], at[1], at[2], at[3]));

    /// <summary>Keras, TensorFlow and Flax: (kh, kw, in, out).</summary>
    public static (string Name, int[] Shape, float[] Values) Keras(string name, int height, int width, int inputs, int outputs) =>
        Of(name, [height, width, inputs, outputs], at => Value(at[0], at[1], at[2], at[3]));

    /// <summary>PyTorch, ONNX, tinygrad, candle, Burn and Paddle: (out, in / groups, kh, kw).</summary>
    public static (string Name, int[] Shape, float[] Values) PyTorch(string name, int height, int width, int inputs, int outputs) =>
        Of(name, [outputs, inputs, height, width], at => Value(at[2], at[3], at[1], at[0]));

    /// <summary>MLX: (out, kh, kw, in / groups).</summary>
    public static (string Name, int[] Shape, float[] Values) Mlx(string name, int height, int width, int inputs, int outputs) =>
        Of(name, [outputs, height, width, inputs], at => Value(at[1], at[2], at[3], at[0]));

    /// <summary>Keras's Conv2DTranspose: (kh, kw, out, in).</summary>
    public static (string Name, int[] Shape, float[] Values) KerasTransposed(string name, int height, int width, int inputs, int outputs) =>
        Of(name, [height, width, outputs, inputs], at => Value(at[0], at[1], at[3], at[2]));

    /// <summary>PyTorch's ConvTranspose2d and ONNX's ConvTranspose: (in, out / groups, kh, kw).</summary>
    public static (string Name, int[] Shape, float[] Values) PyTorchTransposed(string name, int height, int width, int inputs, int outputs) =>
        Of(name, [inputs, outputs, height, width], at => Value(at[2], at[3], at[0], at[1]));

    /// <summary>MLX's ConvTranspose2d: (out, kh, kw, in).</summary>
    public static (string Name, int[] Shape, float[] Values) MlxTransposed(string name, int height, int width, int inputs, int outputs) =>
        Of(name, [outputs, height, width, inputs], at => Value(at[1], at[2], at[3], at[0]));

    /// <summary>Keras's DepthwiseConv2D: (kh, kw, in, multiplier).</summary>
    public static (string Name, int[] Shape, float[] Values) KerasDepthwise(string name, int height, int width, int channels, int multiplier) =>
        Of(name, [height, width, channels, multiplier], at => Value(at[0], at[1], at[2], at[3]));

    /// <summary>Flax, and Keras's Conv2D with as many groups as channels: (kh, kw, 1, in * multiplier).</summary>
    public static (string Name, int[] Shape, float[] Values) FlaxDepthwise(string name, int height, int width, int channels, int multiplier) =>
        Of(name, [height, width, 1, channels * multiplier], at => Value(at[0], at[1], at[3] / multiplier, at[3] % multiplier));

    /// <summary>PyTorch's Conv2d with as many groups as channels: (in * multiplier, 1, kh, kw).</summary>
    public static (string Name, int[] Shape, float[] Values) PyTorchDepthwise(string name, int height, int width, int channels, int multiplier) =>
        Of(name, [channels * multiplier, 1, height, width], at => Value(at[2], at[3], at[0] / multiplier, at[0] % multiplier));

    /// <summary>MLX's Conv2d with as many groups as channels: (in * multiplier, kh, kw, 1).</summary>
    public static (string Name, int[] Shape, float[] Values) MlxDepthwise(string name, int height, int width, int channels, int multiplier) =>
        Of(name, [channels * multiplier, height, width, 1], at => Value(at[1], at[2], at[0] / multiplier, at[0] % multiplier));

    /// <summary>An npz file whose tensors' first axis varies fastest.</summary>
    public static byte[] Fortran(params (string Name, int[] Shape, float[] Values)[] tensors) => TestFiles.Npz(
        CompressionLevel.NoCompression,
        [.. tensors.Select(t => (t.Name, TestFiles.Npy(
            "<f4", "(" + string.Concat(t.Shape.Select(d => d + ", ")) + ")", TestFiles.Encode("F32", [.. ColumnMajor(t.Shape, t.Values)]), fortran: true)))]);

    /// <summary>A tensor of any values, in C order.</summary>
    public static (string Name, int[] Shape, float[] Values) Of(string name, int[] shape, Func<int[], float> value) => (name, shape, Filled(shape, value));

    private static float[] Filled(int[] shape, Func<int[], float> value) => [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => value(Index(shape, i)))];

    /// <summary>The values in the order of indices whose first part counts fastest.</summary>
    private static IEnumerable<double> ColumnMajor(int[] shape, float[] values)
    {
        int[] reversed = [.. shape.Reverse()];
        for (int i = 0; i < values.Length; i++)
        {
            int[] at = [.. Index(reversed, i).Reverse()];
            yield return values[at.Zip(shape).Aggregate(0, (place, axis) => place * axis.Second + axis.First)];
        }
    }

    private static int[] Index(int[] shape, int place)
    {
        int[] at = new int[shape.Length];
        for (int axis = shape.Length - 1; axis >= 0; axis--)
            (place, at[axis]) = (place / shape[axis], place % shape[axis]);
        return at;
    }
}
