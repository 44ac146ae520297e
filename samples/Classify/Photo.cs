using StbImageSharp;

namespace Fused.Samples.Classify;

/// <summary>In which order the three bytes of a pixel lie.</summary>
internal enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red: what Caffe's networks were trained with, and Keras's ResNet50 from them.</summary>
    Bgr,
}

/// <summary>A decoded photo, three bytes a pixel, red first.</summary>
internal sealed record Photo(byte[] Pixels, int Width, int Height)
{
    private const int Channels = 3;

    /// <summary>Reads JPEG, PNG, BMP, GIF, TGA and PSD; transparency is dropped.</summary>
    /// <exception cref="InvalidDataException">The file is none of these, or damaged.</exception>
    public static Photo Decode(byte[] file)
    {
        try
        {
            ImageResult image = ImageResult.FromMemory(file, ColorComponents.RedGreenBlue);
            return new Photo(image.Data, image.Width, image.Height);
        }
        catch (Exception problem) when (problem is InvalidOperationException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException($"The photo cannot be decoded: {problem.Message}", problem);
        }
    }

    /// <summary>
    /// The middle of the photo after its short side was made <paramref name="shortSide"/> pixels long: <paramref name="size"/> x
    /// <paramref name="size"/> pixels. Bilinear with half-pixel centres; where the photo becomes smaller, the triangle of the weights is as
    /// wide as a pixel of the result, so that no pixel of the photo is skipped (Pillow's and torchvision's antialiasing).
    /// </summary>
    public byte[] Crop(int size, int shortSide, ChannelOrder order)
    {
        double scale = (double)Math.Min(Width, Height) / shortSide;
        Taps[] columns = Taps.Of(Width, size, scale);
        Taps[] rows = Taps.Of(Height, size, scale);
        float[] narrow = ResizeRows(columns, rows[0].First, rows[^1].First + rows[^1].Weights.Length);
        return ResizeColumns(narrow, rows, size * Channels, order);
    }

    /// <summary>The rows from <paramref name="first"/> to <paramref name="end"/>, resized; the others keep zeros, and are not read.</summary>
    private float[] ResizeRows(Taps[] columns, int first, int end)
    {
        var result = new float[Height * columns.Length * Channels];
        for (int y = first; y < end; y++)
        {
            ReadOnlySpan<byte> row = Pixels.AsSpan(y * Width * Channels, Width * Channels);
            Span<float> to = result.AsSpan(y * columns.Length * Channels, columns.Length * Channels);
            for (int x = 0; x < columns.Length; x++)
            {
                for (int k = 0; k < columns[x].Weights.Length; k++)
                {
                    for (int c = 0; c < Channels; c++)
                        to[x * Channels + c] += columns[x].Weights[k] * row[(columns[x].First + k) * Channels + c];
                }
            }
        }

        return result;
    }

    private static byte[] ResizeColumns(float[] narrow, Taps[] rows, int rowLength, ChannelOrder order)
    {
        var result = new byte[rows.Length * rowLength];
        for (int y = 0; y < rows.Length; y++)
        {
            for (int i = 0; i < rowLength; i++)
            {
                float sum = 0;
                for (int k = 0; k < rows[y].Weights.Length; k++)
                    sum += rows[y].Weights[k] * narrow[(rows[y].First + k) * rowLength + i];

                int channel = i % Channels;
                int to = order == ChannelOrder.Bgr ? i - channel + (Channels - 1 - channel) : i;
                result[y * rowLength + to] = (byte)Math.Clamp(MathF.Round(sum), 0, byte.MaxValue);
            }
        }

        return result;
    }

    /// <summary>The neighbouring pixels that make one of the result, and their weights, whose sum is 1.</summary>
    private readonly record struct Taps(int First, float[] Weights)
    {
        /// <summary>Those of all pixels of a result of <paramref name="size"/> in the middle of <paramref name="length"/> pixels.</summary>
        public static Taps[] Of(int length, int size, double scale)
        {
            double radius = Math.Max(scale, 1);
            var taps = new Taps[size];
            for (int i = 0; i < size; i++)
            {
                // Where the pixel's centre lies, counted in pixels whose centres are at halves.
                double center = length / 2.0 + (i + 0.5 - size / 2.0) * scale;
                int first = Math.Max(0, (int)Math.Floor(center - radius + 0.5));
                int end = Math.Min(length, (int)Math.Floor(center + radius + 0.5));
                double[] weights = [.. Enumerable.Range(first, end - first).Select(x => Math.Max(0, 1 - Math.Abs(x + 0.5 - center) / radius))];
                double sum = weights.Sum();
                taps[i] = new Taps(first, [.. weights.Select(weight => (float)(weight / sum))]);
            }

            return taps;
        }
    }
}
