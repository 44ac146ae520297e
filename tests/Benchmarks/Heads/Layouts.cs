namespace Fused.Benchmarks.Heads;

/// <summary>Layouts by the names that the command line and the results use, and from one to the other.</summary>
internal static class Layouts
{
    public static string Name(DataLayout layout) => layout == DataLayout.ChannelsLast ? "nhwc" : "nchw";

    /// <summary>Copies samples into another layout, which may be the one they have.</summary>
    public static void Convert(ReadOnlySpan<float> source, MapShape shape, DataLayout layout, Span<float> target)
    {
        if (shape.Layout == layout || shape.IsVector)
        {
            source.CopyTo(target);
            return;
        }

        // A sample is a matrix, positions by channels or channels by positions.
        (int rows, int columns) = layout == DataLayout.ChannelsFirst ? (shape.Positions, shape.Channels) : (shape.Channels, shape.Positions);
        for (int start = 0; start < source.Length; start += shape.Length)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                    target[start + (column * rows) + row] = source[start + (row * columns) + column];
            }
        }
    }
}
