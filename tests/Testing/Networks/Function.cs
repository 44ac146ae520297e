using System.Globalization;

namespace Fused.Testing.Networks;

/// <summary>An activation function: how it is declared, and what it computes.</summary>
/// <param name="Activation">The enumeration's member.</param>
/// <param name="Apply">The function of one sample.</param>
/// <param name="Alpha">The declared alpha; Keras's default where there is none.</param>
internal sealed record Function(Activation Activation, Func<Signal, Signal> Apply, double? Alpha = null)
{
    public static Function Linear { get; } = new(Activation.Linear, signal => signal);

    public static Function Softmax { get; } = new(Activation.Softmax, signal => OverRows(signal, logarithm: false));

    public static Function LogSoftmax { get; } = new(Activation.LogSoftmax, signal => OverRows(signal, logarithm: true));

    /// <summary>The functions of one value, each with the steepest slope that it has anywhere, rounded up.</summary>
    public static IReadOnlyList<Function> Elementwise { get; } =
    [
        Linear,
        Of(Activation.Relu, Reference.Relu),
        Of(Activation.Relu6, Reference.Relu6),
        LeakyRelu(null),
        LeakyRelu(0.01),
        LeakyRelu(-0.5),
        Elu(null),
        Elu(0.7),
        Of(Activation.Selu, Reference.Selu, slope: 1.76),
        Of(Activation.Gelu, Reference.Gelu, slope: 1.13),
        Of(Activation.GeluTanh, Reference.GeluTanh, slope: 1.13),
        Of(Activation.Sigmoid, Reference.Sigmoid),
        Of(Activation.HardSigmoid, Reference.HardSigmoid),
        Of(Activation.Tanh, Math.Tanh),
        Of(Activation.Softplus, Reference.Softplus),
        Of(Activation.Softsign, Reference.Softsign),
        Of(Activation.Swish, Reference.Swish, slope: 1.1),
        Of(Activation.HardSwish, Reference.HardSwish, slope: 1.5),
    ];

    public static IReadOnlyList<Function> All { get; } = [.. Elementwise, Softmax, LogSoftmax];

    /// <summary>The function as the argument of an attribute, and what else the attribute needs.</summary>
    public string Source => $"Activation.{Activation}"
        + (Alpha is double alpha ? ", Alpha = " + alpha.ToString(CultureInfo.InvariantCulture) : "");

    public static Function LeakyRelu(double? alpha) =>
        Of(Activation.LeakyRelu, x => Reference.LeakyRelu(x, (float)(alpha ?? 0.2)), alpha: alpha);

    public static Function Elu(double? alpha) =>
        Of(Activation.Elu, x => Reference.Elu(x, (float)(alpha ?? 1)), alpha: alpha);

    private static Function Of(Activation activation, Func<double, double> function, double slope = 1, double? alpha = null) =>
        new(activation, signal => signal with { Values = [.. signal.Values.Select(v => v.Map(function, slope))] }, alpha);

    /// <summary>
    /// A probability p changes by p times the change of its logit less the mean change of all logits; its logarithm by the
    /// second factor alone. The greatest logit is subtracted from each, so its magnitude counts for all.
    /// </summary>
    private static Signal OverRows(Signal signal, bool logarithm)
    {
        var rows = Enumerable.Range(0, signal.Form.Positions).Select(p =>
        {
            Number[] row = [.. Enumerable.Range(0, signal.Form.Channels).Select(c => signal[p, c])];
            double max = row.Max(v => v.Value);
            return (Values: row, Max: max, Sum: row.Sum(v => Math.Exp(v.Value - max)), Magnitude: row.Max(v => v.Magnitude));
        }).ToArray();
        return Signal.Make(signal.Form, (p, k) =>
        {
            var row = rows[p];
            double slack = row.Values[k].Magnitude + row.Magnitude, log = row.Values[k].Value - row.Max - Math.Log(row.Sum);
            double probability = Math.Exp(log);
            return logarithm ? new(log, Math.Abs(log) + 1 + slack) : new(probability, probability * (1 + slack));
        });
    }
}
