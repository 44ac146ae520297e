using System.Text;

namespace Fused.Generator.Computing;

/// <summary>A layer's name as the start of the names of its buffers, which are parameters and fields in generated code.</summary>
internal static class LayerIdentifier
{
    /// <summary>The compiler refuses identifiers of more than 511 characters, and nobody reads them.</summary>
    private const int MaxLength = 64;

    /// <summary>
    /// The letters and digits of ASCII in the name, a capital where others stood between them: <c>classifier.0</c> becomes
    /// <c>classifier0</c>. Digits that were apart stay apart, as in <c>layers1_0</c>. Two names may give the same; whoever adds to it
    /// makes the whole unique.
    /// </summary>
    public static string Of(string name)
    {
        var text = new StringBuilder();
        bool parted = false;
        foreach (char c in name)
        {
            bool plain = c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9';
            if (plain && (text.Length > 0 || !char.IsDigit(c)))
            {
                if (parted && char.IsDigit(c) && char.IsDigit(text[text.Length - 1]))
                {
                    text.Append('_');
                }

                text.Append(parted ? char.ToUpperInvariant(c) : text.Length == 0 ? char.ToLowerInvariant(c) : c);
            }

            parted = !plain && text.Length > 0;
            if (text.Length >= MaxLength)
            {
                break;
            }
        }

        return text.Length == 0 ? "layer" : text.ToString();
    }
}
