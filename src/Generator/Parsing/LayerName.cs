using System.Globalization;

namespace Fused.Generator.Parsing;

/// <summary>
/// What a layer may be called: whatever can be printed and told apart in a file, since the names are those of the framework that
/// trained the layer (<c>layers.0</c>, <c>sequential/dense</c>). No name is ambiguous, for a tensor's name is parted from its layer's
/// at the last point or slash.
/// </summary>
internal static class LayerName
{
    /// <summary>What is wrong with the name, to follow "the name of Dense"; null for a good one.</summary>
    public static string? Fault(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            string? fault = CharUnicodeInfo.GetUnicodeCategory(name, i) switch
            {
                UnicodeCategory.Control => "a control character",
                UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "a line separator",
                // Scripts and emoji are written with joiners; other characters of this kind are there to be unseen or to reverse text.
                UnicodeCategory.Format when name[i] is not (ZeroWidthNonJoiner or ZeroWidthJoiner) => "an invisible character",
                UnicodeCategory.Surrogate => "half a surrogate pair, which no file can encode",
                _ => null,
            };
            bool isPair = char.IsSurrogatePair(name, i);
            if (fault is not null)
                return $"holds U+{(isPair ? char.ConvertToUtf32(name, i) : name[i]).ToString("X4", CultureInfo.InvariantCulture)}, {fault}";

            i += isPair ? 1 : 0;
        }

        return null;
    }

    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';
}
