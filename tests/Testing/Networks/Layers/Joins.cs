using System.Collections.Immutable;

namespace Fused.Testing.Networks.Layers;

internal enum JoinKind
{
    Add,
    Multiply,
    Average,
    Maximum,
}

/// <summary>A layer of several inputs: the one before and another by its name, or several by their names.</summary>
internal abstract record Joining(ImmutableArray<string> Names) : TestLayer
{
    public override IReadOnlyList<string> Joined => Names;

    public override Form Output(Form input) => Output([input]);

    public override Signal Run(Signal input, Func<string, float[]> weights) => Run([input], weights);

    protected string Declared(string layer) => $"{layer}({string.Join(", ", Names.Select(name => $"\"{name}\""))})";
}

/// <summary>Values of the same place, one by one; an input of height or width 1 has the same values everywhere along it.</summary>
internal sealed record Join(JoinKind Kind, params ImmutableArray<string> Names) : Joining(Names)
{
    public override string Attribute => Declared(Kind.ToString());

    public override Form Output(IReadOnlyList<Form> inputs) =>
        inputs[0] with { Height = inputs.Max(f => f.Height), Width = inputs.Max(f => f.Width) };

    public override Signal Run(IReadOnlyList<Signal> inputs, Func<string, float[]> weights)
    {
        Form output = Output([.. inputs.Select(s => s.Form)]);
        return Signal.Make(output, (p, c) =>
        {
            IEnumerable<Number> values = inputs.Select(s =>
            {
                int y = s.Form.Height == 1 ? 0 : p / output.Width, x = s.Form.Width == 1 ? 0 : p % output.Width;
                return s[(y * s.Form.Width) + x, c];
            });
            return Kind switch
            {
                JoinKind.Add => values.Aggregate((sum, value) => sum + value),
                JoinKind.Multiply => values.Aggregate((product, value) => product * value),
                JoinKind.Average => values.Aggregate((sum, value) => sum + value) * (1.0 / inputs.Count),
                _ => values.Aggregate(Number.Max),
            };
        });
    }
}

/// <summary>The channels of all inputs, one input's after the other's.</summary>
internal sealed record Concatenate(params ImmutableArray<string> Names) : Joining(Names)
{
    public override string Attribute => Declared("Concatenate");

    public override Form Output(IReadOnlyList<Form> inputs) => inputs[0] with { Channels = inputs.Sum(f => f.Channels) };

    public override Signal Run(IReadOnlyList<Signal> inputs, Func<string, float[]> weights) => Signal.Make(
        Output([.. inputs.Select(s => s.Form)]),
        (p, c) =>
        {
            int input = 0;
            for (; c >= inputs[input].Form.Channels; input++)
            {
                c -= inputs[input].Form.Channels;
            }

            return inputs[input][p, c];
        });
}
