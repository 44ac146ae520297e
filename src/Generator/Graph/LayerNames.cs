using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Diagnostics;

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

    /// <summary>The names that one before them has too, as files spell names, with the place of the first one.</summary>
    /// <param name="names">The names.</param>
    /// <param name="kind">What has a name, as messages call it.</param>
    public static IEnumerable<(int Index, int First, Problem Problem)> Duplicates(ImmutableArray<string> names, Func<int, string> kind)
    {
        ImmutableArray<string> spelled = [.. names.Select(Normalize)];
        for (int i = 0; i < names.Length; i++)
        {
            int first = spelled.IndexOf(spelled[i]);
            if (first == i)
                continue;

            string alike = names[first] == names[i] ? "" : $", whose '{names[first]}' is the same with '.' for '/'";
            yield return (i, first, new Problem(Descriptors.DuplicateName, [names[i], kind(first), Numbers.Count(first + 1), alike], At: "Name"));
        }
    }

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
