using System.Collections.Immutable;

namespace Fused;

/// <summary>
/// Writes values that come in C order of one shape to places of which each axis has its own stride: a transposition, fed piece by
/// piece. It keeps the index of the next value, as an odometer does.
/// </summary>
internal sealed class AxisPermutation
{
    private readonly int[] _shape;
    private readonly int[] _strides;
    private readonly int[] _index;
    private int _position;

    private AxisPermutation(int[] shape, int[] strides)
    {
        _shape = shape;
        _strides = strides;
        _index = new int[shape.Length];
    }

    /// <summary>The permutation; null where all values stay where they are.</summary>
    /// <param name="shape">The shape in which the values come; no axis is empty.</param>
    /// <param name="strides">How far apart neighbours along each of its axes belong.</param>
    public static AxisPermutation? Create(ReadOnlySpan<int> shape, ReadOnlySpan<int> strides)
    {
        // Axes of 1 are none, and two whose values follow each other there too are one.
        int[] sizes = new int[shape.Length], steps = new int[shape.Length];
        int count = 0;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] == 1)
                continue;
            if (count > 0 && steps[count - 1] == (long)strides[axis] * shape[axis])
            {
                sizes[count - 1] *= shape[axis];
                steps[count - 1] = strides[axis];
            }
            else
            {
                (sizes[count], steps[count++]) = (shape[axis], strides[axis]);
            }
        }

        return count == 0 || (count == 1 && steps[0] == 1) ? null : new AxisPermutation(sizes[..count], steps[..count]);
    }

    /// <summary>Reverses the axes: what lies in column-major order becomes row-major. Null where that moves nothing.</summary>
    /// <param name="shape">The shape as the file has it; an empty axis has nothing to move.</param>
    public static AxisPermutation? FromColumnMajor(ImmutableArray<int> shape)
    {
        if (shape.Contains(0))
            return null;
        int[] strides = Strides(shape);
        Array.Reverse(strides);
        return Create([.. shape.Reverse()], strides);
    }

    /// <summary>How far apart neighbours along each axis lie in C order.</summary>
    public static int[] Strides(ImmutableArray<int> shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }

    /// <summary>Puts the next values where they belong.</summary>
    public void Scatter<T>(ReadOnlySpan<T> values, Span<T> destination)
    {
        int last = _shape.Length - 1, stride = _strides[last];
        while (!values.IsEmpty)
        {
            int run = Math.Min(values.Length, _shape[last] - _index[last]);
            foreach (T value in values[..run])
            {
                destination[_position] = value;
                _position += stride;
            }

            values = values[run..];
            _index[last] += run;
            if (_index[last] == _shape[last])
                Carry(last);
        }
    }

    private void Carry(int axis)
    {
        for (; axis >= 0 && _index[axis] == _shape[axis]; axis--)
        {
            _position -= _strides[axis] * _shape[axis];
            _index[axis] = 0;
            if (axis == 0)
                return;
            _position += _strides[axis - 1];
            _index[axis - 1]++;
        }
    }
}
