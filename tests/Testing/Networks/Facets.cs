using System.Globalization;

namespace Fused.Testing.Networks;

/// <summary>
/// What networks are told apart by when some are chosen for all: each kind of layer in each layout, each argument of its attribute, which
/// are strides, paddings, groups and functions, how its channels fill vectors, how it reads other layers, and which kind of layer is before it.
/// </summary>
internal static class Facets
{
    /// <summary>The widest vectors, in floats.</summary>
    private const int MostLanes = 16;

    /// <summary>Numbers up to this are sizes of windows, of which each is something else; those beyond are channels.</summary>
    private const int MostSize = 7;

    /// <summary>All facets of a network.</summary>
    public static IReadOnlySet<string> Of(Network network)
    {
        var facets = new HashSet<string> { $"weights as {network.Weights}" };
        string before = "input";
        foreach (var (layer, input, output) in network.Steps())
        {
            string kind = layer.GetType().Name;
            facets.Add($"{kind} of {Layout(input)}");
            facets.Add($"{kind} fills {Filling(output.Channels)}");
            facets.Add($"{kind} of {(input.Positions == 1 ? "one position" : input.Channels == 1 ? "one channel" : "many")}");
            facets.Add(layer.From is not null || layer.Joined.Count > 0 ? $"{kind} reads {Reading(layer)}" : $"{kind} after {before}");
            facets.UnionWith(Arguments(layer).Select(argument => $"{kind}: {argument}"));
            before = kind;
        }

        return facets;
    }

    /// <summary>So many networks that between them have many facets: always the one that adds most for each of its layers, which all take time.</summary>
    public static IReadOnlyList<Network> Cover(IReadOnlyList<Network> networks, int count)
    {
        List<(Network Network, HashSet<string> Left)> rest = [.. networks.Select(n => (n, Of(n).ToHashSet()))];
        var chosen = new HashSet<string>();
        while (chosen.Count < count && rest.MaxBy(r => (double)r.Left.Count / r.Network.Layers.Length) is { Left.Count: > 0 } best)
        {
            string[] added = [.. best.Left];
            chosen.Add(best.Network.Name);
            rest.ForEach(r => r.Left.ExceptWith(added));
        }

        return [.. networks.Where(n => chosen.Contains(n.Name))];
    }

    private static string Layout(Form form) => form.IsVector ? "a vector" : form.ChannelsFirst ? "channels first" : "channels last";

    /// <summary>How many channels fill the vectors of each width: whole ones, and one or several.</summary>
    private static string Filling(int channels)
    {
        int lanes = MostLanes;
        while (channels % lanes != 0)
        {
            lanes /= 2;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{lanes} lanes, {(channels < 4 ? "less than a vector" : channels < MostLanes ? "one" : "several")}");
    }

    private static string Reading(TestLayer layer) => layer.Joined.Count == 0 ? "another"
        : layer.Joined.Count > 1 ? layer.Joined.Distinct().Count() < layer.Joined.Count ? "itself" : "several" : layer.Joined[0] == "input" ? "the input" : "one more";

    /// <summary>The attribute's arguments, but for names of layers and numbers of channels.</summary>
    private static IEnumerable<string> Arguments(TestLayer layer)
    {
        int open = layer.Attribute.IndexOf('(', StringComparison.Ordinal);
        string[] arguments = open < 0 ? [] : layer.Attribute[(open + 1)..^1].Split(", ");
        return arguments.Where(a => !a.StartsWith('"')).Select((argument, i) =>
            int.TryParse(argument, CultureInfo.InvariantCulture, out int number) ? number > MostSize ? "channels" : $"argument {i} is {argument}" : argument);
    }
}
