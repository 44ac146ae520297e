using System.Collections.Immutable;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;

namespace Fused.Generator.Computing;

/// <summary>Where layers' results belong, by who reads them.</summary>
internal sealed class Destinations
{
    private readonly ImmutableArray<FusedNode> _nodes;
    private readonly ImmutableArray<int> _groups;
    private readonly ILookup<int, int> _readers;

    public Destinations(FusionPlan plan)
    {
        _nodes = [.. plan.Nodes];
        HasWindows = plan.HasWindows;
        _groups = [.. plan.Groups.SelectMany(g => g.Nodes.Select(_ => g.Index))];
        _readers = _nodes.SelectMany((node, i) => node.Sources.Distinct().Select(source => (source, i))).ToLookup(e => e.source, e => e.i);
    }

    public int Count => _nodes.Length;

    public bool HasOneReader(int place) => _readers[place].Take(2).Count() == 1;

    /// <summary>
    /// Where in a sample's row of results a layer's stage writes what it gives, as only layers follow that join the stage or vanish, and nobody but
    /// the caller reads it; null where its values are others' too.
    /// </summary>
    public int? OutputPlace(int place)
    {
        int final = Final(place), last = _nodes.Length - 1;
        return final == last ? 0
            : _nodes[last] is { Node.Layer: OutputsLayer } end && HasOneReader(final) && end.Sources.IndexOf(final) is >= 0 and var output
                ? end.Node.Inputs.Take(output).Sum(shape => shape.Length)
            : null;
    }

    /// <summary>The layer at a place.</summary>
    public FusedNode this[int place] => _nodes[place];

    /// <summary>Whether some layer moves windows over maps, which therefore have halos and lie channels last, whatever their shapes say.</summary>
    public bool HasWindows { get; }

    /// <summary>
    /// The layer that concatenates what a layer gives with others, and the channel from which on it has its part; null where it does not write
    /// there. Only maps that nobody else concatenates, and once.
    /// </summary>
    public (int Place, int Channel)? Concatenation(int place)
    {
        int final = Final(place);
        foreach (int reader in _readers[final].Where(r => _nodes[r].Fate == Fate.Computed && _nodes[r].Node.Layer is ConcatenateLayer))
        {
            FusedNode node = _nodes[reader];
            Shape whole = node.Node.Output;
            bool isPlain = OutputPlace(reader) is not null && (!whole.ChannelsAreLast || _readers[final].Count() > 1);
            if (!whole.IsVector && !isPlain && node.Sources.Count(s => s == final) == 1)
            {
                int part = node.Sources.IndexOf(final);
                return (reader, node.Node.Inputs.Take(part).Sum(shape => shape.Channels));
            }
        }

        return null;
    }

    /// <summary>What readers' windows reach into around a layer's map: how far, and what they expect there.</summary>
    public (Margins Halo, float Fill) Halo(int place)
    {
        ImmutableArray<(Margins Halo, float Fill)> wanted = [.. Wanted(Final(place))];
        bool zeros = wanted.Any(w => w.Fill == 0);
        float fill = zeros || wanted.IsEmpty ? 0 : wanted[0].Fill;

        // Where zeros are wanted too, they serve a maximum as well if nothing is less.
        bool serves = zeros && _nodes[Final(place)].Node.Layer.IsNonNegative;
        return (wanted.Where(w => w.Fill == fill || serves).Aggregate(Margins.None, (all, w) => all.Union(w.Halo)), fill);
    }

    private IEnumerable<(Margins Halo, float Fill)> Wanted(int place)
    {
        foreach (int reader in _readers[place])
        {
            FusedNode node = _nodes[reader];
            Margins own = node.Node.Layer.Reach(node.Node.Input);
            if (node.Fate != Fate.Computed)
            {
                foreach (var wanted in Wanted(reader))
                {
                    yield return wanted;
                }
            }
            else if (node.Node.Layer is ZeroPadding2DLayer)
            {
                // Its output is the map with the halo, around which its own readers want theirs.
                Margins beyond = Wanted(reader).Where(w => w.Fill == 0).Aggregate(Margins.None, (all, w) => all.Union(w.Halo));
                yield return (own.Plus(beyond), 0);
            }
            else if (node.Node.Layer is ConcatenateLayer)
            {
                foreach (var wanted in Wanted(Final(reader)))
                {
                    yield return wanted;
                }
            }
            else if (!own.IsNone)
            {
                yield return (own, node.Node.Layer.ReachValue);
            }
        }
    }

    /// <summary>The last of the layers that join a layer's stage.</summary>
    private int Final(int place)
    {
        while (HasOneReader(place) && _readers[place].First() is var reader && Joins(reader, place))
        {
            place = reader;
        }

        return place;
    }

    /// <summary>Whether a layer of several inputs joins the stage of the one that is computed last.</summary>
    private bool JoinsStage(FusedNode node, int place) =>
        node.Is(FusionPattern.Join) && node.Node.Layer is not ConcatenateLayer && node.Sources.Max() == place && _nodes[place].Node.Output == node.Node.Output;

    private bool Joins(int reader, int place)
    {
        FusedNode node = _nodes[reader];
        return node.Fate != Fate.Computed
            || (_groups[reader] == _groups[place] && (node.Is(FusionPattern.Elementwise) || (node.Is(FusionPattern.View) && node.Node.Input.Positions == 1) || JoinsStage(node, place)));
    }
}
