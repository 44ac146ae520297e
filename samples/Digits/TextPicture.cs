namespace Fused.Samples.Digits;

/// <summary>Digits as text, side by side: two characters a pixel, as characters are twice as high as wide.</summary>
internal static class TextPicture
{
    private const string Shades = " .:-=+*#@";
    private const int Width = 2 * DigitsData.Size;

    public static void WriteRow(DigitSet digits, int[] indices)
    {
        for (int y = 0; y < DigitsData.Size; y++)
            Console.WriteLine(JoinColumns(indices.Select(i => PixelRow(digits.Image(i), y))));
    }

    /// <summary>Texts in columns as wide as the pictures.</summary>
    public static string JoinColumns(IEnumerable<string> texts) =>
        "  " + string.Join("    ", texts.Select(text => text.PadRight(Width))).TrimEnd();

    private static string PixelRow(ReadOnlySpan<float> image, int y)
    {
        var row = new char[Width];
        for (int x = 0; x < Width; x++)
            row[x] = Shades[(int)(image[y * DigitsData.Size + x / 2] * (Shades.Length - 1))];

        return new string(row);
    }
}
