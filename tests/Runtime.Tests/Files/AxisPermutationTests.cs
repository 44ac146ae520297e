using CsCheck;

namespace Fused.Runtime.Tests.Files;

/// <summary>Any order of axes, in pieces of any length, against each value's place computed alone.</summary>
public class AxisPermutationTests
{
    [Fact]
    public void Each_value_comes_where_its_index_belongs() =>
        Gen.Select(Gen.Int[1, 4].Array[1, 5], Gen.Int[0, 10_000], Gen.Int[1, 9]).Sample((shape, seed, piece) =>
        {
            // The file's axis a is the model's axis axes[a].
            int[] axes = [.. Enumerable.Range(0, shape.Length)];
            new Random(seed).Shuffle(axes);
            int[] strides = AxisPermutation.Strides([.. shape]);
            int[] stored = [.. axes.Select(axis => shape[axis])];
            int length = shape.Aggregate(1, (a, b) => a * b);

            int[] expected = new int[length];
            for (int i = 0; i < length; i++)
            {
                int rest = i, place = 0;
                for (int axis = stored.Length - 1; axis >= 0; axis--)
                    (rest, place) = (rest / stored[axis], place + rest % stored[axis] * strides[axes[axis]]);
                expected[place] = i;
            }

            int[] values = [.. Enumerable.Range(0, length)], actual = new int[length];
            var permutation = AxisPermutation.Create(stored, [.. axes.Select(axis => strides[axis])]);
            if (permutation is null)
                values.CopyTo(actual, 0);
            for (int done = 0; done < length && permutation is not null; done += piece)
                permutation.Scatter(values.AsSpan(done, Math.Min(piece, length - done)), actual);
            Assert.Equal(expected, actual);
        });

    [Fact]
    public void What_moves_nothing_is_none()
    {
        Assert.Null(AxisPermutation.Create([2, 3, 4], [12, 4, 1]));
        Assert.Null(AxisPermutation.Create([3, 1], [1, 3]));
        Assert.Null(AxisPermutation.Create([1, 1], [1, 1]));
        Assert.Null(AxisPermutation.Create([], []));
        Assert.Null(AxisPermutation.FromColumnMajor([5]));
        Assert.Null(AxisPermutation.FromColumnMajor([0, 2147483647, 2147483647]));
        Assert.NotNull(AxisPermutation.FromColumnMajor([2, 3]));
    }
}
