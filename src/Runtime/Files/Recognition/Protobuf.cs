namespace Fused;

/// <summary>
/// Tells models that are protocol buffers apart by the fields with which they begin: the format itself has no mark. Sources: ONNX's
/// <c>onnx.proto</c> (ModelProto), TensorFlow's <c>saved_model.proto</c> and <c>graph.proto</c>.
/// </summary>
internal static class Protobuf
{
    private const int Varint = 0, LengthDelimited = 2;

    private const int NewestIrVersion = 100;

    /// <summary>
    /// A ModelProto: its version of the IR, then the producer, a domain, a model version, documentation, a graph and sets of operators,
    /// in any order that numbers have. The graph is what every model has.
    /// </summary>
    public static bool IsOnnx(ReadOnlySpan<byte> bytes)
    {
        if (!Next(ref bytes, out Field version) || version is not { Number: 1, Type: Varint, Value: >= 1 and <= NewestIrVersion })
            return false;

        bool named = false;
        while (Next(ref bytes, out Field field))
        {
            switch (field)
            {
                case { Number: 2 or 3 or 4 or 6, Type: LengthDelimited }:
                    named |= field.Number == 2;
                    if (!IsText(field.Content))
                        return false;
                    break;
                case { Number: 5, Type: Varint }:
                    break;
                case { Number: 8, Type: LengthDelimited }:
                    break;
                case { Number: 7, Type: LengthDelimited }:
                    return named || field.Content is [0x0A, ..];
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>A SavedModel: the version of its schema, 1, then a graph with its description.</summary>
    public static bool IsSavedModel(ReadOnlySpan<byte> bytes) =>
        Next(ref bytes, out Field version) && version is { Number: 1, Type: Varint, Value: 1 }
        && Next(ref bytes, out Field graph) && graph is { Number: 2, Type: LengthDelimited } && graph.Content is [0x0A, ..];

    /// <summary>A GraphDef: nodes, each with a name and an operation.</summary>
    public static bool IsGraph(ReadOnlySpan<byte> bytes)
    {
        if (!Next(ref bytes, out Field node) || node is not { Number: 1, Type: LengthDelimited })
            return false;

        ReadOnlySpan<byte> content = node.Content;
        return Next(ref content, out Field name) && name is { Number: 1, Type: LengthDelimited, IsWhole: true } && IsText(name.Content)
            && Next(ref content, out Field operation) && operation is { Number: 2, Type: LengthDelimited, IsWhole: true } && IsText(operation.Content)
            && operation.Content is [>= (byte)'A' and <= (byte)'Z', ..];
    }

    private static bool IsText(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;

    /// <summary>Takes a field from the beginning; false at the end and where there is none. What lies behind the bytes is cut off.</summary>
    private static bool Next(ref ReadOnlySpan<byte> bytes, out Field field)
    {
        field = default;
        if (!TryVarint(ref bytes, out ulong key) || key >> 3 is 0 or > 1000)
            return false;

        field.Number = (int)(key >> 3);
        field.Type = (int)(key & 7);
        if (field.Type is not (Varint or LengthDelimited) || !TryVarint(ref bytes, out field.Value))
            return false;
        if (field.Type == LengthDelimited)
        {
            field.IsWhole = field.Value <= (ulong)bytes.Length;
            field.Content = bytes[..(int)Math.Min(field.Value, (ulong)bytes.Length)];
            bytes = bytes[field.Content.Length..];
        }

        return true;
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < bytes.Length && i < 10; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private ref struct Field
    {
        public int Number;
        public int Type;
        public ulong Value;
        public ReadOnlySpan<byte> Content;
        public bool IsWhole;
    }
}
