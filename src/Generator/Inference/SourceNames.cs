using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;

namespace Fused.Generator.Inference;

/// <summary>From the names that a layer reads to the layers that have them.</summary>
internal static class SourceNames
{
    /// <summary>As many names as a message lists.</summary>
    private const int MostListed = 8;

    /// <summary>Where a layer's inputs come from; null, and why, where a name is that of no layer before it.</summary>
    public static ImmutableArray<int>? Resolve(
        Layer layer, int place, IReadOnlyList<Layer> layers, ImmutableArray<string> names, out Problem? problem)
    {
        var sources = ImmutableArray.CreateBuilder<int>();
        if (layer.ReadsBefore)
            sources.Add(place - 1); // for the first layer the network's input

        problem = null;
        for (int i = 0; i < layer.From.Count; i++)
        {
            string name = layer.From[i];
            int source = names.IndexOf(name, 0, place);
            if (name == Layer.NetworkInput && source >= 0)
                problem = Ambiguous(layer.Kind, source, layers[source].Kind, i, "network");
            else if (name != Layer.NetworkInput && source < 0)
                problem = Unknown(layer.Kind, name, place, names, i);

            if (problem is not null)
                return null;

            sources.Add(source); // for the network's input Node.NetworkInput, as for a name that is not found
        }

        return sources.ToImmutable();
    }

    /// <summary>That a name is that of nothing before it.</summary>
    /// <param name="kind">The layer that reads it.</param>
    /// <param name="name">The name.</param>
    /// <param name="place">Where the layer stands among the names.</param>
    /// <param name="names">All names.</param>
    /// <param name="source">Which of the layer's names it is.</param>
    public static Problem Unknown(string kind, string name, int place, ImmutableArray<string> names, int source) =>
        new(Descriptors.UnknownSource, [kind, name, Known(name, place, names)]) { Source = source };

    /// <summary>That a name is that of the input, and of something before it.</summary>
    /// <param name="kind">The layer that reads it.</param>
    /// <param name="named">Where what else has the name stands.</param>
    /// <param name="kindOfNamed">What that is.</param>
    /// <param name="source">Which of the layer's names it is.</param>
    /// <param name="whose">Whose input it is, the network's or the block's.</param>
    public static Problem Ambiguous(string kind, int named, string kindOfNamed, int source, string whose) =>
        new(Descriptors.AmbiguousSource, [kind, Numbers.Count(named + 1), kindOfNamed, whose]) { Source = source };

    /// <summary>What there is instead: all names where they are few, else those that look most like the one that there is not.</summary>
    private static string Known(string name, int place, ImmutableArray<string> names)
    {
        if (names.IndexOf(name, place) is >= 0 and var later)
            return later == place ? "it is the layer itself" : $"it is that of layer {Numbers.Count(later + 1)}, which stands behind it";

        return Instead(name, [Layer.NetworkInput, .. names.Take(place)]);
    }

    /// <summary>Names that there are, in the place of one that there is not.</summary>
    public static string Instead(string name, ImmutableArray<string> known) => known.Length <= MostListed
        ? "there are " + Listed(known)
        : $"of the {Numbers.Count(known.Length)} that there are these are the most like it: "
            + Listed(known.OrderBy(other => Distance(name, other)).Take(MostListed / 2));

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    /// <summary>How many letters have to be put in, taken out or changed: Levenshtein's distance, row by row.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
