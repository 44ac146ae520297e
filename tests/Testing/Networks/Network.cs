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

    public Form Output => Layers.Aggregate(Input, (form, layer) => layer.Output(form));

    /// <summary>The declaration, as a user would write it.</summary>
    public string Source =>
        $"[FusedModel{(Weights == WeightType.Float32 ? "" : $"(Weights = WeightType.{Weights})")}]\n[{Input.Attribute}]\n{string.Concat(Layers.Select(l => $"[{l.Attribute}]\n"))}public sealed partial class {Name};\n";

    /// <summary>Each weight tensor with its name in weight files: the layer's own name or Keras's default, then the role.</summary>
    public IEnumerable<(string Name, TestLayer Layer, WeightTensor Tensor)> WeightTensors
    {
        get
        {
            Form form = Input;
            foreach (var (layer, name) in Layers.Zip(Names()))
            {
                foreach (WeightTensor tensor in layer.Weights(form))
                {
                    yield return (TensorName(name, tensor.Role), layer, tensor);
                }

                form = layer.Output(form);
            }
        }
    }

    /// <summary>The multiplications of one sample, or what takes as long.</summary>
    public long Operations
    {
        get
        {
            long operations = 0;
            Form form = Input;
            foreach (TestLayer layer in Layers)
            {
                Form output = layer.Output(form);
                operations += layer is Dense ? (long)form.Length * output.Channels : form.Length;
                form = output;
            }

            return operations;
        }
    }

    /// <summary>The prediction for one sample.</summary>
    public Number[] Predict(ReadOnlySpan<float> sample, IReadOnlyDictionary<string, float[]> weights)
    {
        var signal = new Signal(Input, [.. sample.ToArray().Select(v => Number.Of(v))]);
        double range = StoredWeights.Range(signal);
        foreach (var (layer, name) in Layers.Zip(Names()))
        {
            Signal input = Weights == WeightType.Int8 && layer is Dense dense ? StoredWeights.InSteps(signal, dense.Units, range) : signal;
            signal = layer.Run(input, role => weights[TensorName(name, role)]);
            range = StoredWeights.Range(layer, range, signal);
        }

        return signal.Values;
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
            "kernel" => Values(random, tensor.Length, Math.Sqrt(3.0 / tensor.Shape[0])),
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
            string? own = (layer as Dense)?.Name;
            if (own is null)
            {
                count = seen.GetValueOrDefault(layer.KerasName);
                seen[layer.KerasName] = count + 1;
            }

            yield return own ?? layer.KerasName + (count == 0 ? "" : $"_{count}");
        }
    }
}
