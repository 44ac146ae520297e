using System.Collections.Immutable;

namespace Fused.Testing.Networks;

/// <summary>A network as the tests know it: the source of its declaration, its weights, and its predictions in float64.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Layers">The layers in order.</param>
internal sealed record Network(string Name, Form Input, ImmutableArray<TestLayer> Layers)
{
    public const string Namespace = "Declared";

    public Network(string name, Form input, params ReadOnlySpan<TestLayer> layers)
        : this(name, input, layers.ToImmutableArray())
    {
    }

    /// <summary>How the model stores its matrices.</summary>
    public WeightType Weights { get; init; }

    /// <summary>How many times the usual rounding errors the results may have; more than 1 where convolutions are computed by Winograd's algorithm.</summary>
    public double Slack { get; init; } = 1;

    /// <summary>Whether samples are declared as bytes.</summary>
    public bool TakesBytes { get; init; }

    /// <summary>The names of the layers whose outputs the network gives, one after the other; none where that is the last one's.</summary>
    public ImmutableArray<string> Outputs { get; init; } = [];

    /// <summary>What a sample gives: the form of the last layer's output, or a row of several.</summary>
    public Form Output => Layers.IsEmpty ? Input : Outputs.IsEmpty ? Forms()[^1] : Form.Vector(OutputForms.Sum(form => form.Length));

    /// <summary>The form of each of several outputs.</summary>
    public IEnumerable<Form> OutputForms => Given(Forms());

    /// <summary>The declaration, as a user would write it.</summary>
    public string Source =>
        $"[FusedModel{(Weights == WeightType.Float32 ? "" : $"(Weights = WeightType.{Weights})")}]\n[{InputAttribute}]\n{string.Concat(Layers.Select(l => $"[{l.Declaration}]\n"))}{Given()}public sealed partial class {Name};\n";

    private string InputAttribute => TakesBytes ? $"{Input.Attribute[..^1]}, Type = ElementType.UInt8)" : Input.Attribute;

    /// <summary>Each weight tensor with its name in weight files: the layer's own name or Keras's default, then the role.</summary>
    public IEnumerable<(string Name, TestLayer Layer, WeightTensor Tensor)> WeightTensors
    {
        get
        {
            Form[] forms = Forms();
            string[] names = [.. Names()];
            for (int i = 0; i < Layers.Length; i++)
            {
                foreach (WeightTensor tensor in Layers[i].Weights(Read(forms, Input, i)[0]))
                {
                    yield return (TensorName(names[i], tensor.Role), Layers[i], tensor);
                }
            }
        }
    }

    /// <summary>Each layer with the form that it reads first and the form that it makes.</summary>
    public IEnumerable<(TestLayer Layer, Form Input, Form Output)> Steps()
    {
        Form[] forms = Forms();
        return Layers.Select((layer, i) => (layer, Read(forms, Input, i)[0], forms[i]));
    }

    /// <summary>The multiplications of one sample, or what takes as long.</summary>
    public long Operations
    {
        get
        {
            Form[] forms = Forms();
            return Layers.Select((layer, i) => layer.Operations(Read(forms, Input, i)[0])).Sum();
        }
    }

    /// <summary>The prediction for one sample.</summary>
    public Number[] Predict(ReadOnlySpan<float> sample, IReadOnlyDictionary<string, float[]> weights)
    {
        var first = new Signal(Input, [.. sample.ToArray().Select(v => Number.Of(v))]);
        var signals = new Signal[Layers.Length];
        double firstRange = StoredWeights.Range(first);
        var ranges = new double[Layers.Length];
        string[] names = [.. Names()];
        for (int i = 0; i < Layers.Length; i++)
        {
            TestLayer layer = Layers[i];
            Signal[] inputs = Read(signals, first, i);
            double range = Read(ranges, firstRange, i)[0];
            if (Weights == WeightType.Int8 && layer is Dense dense)
            {
                inputs = [StoredWeights.InSteps(inputs[0], dense.Units, range)];
            }

            signals[i] = layer.Run(inputs, role => weights[TensorName(names[i], role)]);
            ranges[i] = StoredWeights.Range(layer, range, signals[i]);
        }

        return signals.Length == 0 ? first.Values : Outputs.IsEmpty ? signals[^1].Values : [.. Given(signals).SelectMany(signal => signal.Values)];
    }

    /// <summary>
    /// Weights of either sign around 1, kernels scaled so that a signal neither dies out nor grows; such that the model stores them
    /// exactly.
    /// </summary>
    public Dictionary<string, float[]> RandomWeights(int seed)
    {
        var random = new Random(seed);
        return WeightTensors.ToDictionary(w => w.Name, w => StoredWeights.Fit(Of(w.Tensor), Weights, w.Layer, w.Tensor));

        float[] Of(WeightTensor tensor) => tensor.Role switch
        {
            _ when tensor.IsKernel => Values(random, tensor.Length, Math.Sqrt(3.0 / tensor.Terms)),
            "moving_variance" => [.. Values(random, tensor.Length, 1).Select(v => 1.1f + v)],
            _ => Values(random, tensor.Length, 1.5),
        };
    }

    /// <summary>Samples with values between -2 and 2, some of them zero, as after a relu.</summary>
    public float[] RandomSamples(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Values(random, count * Input.Length, 2).Select(v => random.Next(4) == 0 ? 0 : v)];
    }

    public override string ToString() => Name;

    private static string TensorName(string layer, string role) => layer.Length == 0 ? role : $"{layer}.{role}";

    private static float[] Values(Random random, int count, double range) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(range * ((2 * random.NextDouble()) - 1)))];

    /// <summary>Keras's rule: dense, dense_1, dense_2; a name of its own does not count.</summary>
    private IEnumerable<string> Names()
    {
        var seen = new Dictionary<string, int>();
        foreach (TestLayer layer in Layers)
        {
            int count = 0;
            string? own = layer.Name;
            if (own is null)
            {
                count = seen.GetValueOrDefault(layer.KerasName);
                seen[layer.KerasName] = count + 1;
            }

            yield return own ?? layer.KerasName + (count == 0 ? "" : $"_{count}");
        }
    }
    /// <summary>The form that each layer makes.</summary>
    private Form[] Forms()
    {
        var forms = new Form[Layers.Length];
        for (int i = 0; i < forms.Length; i++)
        {
            forms[i] = Layers[i].Output(Read(forms, Input, i));
        }

        return forms;
    }

    /// <summary>The attribute that names the outputs.</summary>
    private string Given() => Outputs.IsEmpty ? "" : $"[Output({string.Join(", ", Outputs.Select(name => $"\"{name}\""))})]\n";

    /// <summary>The outputs, of what all layers make.</summary>
    private IEnumerable<T> Given<T>(T[] made)
    {
        string[] names = [.. Names()];
        return Outputs.Select(name => made[Array.LastIndexOf(names, name)]);
    }

    /// <summary>What a layer reads, of what all layers make and of the network's input.</summary>
    private T[] Read<T>(T[] made, T input, int layer)
    {
        T before = layer == 0 ? input : made[layer - 1];
        IReadOnlyList<string> joined = Layers[layer].Joined;
        string? from = Layers[layer].From;
        T first = from is null ? before : Named(from);
        return joined.Count > 1 ? [.. joined.Select(Named)] : [first, .. joined.Select(Named)];

        T Named(string name)
        {
            int found = Names().Take(layer).ToList().LastIndexOf(name);
            return found >= 0 ? made[found]
                : name == "input" ? input
                : throw new InvalidOperationException($"{Name} has no layer {name} before layer {layer}.");
        }
    }
}
