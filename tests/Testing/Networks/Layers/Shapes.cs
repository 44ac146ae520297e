namespace Fused.Testing.Networks.Layers;

/// <summary>The same values under another shape: of one dimension a vector, of three a map. At most one dimension is -1: what is left for it.</summary>
internal sealed record Reshape(params int[] Target) : TestLayer
{
    public override string Attribute => $"Reshape({string.Join(", ", Target)})";

    public override Form Output(Form input)
    {
        int rest = input.Length / Target.Where(d => d > 0).Aggregate(1, (product, dimension) => product * dimension);
        return Of([.. Target.Select(d => d == -1 ? rest : d)], input.ChannelsFirst);
    }

    public override Signal Run(Signal input, Func<string, float[]> weights) => input with { Form = Output(input.Form) };

    /// <summary>A form by its dimensions in memory order.</summary>
    public static Form Of(int[] dimensions, bool channelsFirst) => dimensions.Length == 1 ? Form.Vector(dimensions[0])
        : channelsFirst ? new(dimensions[1], dimensions[2], dimensions[0], ChannelsFirst: true)
        : new(dimensions[0], dimensions[1], dimensions[2]);
}

/// <summary>A map whose dimension i is dimension Order[i] of the one before, both counted from 1 in the order of memory.</summary>
internal sealed record Permute(int First, int Second, int Third) : TestLayer
{
    private int[] Order => [First - 1, Second - 1, Third - 1];

    public override string Attribute => $"Permute({First}, {Second}, {Third})";

    public override Form Output(Form input)
    {
        int[] dimensions = Dimensions(input);
        return Reshape.Of([.. Order.Select(d => dimensions[d])], input.ChannelsFirst);
    }

    public override Signal Run(Signal input, Func<string, float[]> weights)
    {
        int[] from = Dimensions(input.Form), to = Dimensions(Output(input.Form));
        var values = new Number[input.Values.Length];
        var place = new int[3];
        for (int i = 0; i < values.Length; i++)
        {
            place[Order[0]] = i / (to[1] * to[2]);
            place[Order[1]] = i / to[2] % to[1];
            place[Order[2]] = i % to[2];
            values[i] = input.Values[(((place[0] * from[1]) + place[1]) * from[2]) + place[2]];
        }

        return new Signal(Output(input.Form), values);
    }

    private static int[] Dimensions(Form form) =>
        form.ChannelsFirst ? [form.Channels, form.Height, form.Width] : [form.Height, form.Width, form.Channels];
}
