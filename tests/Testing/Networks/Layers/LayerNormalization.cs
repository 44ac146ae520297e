using System.Globalization;

namespace Fused.Testing.Networks.Layers;

/// <summary>Each row of channels less its mean, by its standard deviation; for forms whose channels are the last axis.</summary>
internal sealed record LayerNormalization(double Epsilon = 1e-3, bool Center = true, bool Scale = true) : TestLayer
{
    public override string KerasName => "layer_normalization";

    public override string Attribute
    {
        get
        {
            string[] arguments =
            [
                .. Epsilon == 1e-3 ? [] : new[] { string.Create(CultureInfo.InvariantCulture, $"Epsilon = {Epsilon}") },
                .. Center ? [] : new[] { "Center = false" },
                .. Scale ? [] : new[] { "Scale = false" },
            ];
            return arguments.Length == 0 ? "LayerNormalization" : $"LayerNormalization({string.Join(", ", arguments)})";
        }
    }

    public override IEnumerable<WeightTensor> Weights(Form input) =>
    [
        .. Scale ? [new WeightTensor("gamma", input.Channels)] : Array.Empty<WeightTensor>(),
        .. Center ? [new WeightTensor("beta", input.Channels)] : Array.Empty<WeightTensor>(),
    ];

    /// <summary>
    /// With a scale s = 1 / sqrt(variance + epsilon): an error of an input or of the mean counts s times, and errors e of the inputs move
    /// the variance by 2 / n times the sum of (x - mean) e, so the result by s * s / n times that sum of itself.
    /// </summary>
    public override Signal Run(Signal input, Func<string, float[]> weights)
    {
        float[]? gamma = Scale ? weights("gamma") : null, beta = Center ? weights("beta") : null;
        int n = input.Form.Channels;
        var rows = Enumerable.Range(0, input.Form.Positions).Select(p =>
        {
            var sum = new RunningSum(0);
            for (int c = 0; c < n; c++)
            {
                sum.Add(input[p, c], 1.0 / n);
            }

            double variance = 0, moved = 0;
            for (int c = 0; c < n; c++)
            {
                double centred = input[p, c].Value - sum.Total.Value;
                variance += centred * centred / n;
                moved += Math.Pow(centred * input[p, c].Magnitude / n, 2);
            }

            double scale = 1 / Math.Sqrt(variance + Epsilon);
            return (Mean: sum.Total, Scale: scale, Relative: 1 + (scale * scale * Math.Sqrt(moved)));
        }).ToArray();
        return Signal.Make(input.Form, (p, c) =>
        {
            var (mean, scale, relative) = rows[p];
            Number value = input[p, c];
            double factor = scale * (gamma?[c] ?? 1), normal = (value.Value - mean.Value) * factor;
            Number scaled = new(normal, (Math.Abs(factor) * (value.Magnitude + mean.Magnitude)) + (Math.Abs(normal) * relative));
            return scaled + Number.Of(beta?[c] ?? 0);
        });
    }
}
