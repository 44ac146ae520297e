using CsCheck;
using Fused.CompilerServices;

namespace Fused.Runtime.Tests.CompilerServices;

public class PoolingCountsTests
{
    [Fact]
    public void Padding_of_same_is_not_counted()
    {
        // Keras, 3 x 3 with strides of 1 and 'same': a corner has four positions, an edge six.
        AlignedBuffer counts = PoolingCounts.Reciprocals(3, 3, 3, 3, 1, 1, 1, 1, 1, 1);
        Assert.Equal([1 / 4f, 1 / 6f, 1 / 4f, 1 / 6f, 1 / 9f, 1 / 6f, 1 / 4f, 1 / 6f, 1 / 4f], counts.Span);
    }

    [Fact]
    public void Without_padding_each_window_is_whole() =>
        Assert.Equal([1 / 6f, 1 / 6f], PoolingCounts.Reciprocals(3, 5, 2, 3, 2, 2, 0, 0, 0, 0).Span);

    [Fact]
    public void Each_is_what_counting_gives() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[0, 80]).Sample((inputHeight, inputWidth, poolHeight, poolWidth, strides, seed) =>
        {
            int top = seed % poolHeight, left = seed / 3 % poolWidth, bottom = seed / 9 % poolHeight, right = seed / 27 % poolWidth;
            if (inputHeight + top + bottom < poolHeight || inputWidth + left + right < poolWidth)
                return;
            int outputHeight = (inputHeight + top + bottom - poolHeight) / strides + 1, outputWidth = (inputWidth + left + right - poolWidth) / strides + 1;
            AlignedBuffer reciprocals = PoolingCounts.Reciprocals(inputHeight, inputWidth, poolHeight, poolWidth, strides, strides, top, left, bottom, right);
            Assert.Equal(outputHeight * outputWidth, reciprocals.Length);
            for (int place = 0; place < reciprocals.Length; place++)
            {
                int count = Enumerable.Range(0, poolHeight * poolWidth).Count(at =>
                    place / outputWidth * strides - top + at / poolWidth is int y && place % outputWidth * strides - left + at % poolWidth is int x
                    && y >= 0 && y < inputHeight && x >= 0 && x < inputWidth);
                Assert.Equal((float)(1.0 / count), reciprocals.Span[place]);
            }
        });

    [Fact]
    public void What_has_no_mean_is_refused()
    {
        Assert.Throws<ArgumentException>(() => PoolingCounts.Reciprocals(2, 2, 3, 3, 1, 1, 0, 0, 0, 0));
        Assert.Throws<ArgumentException>(() => PoolingCounts.Reciprocals(4, 4, 2, 2, 1, 1, 2, 0, 0, 0));
        Assert.Throws<ArgumentException>(() => PoolingCounts.Reciprocals(4, 4, 2, 2, 1, 1, 0, 0, 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => PoolingCounts.Reciprocals(0, 4, 2, 2, 1, 1, 0, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PoolingCounts.Reciprocals(4, 4, 0, 2, 1, 1, 0, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PoolingCounts.Reciprocals(4, 4, 2, 2, 1, 0, 0, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PoolingCounts.Reciprocals(4, 4, 2, 2, 1, 1, -1, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PoolingCounts.Reciprocals(4, 4, 2, 2, 1, 1, 0, 0, -1, 0));
    }
}
