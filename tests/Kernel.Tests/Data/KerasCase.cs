using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Fused.Testing.Data;

namespace Fused.Kernel.Tests.Data;

/// <summary>A tensor of the cases.</summary>
internal sealed record KerasTensor(float[] Data, int[] Shape);

/// <summary>A layer that Keras has run: its configuration, input, weights and output.</summary>
internal sealed record KerasCase(string Name, string Folder, JsonElement Attributes, KerasTensor Input, KerasTensor Expected, ImmutableArray<KerasTensor> Weights)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<ImmutableArray<KerasCase>> LazyAll = new(() => [.. ReadAll()]);

    public static ImmutableArray<KerasCase> All => LazyAll.Value;

    /// <summary>The number of the case among those of its layer.</summary>
    public int Number => int.Parse(Name[(Name.LastIndexOf('.') + 1)..], CultureInfo.InvariantCulture);

    /// <summary>A setting of the layer's configuration, or what it is where nothing is said.</summary>
    public T Attribute<T>(string name, T otherwise) => Setting(name) is { } value ? value.Deserialize<T>()! : otherwise;

    /// <summary>A setting that has a value for the height and one for the width, or one for both; nothing where it is null or not said.</summary>
    public (int Height, int Width)? Pair(string name) => Setting(name) switch
    {
        { ValueKind: JsonValueKind.Number } both => (both.GetInt32(), both.GetInt32()),
        { ValueKind: JsonValueKind.Array } each => (each[0].GetInt32(), each[1].GetInt32()),
        _ => null,
    };

    /// <summary>A setting as it is written; nothing where it is null or not said.</summary>
    public JsonElement? Setting(string name) =>
        Attributes.ValueKind == JsonValueKind.Object && Attributes.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static IEnumerable<KerasCase> ReadAll()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(SharedData.Path("keras-layer-cases", "manifest.json")));
        string layers = Path.GetDirectoryName(SharedData.Path("keras-layer-cases", "layers", "activations.json"))!;
        foreach (string file in Directory.EnumerateFiles(layers, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string folder = Path.ChangeExtension(Path.GetRelativePath(layers, file), null).Replace('\\', '/');
            using JsonDocument cases = JsonDocument.Parse(File.ReadAllText(file));
            foreach (JsonProperty item in cases.RootElement.EnumerateObject())
            {
                yield return new KerasCase(
                    item.Name, folder, AttributesOf(manifest.RootElement, folder, item.Name),
                    Tensor(item.Value.GetProperty("input")), Tensor(item.Value.GetProperty("expected")),
                    item.Value.TryGetProperty("weights", out JsonElement weights) ? [.. weights.EnumerateArray().Select(Tensor)] : []);
            }
        }
    }

    private static KerasTensor Tensor(JsonElement element) => element.Deserialize<KerasTensor>(Web)!;

    /// <summary>The manifest lists the cases by name, or their configurations in order.</summary>
    private static JsonElement AttributesOf(JsonElement manifest, string folder, string name)
    {
        if (!manifest.TryGetProperty(folder, out JsonElement layer))
        {
            return default;
        }

        JsonElement configuration = layer.TryGetProperty("params", out JsonElement inOrder)
            ? inOrder[int.Parse(name[(name.LastIndexOf('.') + 1)..], CultureInfo.InvariantCulture)]
            : layer.GetProperty("cases").TryGetProperty(name, out JsonElement byName) ? byName : default;
        return configuration.ValueKind == JsonValueKind.Object ? configuration.GetProperty("attrs").Clone() : default;
    }
}
