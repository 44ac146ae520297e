using System.Globalization;

namespace Fused.Testing.Networks.Layers;

/// <summary>Negative values by a learned slope: one for each value of a sample, or for each channel.</summary>
internal sealed record PReLU(bool IsShared = false) : TestLayer
{
    public override string KerasName => "p_re_lu";

    public override string Attribute => IsShared ? "PReLU(SharedAxes = PReLUAxes.Positions)" : "PReLU";

    public override IEnumerable<WeightTensor> Weights(Form input) =>
        [input.IsVector ? new("alpha", input.Channels) : IsShared ? new("alpha", 1, 1, input.Channels) : new("alpha", input.Height, input.Width, input.Channels)];

    public override Signal Run(Signal input, Func<string, float[]> weights)
    {
        float[] alpha = weights("alpha");
        return Signal.Make(input.Form, (p, c) =>
        {
            double slope = alpha[IsShared ? c : (p * input.Form.Channels) + c];
            return input[p, c].Map(x => x < 0 ? slope * x : x, Math.Max(1, Math.Abs(slope)));
        });
    }
}

/// <summary>x * scale + offset; one of each, or one for each channel.</summary>
internal sealed record Rescaling(double[] Factors, double[] Offsets) : TestLayer
{
    public Rescaling(double scale, double offset = 0)
        : this([scale], [offset])
    {
    }

    public override string Attribute => Factors.Length == 1
        ? $"Rescaling({Text(Factors[0])}{(Offsets[0] == 0 ? "" : $", Offset = {Text(Offsets[0])}")})"
        : $"Rescaling({Numbers(Factors)}, Offsets = {Numbers(Offsets)})";

    public override Signal Run(Signal input, Func<string, float[]> weights) => Signal.Make(
        input.Form, (p, c) => (input[p, c] * Factors[c % Factors.Length]) + Number.Of(Offsets[c % Offsets.Length]));

    public static string Numbers(double[] values) => $"new double[] {{ {string.Join(", ", values.Select(Text))} }}";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>(x - mean) / max(sqrt(variance), 1e-7); one of each, or one for each channel.</summary>
internal sealed record Normalization(double[] Mean, double[] Variance) : TestLayer
{
    public override string Attribute => $"Normalization({Rescaling.Numbers(Mean)}, {Rescaling.Numbers(Variance)})";

    public override Signal Run(Signal input, Func<string, float[]> weights) => Signal.Make(
        input.Form,
        (p, c) => (input[p, c] + Number.Of(-Mean[c % Mean.Length])) * (1 / Math.Max(Math.Sqrt(Variance[c % Variance.Length]), 1e-7)));
}
