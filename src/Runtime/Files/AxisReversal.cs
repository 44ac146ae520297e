using System.Collections.Immutable;

namespace Fused;

/// <summary>
/// Writes values that come in C order of one shape to their places in C order of the reversed shape: a transposition, fed piece
/// by piece. It keeps the index of the next value, as an odometer does.
/// </summary>
/// <param name="shape">The shape in which the values come, two axes or more.</param>
internal sealed class AxisReversal(ImmutableArray<int> shape)
{
    private readonly int[] _index = new int[shape.Length];
    private readonly int[] _stride = Strides(shape);
    private int _position;

    /// <summary>Puts the next values where they belong.</summary>
    public void Scatter<T>(ReadOnlySpan<T> values, Span<T> destination)
    {
        foreach (T value in values)
        {
            destination[_position] = value;
            Advance();
        }
    }

    private void Advance()
    {
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            _position += _stride[axis];
            if (++_index[axis] < shape[axis])
                return;
            _position -= _stride[axis] * shape[axis];
            _index[axis] = 0;
        }
    }

    // Reversed, the first axis is the one that varies fastest.
    private static int[] Strides(ImmutableArray<int> shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int axis = 0; axis < strides.Length; axis++)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }
}
