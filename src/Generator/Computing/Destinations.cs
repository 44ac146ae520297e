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
        _groups = [.. plan.Groups.SelectMany(g => g.Nodes.Select(_ => g.Index))];
        _readers = _nodes.SelectMany((node, i) => node.Sources.Distinct().Select(source => (source, i))).ToLookup(e => e.source, e => e.i);
    }

    public int Count => _nodes.Length;

    public bool HasOneReader(int place) => _readers[place].Take(2).Count() == 1;

    /// <summary>Whether what a layer's stage gives is the network's output, as only layers follow that join the stage or vanish.</summary>
    public bool IsOutput(int place) => Final(place) == _nodes.Length - 1;

    /// <summary>The last of the layers that join a layer's stage.</summary>
    private int Final(int place)
    {
        while (HasOneReader(place) && _readers[place].First() is var reader && Joins(reader, place))
        {
            place = reader;
        }

        return place;
    }

    private bool Joins(int reader, int place)
    {
        FusedNode node = _nodes[reader];
        return node.Fate != Fate.Computed
            || (_groups[reader] == _groups[place] && (node.Is(FusionPattern.Elementwise) || (node.Is(FusionPattern.View) && node.Node.Input.Positions == 1)));
    }
}
