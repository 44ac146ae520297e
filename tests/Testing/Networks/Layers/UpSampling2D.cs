namespace Fused.Testing.Networks.Layers;

/// <summary>
/// A map that is so many times as high and wide: each position again and again, or on straight lines between the centres of the positions,
/// beyond the outermost of which nothing changes.
/// </summary>
internal sealed record UpSampling2D(int Height, int Width, bool IsBilinear = false) : TestLayer
{
    public UpSampling2D(int size, bool isBilinear = false)
        : this(size, size, isBilinear)
    {
    }

    public override string Attribute =>
        $"UpSampling2D({(Height == Width ? $"{Height}" : $"{Height}, {Width}")}{(IsBilinear ? ", Interpolation = Interpolation.Bilinear" : "")})";

    public override Form Output(Form input) => input with { Height = input.Height * Height, Width = input.Width * Width };

    public override Signal Run(Signal input, Func<string, float[]> weights)
    {
        Form form = input.Form, output = Output(form);
        return Signal.Make(output, (p, c) =>
        {
            int y = p / output.Width, x = p % output.Width;
            if (!IsBilinear)
            {
                return input[(y / Height * form.Width) + (x / Width), c];
            }

            var sum = new RunningSum(0);
            foreach (var (row, down) in Between(y, Height, form.Height))
            {
                foreach (var (column, across) in Between(x, Width, form.Width))
                {
                    sum.Add(input[(row * form.Width) + column, c], down * across);
                }
            }

            return sum.Total;
        });
    }

    /// <summary>The two positions that a place lies between, and how much of each.</summary>
    private static (int Position, double Share)[] Between(int place, int factor, int length)
    {
        double centre = ((place + 0.5) / factor) - 0.5;
        int below = (int)Math.Floor(centre);
        return [(Math.Clamp(below, 0, length - 1), 1 - (centre - below)), (Math.Clamp(below + 1, 0, length - 1), centre - below)];
    }
}
