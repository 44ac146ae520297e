namespace Fused.Testing.Networks.Layers;

/// <summary>Zeros around a map.</summary>
internal sealed record ZeroPadding2D(int Top, int Bottom, int Left, int Right) : TestLayer
{
    public ZeroPadding2D(int padding)
        : this(padding, padding, padding, padding)
    {
    }

    public override string Attribute => $"ZeroPadding2D({Sides(Top, Bottom, Left, Right)})";

    public override Form Output(Form input) => input with { Height = Top + input.Height + Bottom, Width = Left + input.Width + Right };

    public override Signal Run(Signal input, Func<string, float[]> weights)
    {
        Form form = input.Form, output = Output(form);
        return Signal.Make(output, (p, c) =>
        {
            int y = (p / output.Width) - Top, x = (p % output.Width) - Left;
            return y >= 0 && y < form.Height && x >= 0 && x < form.Width ? input[(y * form.Width) + x, c] : Number.Of(0);
        });
    }

    /// <summary>As many arguments as it takes: one for all sides, two for those that are alike, or all four.</summary>
    public static string Sides(int top, int bottom, int left, int right) =>
        top == bottom && left == right ? top == left ? $"{top}" : $"{top}, {left}" : $"{top}, {bottom}, {left}, {right}";
}

/// <summary>A map without its border.</summary>
internal sealed record Cropping2D(int Top, int Bottom, int Left, int Right) : TestLayer
{
    public Cropping2D(int cropping)
        : this(cropping, cropping, cropping, cropping)
    {
    }

    public override string Attribute => $"Cropping2D({ZeroPadding2D.Sides(Top, Bottom, Left, Right)})";

    public override Form Output(Form input) => input with { Height = input.Height - Top - Bottom, Width = input.Width - Left - Right };

    public override Signal Run(Signal input, Func<string, float[]> weights)
    {
        Form output = Output(input.Form);
        return Signal.Make(output, (p, c) => input[(((p / output.Width) + Top) * input.Form.Width) + (p % output.Width) + Left, c]);
    }
}
