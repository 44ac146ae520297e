using System.Collections.Immutable;
using Fused.Generator.Graph;

namespace Fused.Generator.Fusion;

/// <summary>
/// Finds the layers that are a scale and a shift of each channel and stand beside a weighted sum with nothing between them but
/// layers that a scale and a shift may pass: the mean of scaled values is the scaled mean. The maximum is not (the scale
/// may be negative), nor is any activation. Values that several layers read are left as they are.
/// </summary>
internal sealed class Folding
{
    private readonly NetworkGraph _graph;
    private readonly int?[] _target;

    private Folding(NetworkGraph graph)
    {
        _graph = graph;
        _target = new int?[graph.Nodes.Length];
        for (int i = 0; i < _target.Length; i++)
        {
            if (graph.Nodes[i].Layer.IsChannelAffine)
            {
                _target[i] = Before(i) ?? After(i);
            }
        }
    }

    public static Folding Find(NetworkGraph graph) => new(graph);

    private ImmutableArray<Node> Nodes => _graph.Nodes;

    /// <summary>The weighted sum that takes a layer in, or nothing.</summary>
    public int? Target(int node) => _target[node];

    /// <summary>What a weighted sum takes in on its input side, the nearest first, each with the neighbouring inputs that belong to one channel.</summary>
    public ImmutableArray<(Node Affine, int Run)> Inputs(int sum) =>
        [.. Enumerable.Range(0, sum).Reverse().Where(j => _target[j] == sum).Select(j => (Nodes[j], ChannelRun(j, sum)))];

    /// <summary>What a weighted sum takes in on its output side, the nearest first.</summary>
    public ImmutableArray<Node> Outputs(int sum) =>
        [.. Enumerable.Range(sum, Nodes.Length - sum).Where(j => _target[j] == sum).Select(j => Nodes[j])];

    /// <summary>How many neighbouring inputs of a weighted sum belong to one channel of a layer before it.</summary>
    private int ChannelRun(int affine, int sum)
    {
        int run = Nodes[affine].Input.ChannelsAreLast ? 1 : Nodes[affine].Input.Positions;
        for (int i = affine; i != sum; i = _graph.OnlyReader(i)!.Value)
        {
            run = Nodes[i].Layer.ChannelRun(run, Nodes[i].Input);
        }

        return Nodes[sum].Layer.ChannelRun(run, Nodes[sum].Input);
    }

    /// <summary>
    /// For a layer that reorders the values: the index of the contraction that can take them as they lie, with its rows reordered instead,
    /// or nothing. Between the two nothing is computed that asks where a value stands.
    /// </summary>
    public int? Reordered(int index)
    {
        if (Nodes[index].Layer.Reordering(Nodes[index].Input) is null)
        {
            return null;
        }

        int? next = _graph.OnlyReader(index);
        while (next is int between && (_target[between] is not null || IsBlind(Nodes[between].Layer)))
        {
            next = _graph.OnlyReader(between);
        }

        return next is int found && Nodes[found].Layer.Pattern == FusionPattern.Contraction ? found : null;
    }

    private static bool IsBlind(Layer layer) =>
        layer.Pattern is FusionPattern.Identity or FusionPattern.View || (layer.Pattern == FusionPattern.Elementwise && !layer.IsChannelAffine);

    /// <summary>Why a layer is not folded; nothing where there is no weighted sum after it to fold it into.</summary>
    public string? WhyNot(int index)
    {
        int? next = _graph.OnlyReader(index);
        if (next is null)
        {
            return _graph.Readers(index).Any(r => Nodes[r].Layer.IsWeightedSum) ? "several layers read what it gives" : null;
        }

        int? between = null;
        for (; next is int i; next = _graph.OnlyReader(i))
        {
            if (Nodes[i].Layer.IsWeightedSum)
            {
                return between is int stands ? $"{Nodes[stands].Layer.Describe()} between it and {Nodes[i].Label} does not let a scale pass"
                    : Nodes[i].Layer.TakesAffine(Nodes[i].Input) ? null
                    : $"{Nodes[i].Label} pads with zeros, which the shift is not added to";
            }

            between ??= Passes(i) ? null : i;
        }

        return null;
    }

    /// <summary>The weighted sum whose output the layer scales: it has no activation, and only layers that vanish or fold lie between.</summary>
    private int? Before(int index)
    {
        for (int j = Nodes[index].Sources[0]; j >= 0 && _graph.OnlyReader(j) is not null; j = Nodes[j].Sources[0])
        {
            if (Nodes[j].Layer.IsWeightedSum)
            {
                return Nodes[j].Layer.HasLinearOutput ? j : null;
            }

            bool transparent = Nodes[j].Layer.Pattern == FusionPattern.Identity
                || (_target[j] is int t && t < j && Nodes[t].Layer.IsWeightedSum);
            if (!transparent)
            {
                return null;
            }
        }

        return null;
    }

    private int? After(int index)
    {
        for (int? next = _graph.OnlyReader(index); next is int j; next = _graph.OnlyReader(j))
        {
            if (Nodes[j].Layer.IsWeightedSum)
            {
                return Nodes[j].Layer.TakesAffine(Nodes[j].Input) ? j : null;
            }

            if (!Passes(j))
            {
                return null;
            }
        }

        return null;
    }

    private bool Passes(int node) => Nodes[node].Layer.Pattern == FusionPattern.Identity || Nodes[node].Layer.CommutesWithAffine;
}
