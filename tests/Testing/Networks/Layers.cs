using System.Globalization;

namespace Fused.Testing.Networks;

/// <summary>A weight tensor of a layer.</summary>
internal sealed record WeightTensor(string Role, params int[] Shape)
{
    public int Length => Shape.Aggregate((product, dimension) => product * dimension);

    /// <summary>Whether it is multiplied with inputs whose products are added up.</summary>
    public bool IsKernel => Role.EndsWith("kernel", StringComparison.Ordinal);

    /// <summary>How many products make an output, of a kernel; all but the last dimension unless told otherwise.</summary>
    public int Terms { get; init; } = Shape.SkipLast(1).Aggregate(1, (product, dimension) => product * dimension);
}

/// <summary>
/// A layer as the tests know it: how it is declared, which weights it has, and what it computes, in float64, straight from
/// its definition. It shares nothing with the compiler.
/// </summary>
internal abstract record TestLayer
{
    /// <summary>The name that Keras gives to the first layer of the kind, for layers with weights.</summary>
    public virtual string KerasName => "";

    /// <summary>The name that the declaration gives; null where the layer has Keras's.</summary>
    public string? Name { get; init; }

    /// <summary>The layer that is read, or the network's <c>input</c>; null for the one before.</summary>
    public string? From { get; init; }

    /// <summary>What a layer that joins others names: one is joined with the layer before, several with one another.</summary>
    public virtual IReadOnlyList<string> Joined => [];

    /// <summary>The attribute, without its brackets and the layer's place in the network.</summary>
    public abstract string Attribute { get; }

    /// <summary>The attribute as it is written, without its brackets.</summary>
    public string Declaration
    {
        get
        {
            string[] place = [.. Name is null ? [] : new[] { $"Name = \"{Name}\"" }, .. From is null ? [] : new[] { $"From = \"{From}\"" }];
            return place.Length == 0 ? Attribute
                : Attribute.EndsWith(')') ? $"{Attribute[..^1]}, {string.Join(", ", place)})"
                : $"{Attribute}({string.Join(", ", place)})";
        }
    }

    public virtual IEnumerable<WeightTensor> Weights(Form input) => [];

    public virtual Form Output(Form input) => input;

    /// <summary>The form that a layer makes of all that it reads.</summary>
    public virtual Form Output(IReadOnlyList<Form> inputs) => Output(inputs[0]);

    /// <summary>The multiplications of one sample, or what takes as long.</summary>
    public virtual long Operations(Form input) => input.Length;

    /// <summary>The layer's output, its weights given by role.</summary>
    public abstract Signal Run(Signal input, Func<string, float[]> weights);

    /// <summary>The same of all that the layer reads.</summary>
    public virtual Signal Run(IReadOnlyList<Signal> inputs, Func<string, float[]> weights) => Run(inputs[0], weights);
}

internal sealed record Dropout : TestLayer
{
    public override string Attribute => "Dropout(0.5)";

    public override Signal Run(Signal input, Func<string, float[]> weights) => input;
}

internal enum PoolKind
{
    Average,
    Max,
    Concat,
}

internal sealed record GlobalPool(PoolKind Kind) : TestLayer
{
    public override string Attribute => Kind switch
    {
        PoolKind.Average => "GlobalAveragePooling2D",
        PoolKind.Max => "GlobalMaxPooling2D",
        _ => "AdaptiveConcatPooling2D",
    };

    public override Form Output(Form input) => Form.Vector(Kind == PoolKind.Concat ? 2 * input.Channels : input.Channels);

    public override Signal Run(Signal input, Func<string, float[]> weights) => Signal.Make(Output(input.Form), (_, c) => Kind switch
    {
        PoolKind.Average => Mean(input, c),
        PoolKind.Max => Max(input, c),
        _ => c < input.Form.Channels ? Max(input, c) : Mean(input, c - input.Form.Channels),
    });

    private static IEnumerable<Number> Channel(Signal input, int c) =>
        Enumerable.Range(0, input.Form.Positions).Select(p => input[p, c]);

    private static Number Mean(Signal input, int c) =>
        Channel(input, c).Aggregate((sum, value) => sum + value) * (1.0 / input.Form.Positions);

