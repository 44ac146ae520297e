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

    public static ImmutableArray<string> Of(IEnumerable<Layer> layers)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. layers.Select(layer => layer.DeclaredName ?? Next(layer.DefaultName))];

        string Next(string name)
        {
            seen.TryGetValue(name, out int count);
            seen[name] = count + 1;
            return count == 0 ? name : name + "_" + count.ToString(CultureInfo.InvariantCulture);
        }
    }
}
