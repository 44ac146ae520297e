using System.Text;

namespace Fused;

/// <summary>Writes options as C#, for messages that say what to write.</summary>
internal static class OptionsText
{
    /// <summary><c>no options</c>, or <c>new WeightLoadOptions { Prefix = "model.", AllowUnused = true }</c>.</summary>
    public static string Of(WeightLoadOptions options)
    {
        var parts = new List<string>();
        if (options.Prefix.Length > 0)
            parts.Add("Prefix = " + Literal(options.Prefix));
        if (options.AllowUnused)
            parts.Add("AllowUnused = true");
        if (options.Names.Count > 0)
            parts.Add("Names = { " + string.Join(", ", options.Names.Select(name => $"[{Literal(name.Key)}] = {Value(name.Value)}")) + " }");
        if (options.KernelOrder != KernelOrder.Unspecified)
            parts.Add("KernelOrder = KernelOrder." + options.KernelOrder);
        if (options.ByPosition)
            parts.Add("ByPosition = true");
        return parts.Count == 0 ? "no options" : "new WeightLoadOptions { " + string.Join(", ", parts) + " }";
    }

    private static string Value(NameInFile name) =>
        name.Order == KernelOrder.Unspecified ? Literal(name.Name) : $"new({Literal(name.Name)}, KernelOrder.{name.Order})";

    private static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\')
                literal.Append('\\').Append(c);
            else if (char.IsControl(c))
                literal.Append("\\u").Append(((int)c).ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
            else
                literal.Append(c);
        }

        return literal.Append('"').ToString();
    }
}