    private static Number Max(Signal input, int c) => Channel(input, c).Aggregate(Number.Max);
}

/// <param name="ChannelsLastOrder">Keras's order whatever the map's layout, else PyTorch's or the map's own.</param>
/// <param name="ChannelsFirstOrder">PyTorch's order whatever the map's layout, else the map's own.</param>
internal sealed record Flatten(bool ChannelsLastOrder = false, bool ChannelsFirstOrder = false) : TestLayer
{
    public override string Attribute =>
        ChannelsLastOrder ? "Flatten(ChannelsLastOrder = true)" : ChannelsFirstOrder ? "Flatten(ChannelsFirstOrder = true)" : "Flatten";

    public override Form Output(Form input) => Form.Vector(input.Length);

    public override Signal Run(Signal input, Func<string, float[]> weights) => Signal.Make(
        Output(input.Form),
        (_, i) => ChannelsLastOrder ? input[i / input.Form.Channels, i % input.Form.Channels]
            : ChannelsFirstOrder ? input[i % input.Form.Positions, i / input.Form.Positions]
            : input.Values[i]);
}

internal sealed record Dense(int Units, Function Function, bool UseBias = true) : TestLayer
{
    public Dense(int units)
        : this(units, Function.Linear)
    {
    }

    public override string KerasName => "dense";

    public override string Attribute =>
        $"Dense({Units}{(Function == Function.Linear ? "" : $", Activation = {Function.Source}")}"
        + $"{(UseBias ? "" : ", UseBias = false")})";

    public override IEnumerable<WeightTensor> Weights(Form input) => UseBias
        ? [new("kernel", input.Channels, Units), new("bias", Units)]
        : [new("kernel", input.Channels, Units)];

    public override Form Output(Form input) => input with { Channels = Units };

    public override long Operations(Form input) => (long)input.Length * Units;

    public override Signal Run(Signal input, Func<string, float[]> weights)
    {
        float[] kernel = weights("kernel");
        float[] bias = UseBias ? weights("bias") : new float[Units];
        return Function.Apply(Signal.Make(Output(input.Form), (p, k) =>
        {
            Number sum = Number.Of(bias[k]);
            for (int c = 0; c < input.Form.Channels; c++)
            {
                sum += input[p, c] * kernel[(c * Units) + k];
            }

            return sum;
        }));
    }
}

internal sealed record BatchNormalization(double Epsilon = 1e-3, bool Center = true, bool Scale = true) : TestLayer
{
    public override string KerasName => "batch_normalization";

    public override string Attribute => string.Create(
        CultureInfo.InvariantCulture, $"BatchNormalization(Epsilon = {Epsilon}, Center = {Text(Center)}, Scale = {Text(Scale)})");

    public override IEnumerable<WeightTensor> Weights(Form input)
    {
        string[] roles = [.. Scale ? ["gamma"] : Array.Empty<string>(), .. Center ? ["beta"] : Array.Empty<string>(), "moving_mean", "moving_variance"];
        return roles.Select(role => new WeightTensor(role, input.Channels));
    }

    public override Signal Run(Signal input, Func<string, float[]> weights)
    {
        float[]? gamma = Scale ? weights("gamma") : null, beta = Center ? weights("beta") : null;
        float[] mean = weights("moving_mean"), variance = weights("moving_variance");
        return Signal.Make(input.Form, (p, c) =>
        {
            Number centred = input[p, c] + Number.Of(-mean[c]);
            return (centred * ((gamma?[c] ?? 1) / Math.Sqrt(variance[c] + Epsilon))) + Number.Of(beta?[c] ?? 0);
        });
    }

    private static string Text(bool value) => value ? "true" : "false";
}

/// <summary>An activation as a layer of its own.</summary>
internal sealed record Activate(Function Function) : TestLayer
{
    public override string Attribute => $"Activation({Function.Source})";

    public override Signal Run(Signal input, Func<string, float[]> weights) => Function.Apply(input);
}

internal sealed record Softmax : TestLayer
{
    public override string Attribute => "Softmax";

    public override Signal Run(Signal input, Func<string, float[]> weights) => Function.Softmax.Apply(input);
}
