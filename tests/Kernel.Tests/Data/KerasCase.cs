using System.Collections.Immutable;
using System.Text.Json;
using Fused.Testing.Data;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Data;

/// <summary>A tensor of the cases.</summary>
internal sealed record KerasTensor(float[] Data, int[] Shape);

/// <summary>A layer that Keras has run: its configuration, input, weights and output.</summary>
internal sealed record KerasCase(string Name, string Folder, JsonElement Attributes, KerasTensor Input, KerasTensor Expected, ImmutableArray<KerasTensor> Weights)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>The functions of core.Activation's cases, in the order in which keras-js lists them.</summary>
    private static readonly string[] ActivationCases =
        ["softmax", "elu", "selu", "softplus", "softsign", "relu", "tanh", "sigmoid", "hard_sigmoid", "linear"];

    public static IEnumerable<KerasCase> ReadAll()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(SharedData.Path("keras-layer-cases", "manifest.json")));
        string layers = Path.GetDirectoryName(SharedData.Path("keras-layer-cases", "layers", "activations.json"))!;
        foreach (string file in Directory.EnumerateFiles(layers, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string folder = Path.ChangeExtension(Path.GetRelativePath(layers, file), null).Replace('\\', '/');
            using JsonDocument cases = JsonDocument.Parse(File.ReadAllText(file));
            foreach (JsonProperty item in cases.RootElement.EnumerateObject())
            {
                // The layers that merge have a list of inputs in its place.
                if (item.Value.TryGetProperty("input", out JsonElement input) && input.ValueKind == JsonValueKind.Object)
                {
                    yield return new KerasCase(
                        item.Name, folder, AttributesOf(manifest.RootElement, folder, item.Name), Tensor(input), Tensor(item.Value.GetProperty("expected")),
                        item.Value.TryGetProperty("weights", out JsonElement weights) ? [.. weights.EnumerateArray().Select(Tensor)] : []);
                }
            }
        }
    }

    /// <summary>The layer that computes the case and the form of its input; nothing where there is none.</summary>
    public (Form Input, TestLayer[] Layers)? Network()
    {
        TestLayer[]? layers = Folder switch
        {
            "pooling/GlobalAveragePooling2D" => [new GlobalPool(PoolKind.Average)],
            "pooling/GlobalMaxPooling2D" => [new GlobalPool(PoolKind.Max)],
            "core/Flatten" => [new Flatten()],
            "core/Dropout" => [new Dense(2), new Dropout()],
            "core/Dense" => [new Dense(Attribute("units", 0), Named(Attribute("activation", "linear"))!, Attribute("use_bias", true))],
            "core/Activation" => Named(ActivationCases[Number]) is { } function ? [new Dense(2), new Activate(function)] : null,
            "normalization/BatchNormalization" when ChannelAxis() => [new BatchNormalization(Attribute("epsilon", 0.0), Attribute("center", true), Attribute("scale", true))],
            "activations" => Activation() is { } function ? [new Activate(function)] : null,
            "advanced_activations" when Name.Contains("LeakyReLU", StringComparison.Ordinal) => [new Activate(Function.LeakyRelu(Attribute("alpha", 0.0)))],
            "advanced_activations" when Name.Contains(".ELU", StringComparison.Ordinal) => [new Activate(Function.Elu(Attribute("alpha", 0.0)))],
            _ => null,
        };
        return layers is null ? null : (Input.Shape is [int length] ? Form.Vector(length) : Map(), layers);
    }

    private int Number => int.Parse(Name[(Name.LastIndexOf('.') + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A matrix is a map of one row; its last axis is the channels' in any case.</summary>
    private Form Map()
    {
        bool channelsFirst = Attribute("data_format", "channels_last") == "channels_first" || (Folder.EndsWith("BatchNormalization", StringComparison.Ordinal) && Attribute("axis", -1) == 1);
        int[] shape = Input.Shape.Length == 2 ? [1, .. Input.Shape] : Input.Shape;
        return channelsFirst ? new(shape[1], shape[2], shape[0], ChannelsFirst: true) : new(shape[0], shape[1], shape[2]);
    }

    /// <summary>Whether the axis, which counts the batch, is one that a layout can have for its channels: the last or the first.</summary>
    private bool ChannelAxis() => Attribute("axis", -1) is int axis && (axis == -1 || axis == 1 || axis == Input.Shape.Length);

    /// <summary>The function that a case of bare activations is named after, where its arguments are ones that Fused has.</summary>
    private Function? Activation() => Name switch
    {
        "activations.elu.3" => Function.Elu(0.5),
        "activations.relu.3" => null,
        "activations.relu.4" => Function.LeakyRelu(0.3),
        _ => Named(Name.Split('.')[1]),
    };

    private static Function? Named(string keras) => keras == "hard_sigmoid" ? null
        : Function.All.First(f => f.Activation.ToString().Equals(keras, StringComparison.OrdinalIgnoreCase));

    private T Attribute<T>(string name, T otherwise) =>
        Attributes.ValueKind == JsonValueKind.Object && Attributes.TryGetProperty(name, out JsonElement value) ? value.Deserialize<T>()! : otherwise;

    private static KerasTensor Tensor(JsonElement element) => element.Deserialize<KerasTensor>(Web)!;

    /// <summary>The manifest lists the cases by name, or their configurations in order.</summary>
    private static JsonElement AttributesOf(JsonElement manifest, string folder, string name)
    {
        if (!manifest.TryGetProperty(folder, out JsonElement layer))
        {
            return default;
        }

        JsonElement configuration = layer.TryGetProperty("params", out JsonElement inOrder)
            ? inOrder[int.Parse(name[(name.LastIndexOf('.') + 1)..], System.Globalization.CultureInfo.InvariantCulture)]
            : layer.GetProperty("cases").TryGetProperty(name, out JsonElement byName) ? byName : default;
        return configuration.ValueKind == JsonValueKind.Object ? configuration.GetProperty("attrs").Clone() : default;
    }
}
