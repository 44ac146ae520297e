using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>A window as a declaration has it; what padding it takes may depend on the map that it moves over.</summary>
/// <param name="Rows">Down the map.</param>
/// <param name="Columns">Across it.</param>
/// <param name="IsSame">Whether the padding is what Keras calls "same".</param>
/// <param name="Padding">The padding otherwise.</param>
internal sealed record DeclaredWindow(WindowAxis Rows, WindowAxis Columns, bool IsSame, Margins Padding)
{
    /// <summary>Positions that one output combines.</summary>
    public int Taps => Rows.Taps * Columns.Taps;

    /// <summary>The window over a map.</summary>
    public Window On(Shape input) => IsSame ? Window.Same(Rows, Columns, input) : new Window(Rows, Columns, Padding);

    /// <summary>Why a layer cannot move the window over such an input.</summary>
    public IEnumerable<Problem> Check(string kind, Shape input)
    {
        if (input.IsVector)
            return MapRule.Check(kind, input);

        Margins padding = On(input).Padding;
        Shape padded = input with { Height = input.Height + padding.Top + padding.Bottom, Width = input.Width + padding.Left + padding.Right };
        return Rows.Span > padded.Height || Columns.Span > padded.Width
                ? [new Problem(Descriptors.WindowTooLarge, [kind, Size(Rows.Span, Columns.Span), Size(padded.Height, padded.Width), padding.IsNone ? "" : " with its padding"])]
            : !padded.Fits
                ? [new Problem(Descriptors.SampleTooLarge, [$"The padded input of {kind}", padded.ToString(), Numbers.Count(Limits.MaxValues)])]
            : [];
    }

    /// <summary>See <see cref="Window.ToString"/>.</summary>
    public override string ToString() => new Window(Rows, Columns, Padding).ToString();

    private static string Size(int height, int width) => $"{Numbers.Count(height)} x {Numbers.Count(width)}";
}
