using System.Collections.Immutable;
using System.Globalization;

namespace Fused.Generator.Graph;

/// <summary>
/// The names of a network's layers, as Keras gives them to a fresh session: an unnamed layer gets its kind's default name,
/// then <c>_1</c>, <c>_2</c>, ...; a layer with a name of its own does not count. As in Keras the counter does not step
/// around a declared name: such a clash is a duplicate, since weights that Keras saved would have it too.
/// </summary>
internal static class LayerNames
{
    /// <summary>One form for names that weight files do not tell apart: Keras parts them by a slash where PyTorch has a point.</summary>
    public static string Normalize(string name) => name.Replace('/', '.');

    public static ImmutableArray<string> Of(IEnumerable<Layer> layers) => Of(layers.Select(layer => (layer.DeclaredName, layer.DefaultName)));

    /// <summary>The names of what is called by a name of its own, or by the first of its default names that is left.</summary>
    public static ImmutableArray<string> Of(IEnumerable<(string? Declared, string Default)> names)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. names.Select(name => name.Declared ?? Next(name.Default))];

        string Next(string name)
        {
            seen.TryGetValue(name, out int count);
            seen[name] = count + 1;
            return count == 0 ? name : name + "_" + count.ToString(CultureInfo.InvariantCulture);
        }
    }
}
