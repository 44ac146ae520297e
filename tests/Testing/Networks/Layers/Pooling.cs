namespace Fused.Testing.Networks.Layers;

/// <summary>The largest value under a window; beyond the edges there is nothing.</summary>
internal sealed record MaxPooling2D(Window Window) : TestLayer
{
    public override string Attribute => $"MaxPooling2D({Window.Size}{Window.Arguments(Window.Height, Window.Width)})";

    public override Form Output(Form input) => Window.Over(input, input.Channels);

    public override Signal Run(Signal input, Func<string, float[]> weights)
    {
        var taps = Window.Taps(input.Form);
        return Signal.Make(Output(input.Form), (p, c) => taps[p].Select(t => input[t.Position, c]).Aggregate(Number.Max));
    }
}

/// <summary>The mean of what is under a window: of the map's own values, or counting zeros beyond its edges too.</summary>
internal sealed record AveragePooling2D(Window Window, bool CountIncludePad = false) : TestLayer
{
    public override string Attribute =>
        $"AveragePooling2D({Window.Size}{Window.Arguments(Window.Height, Window.Width)}{(CountIncludePad ? ", CountIncludePad = true" : "")})";

    public override Form Output(Form input) => Window.Over(input, input.Channels);

    public override Signal Run(Signal input, Func<string, float[]> weights)
    {
        var taps = Window.Taps(input.Form);
        return Signal.Make(Output(input.Form), (p, c) =>
        {
            var sum = new RunningSum(0);
            foreach (var (_, position) in taps[p])
            {
                sum.Add(input[position, c], 1.0 / (CountIncludePad ? Window.Area : taps[p].Length));
            }

            return sum.Total;
        });
    }
}

/// <summary>
/// A map of a given size: its position i sees a map's positions from floor(i * in / out) to before ceil((i + 1) * in / out), down and across.
/// </summary>
/// <param name="Kind">Means, maxima, or the maxima and then the means along the channels.</param>
/// <param name="Height">The height of what is made.</param>
/// <param name="Width">Its width.</param>
internal sealed record AdaptivePooling2D(PoolKind Kind, int Height, int Width) : TestLayer
{
    public AdaptivePooling2D(PoolKind kind, int size)
        : this(kind, size, size)
    {
    }

    public override string Attribute => $"Adaptive{Kind}Pooling2D({(Height == Width ? $"{Height}" : $"{Height}, {Width}")})";

    public override Form Output(Form input) =>
        input with { Height = Height, Width = Width, Channels = Kind == PoolKind.Concat ? 2 * input.Channels : input.Channels };

    public override Signal Run(Signal input, Func<string, float[]> weights) => Signal.Make(Output(input.Form), (p, c) =>
    {
        Form form = input.Form;
        int channel = c % form.Channels;
        bool isMax = Kind == PoolKind.Max || (Kind == PoolKind.Concat && c < form.Channels);
        Number[] seen =
        [
            .. from y in Range(p / Width, Height, form.Height)
               from x in Range(p % Width, Width, form.Width)
               select input[(y * form.Width) + x, channel],
        ];
        if (isMax)
        {
            return seen.Aggregate(Number.Max);
        }

        var sum = new RunningSum(0);
        foreach (Number value in seen)
        {
            sum.Add(value, 1.0 / seen.Length);
        }

        return sum.Total;
    });

    private static IEnumerable<int> Range(int i, int outputs, int inputs)
    {
        int start = i * inputs / outputs, end = (((i + 1) * inputs) + outputs - 1) / outputs;
        return Enumerable.Range(start, end - start);
    }
}
