using System.Text;
using System.Text.Json;

namespace Fused;

/// <summary>
/// The index of a model that is stored in several files, <c>model.safetensors.index.json</c>: which tensor is in which. Source: the
/// <c>weight_map</c> that Hugging Face's <c>save_torch_state_dict</c> writes.
/// </summary>
internal static class ShardIndex
{
    /// <summary>An index of the largest models has some megabytes.</summary>
    private const int MaxBytes = 32 << 20;

    private const int MaxShards = 20;
    private const int MaxNames = 4;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };

    /// <summary>What a JSON file is, to follow "it is".</summary>
    public static string Explain(FileHead file)
    {
        SortedDictionary<string, List<string>>? shards = Read(file.Source);
        if (shards is null or { Count: 0 })
            return $"a JSON text, which has no tensors: {file.Beginning}";

        var text = new StringBuilder("the index of a model in several files: load the one that has the layer's tensors");
        foreach ((string shard, List<string> names) in shards.Take(MaxShards))
        {
            // What stands outside of the repeated blocks, heads above all, has the shortest paths.
            names.Sort((a, b) => a.Count('.') != b.Count('.') ? a.Count('.').CompareTo(b.Count('.')) : string.CompareOrdinal(a, b));
            string more = names.Count > MaxNames ? $" and {names.Count - MaxNames} more" : "";
            text.Append($"; {Quoted.Name(shard)} has {string.Join(", ", names.Take(MaxNames).Select(Quoted.Name))}{more}");
        }

        return text.Append(shards.Count > MaxShards ? $"; and there are {shards.Count - MaxShards} files more" : "").ToString();
    }

    /// <summary>The tensors of each file; null where this is no such index.</summary>
    private static SortedDictionary<string, List<string>>? Read(ByteSource source)
    {
        byte[] head = new byte[1];
        if (source.Read(head, 0) == 0 || source.Read(head, MaxBytes) > 0)
            return null; // too long for an index

        byte[] json = new byte[source.Length];
        Span<byte> bytes = json.AsSpan(0, source.ReadAtMost(json, 0));
        try
        {
            return Parse(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static SortedDictionary<string, List<string>>? Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;

        SortedDictionary<string, List<string>>? shards = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isMap = reader.ValueTextEquals("weight_map"u8) && shards is null;
            reader.Read();
            if (isMap && reader.TokenType == JsonTokenType.StartObject)
                shards = ParseMap(ref reader);
            else
                reader.Skip();
        }

        return shards;
    }

    private static SortedDictionary<string, List<string>> ParseMap(ref Utf8JsonReader reader)
    {
        var shards = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw new JsonException();
            string shard = reader.GetString()!;
            if (!shards.TryGetValue(shard, out List<string>? names))
                shards.Add(shard, names = []);
            names.Add(name);
        }

        return shards;
    }
}
