using System.Globalization;

namespace Fused.Generator.Parsing;

/// <summary>
/// What a layer may be called. Weight files carry the name as a prefix: a point parts it from the tensor
/// (<c>dense.kernel</c>), Keras parts them by a slash and a colon, and .npz files are zip archives whose entries are paths.
/// A name that holds one of these would read back as another.
/// </summary>
internal static class LayerName
{
    private const string Separators = "./\\:";

    /// <summary>What is wrong with the name, to follow "the name of Dense"; null for a good one.</summary>
    public static string? Fault(string name)
    {
        if (name.Length == 0)
            return "is empty";

        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (Separators.IndexOf(c) >= 0)
                return $"holds '{c}', which parts a layer from its tensors in weight files";

            if (char.IsWhiteSpace(c) || char.IsControl(c))
                return $"holds U+{((int)c).ToString("X4", CultureInfo.InvariantCulture)}, a white-space or control character";

            if (char.IsSurrogatePair(name, i))
                i++;
            else if (char.IsSurrogate(c))
                return "holds half a surrogate pair, which no file can encode";
        }

        return null;
    }
}
