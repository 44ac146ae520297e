using System.Globalization;

namespace Fused.Testing.Networks.Layers;

/// <summary>How a window goes over a map: its size, its steps, the gaps between its taps, and what it sees beyond the map's edges.</summary>
internal sealed record Window(int Height, int Width)
{
    public Window(int size)
        : this(size, size)
    {
    }

    /// <summary>A square one that goes alike in both directions.</summary>
    public Window(int size, int strides, bool same = false, int dilation = 1, int padding = 0)
        : this(size)
    {
        StrideHeight = StrideWidth = strides;
        IsSame = same;
        DilationHeight = DilationWidth = dilation;
        Top = Left = Bottom = Right = padding;
    }

    public int StrideHeight { get; init; } = 1;

    public int StrideWidth { get; init; } = 1;

    public int DilationHeight { get; init; } = 1;

    public int DilationWidth { get; init; } = 1;

    /// <summary>Keras's same padding: ceil(length / stride) steps, an odd pixel of padding at the bottom and the right.</summary>
    public bool IsSame { get; init; }

    public int Top { get; init; }

    public int Left { get; init; }

    public int Bottom { get; init; }

    public int Right { get; init; }

    public int Area => Height * Width;

    /// <summary>The size as an attribute's first arguments.</summary>
    public string Size => Height == Width ? Text(Height) : $"{Text(Height)}, {Text(Width)}";

    /// <summary>What an attribute says of all but the size, each with a comma before it.</summary>
    /// <param name="strideHeight">The stride down that the attribute has unless told otherwise.</param>
    /// <param name="strideWidth">The stride across likewise.</param>
    public string Arguments(int strideHeight = 1, int strideWidth = 1) => string.Concat(
        StrideHeight == strideHeight && StrideWidth == strideWidth ? ""
            : StrideHeight == StrideWidth ? $", Strides = {Text(StrideHeight)}"
            : $", StridesHeight = {Text(StrideHeight)}, StridesWidth = {Text(StrideWidth)}",
        IsSame ? ", Padding = Padding.Same" : "",
        Side("Top", Top), Side("Left", Left), Side("Bottom", Bottom), Side("Right", Right),
        DilationHeight != DilationWidth ? $", DilationHeight = {Text(DilationHeight)}, DilationWidth = {Text(DilationWidth)}"
            : DilationHeight == 1 ? "" : $", DilationRate = {Text(DilationHeight)}");

    /// <summary>The map that has a value for each place of the window on another map.</summary>
    public Form Over(Form map, int channels) => map with
    {
        Height = Steps(map.Height, Height, StrideHeight, DilationHeight, Top + Bottom),
        Width = Steps(map.Width, Width, StrideWidth, DilationWidth, Left + Right),
        Channels = channels,
    };

    /// <summary>For each place of the window, what it sees of a map: the taps, counted row by row, and the positions under them.</summary>
    public (int Tap, int Position)[][] Taps(Form map)
    {
        Form over = Over(map, 1);
        int top = IsSame ? Before(over.Height, map.Height, Height, StrideHeight, DilationHeight) : Top;
        int left = IsSame ? Before(over.Width, map.Width, Width, StrideWidth, DilationWidth) : Left;
        return [.. Enumerable.Range(0, over.Positions).Select(p =>
        {
            int row = (p / over.Width * StrideHeight) - top, column = (p % over.Width * StrideWidth) - left;
            var taps = new List<(int, int)>();
            for (int tap = 0; tap < Area; tap++)
            {
                int y = row + (tap / Width * DilationHeight), x = column + (tap % Width * DilationWidth);
                if (y >= 0 && y < map.Height && x >= 0 && x < map.Width)
                {
                    taps.Add((tap, (y * map.Width) + x));
                }
            }

            return taps.ToArray();
        })];
    }

    private int Steps(int length, int size, int stride, int dilation, int padding) =>
        IsSame ? (length + stride - 1) / stride : ((length + padding - Span(size, dilation)) / stride) + 1;

    private static int Before(int steps, int length, int size, int stride, int dilation) =>
        Math.Max(((steps - 1) * stride) + Span(size, dilation) - length, 0) / 2;

    private static int Span(int size, int dilation) => ((size - 1) * dilation) + 1;

    private static string Side(string name, int padding) => padding == 0 ? "" : $", Padding{name} = {Text(padding)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
