namespace Fused.Onnx;

/// <summary>Tensors with their dimensions in another order.</summary>
internal static class Transpose
{
    /// <param name="values">The tensor.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="order">The dimensions of the result, by their places in the tensor.</param>
    public static float[] Of(float[] values, long[] shape, int[] order)
    {
        if (order.Order().SequenceEqual(order))
            return values;

        var strides = new long[shape.Length];
        long stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        var result = new float[values.Length];
        var place = new long[order.Length];
        for (int i = 0; i < result.Length; i++)
        {
            long source = 0;
            for (int d = 0; d < order.Length; d++)
                source += place[d] * strides[order[d]];
            result[i] = values[source];
            for (int d = order.Length - 1; d >= 0 && ++place[d] == shape[order[d]]; d--)
                place[d] = 0;
        }

        return result;
    }
}
