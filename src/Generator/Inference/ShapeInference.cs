using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.Model;

namespace Fused.Generator.Inference;

/// <summary>From a declaration to a network: names the layers, and carries the shape of a sample from each to the next.</summary>
internal static class ShapeInference
{
    public static GraphResult Build(ModelSpec spec)
    {
        ImmutableArray<string> names = LayerNames.Of(spec.Layers);
        ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>(spec.Layers.Count);
        ImmutableArray<GraphProblem>.Builder problems = ImmutableArray.CreateBuilder<GraphProblem>();
        problems.AddRange(Duplicates(spec, names));

        long weights = 0;
        for (int i = 0; i < spec.Layers.Count; i++)
        {
            Layer layer = spec.Layers[i];
            if (SourceNames.Resolve(layer, i, spec.Layers, names, out Problem? unresolved) is not { } sources)
            {
                problems.Add(new GraphProblem(i, unresolved!));
                break;
            }

            ImmutableArray<Shape> inputs = [.. sources.Select(source => source == Node.NetworkInput ? spec.Input : nodes[source].Output)];
            ImmutableArray<Problem> unfit = [.. layer.Check(inputs)];
            problems.AddRange(unfit.Select(problem => new GraphProblem(i, problem)));
            if (!unfit.IsEmpty)
                break; // what follows depends on a shape that there is not

            Shape output = layer.InferShape(inputs);
            if (!output.Fits)
            {
                problems.Add(new GraphProblem(i, new Problem(Descriptors.SampleTooLarge, [layer.Kind, output.ToString(), Numbers.Count(Limits.MaxValues)])));
                break;
            }

            var node = new Node(layer, names[i], inputs, sources, output, layer.Parameters(names[i], inputs[0]));
            nodes.Add(node);
            if (weights <= Limits.MaxValues)
            {
                weights += node.ParameterCount;
                if (weights > Limits.MaxValues)
                    problems.Add(new GraphProblem(i, TooManyWeights(node, weights)));
            }
        }

        if (nodes.Count == spec.Layers.Count)
            problems.AddRange(Unread(nodes));

        if (spec.Labels is { File: null } labels && nodes.Count == spec.Layers.Count && LabelRules.Check(labels, nodes[nodes.Count - 1]) is { } unfitting)
            problems.Add(new GraphProblem(GraphProblem.OfLabels, unfitting));

        return new GraphResult(spec.Input, nodes.ToImmutable(), problems.ToImmutable()) { InputType = spec.InputType, Weights = spec.Weights };
    }

    private static Problem TooManyWeights(Node node, long weights) =>
        new(Descriptors.TooManyWeights, [node.Layer.Kind, Numbers.Count(weights), Numbers.Count(Limits.MaxValues)]);

    /// <summary>Layers but the last that nothing reads: they would be computed for nothing, and are a name left out somewhere.</summary>
    private static IEnumerable<GraphProblem> Unread(ImmutableArray<Node>.Builder nodes)
    {
        var read = new HashSet<int>(nodes.SelectMany(node => node.Sources));
        string last = nodes.Count == 0 ? "" : nodes[nodes.Count - 1].Label;
        return Enumerable.Range(0, Math.Max(0, nodes.Count - 1))
            .Where(i => !read.Contains(i))
            .Select(i => new GraphProblem(i, new Problem(Descriptors.UnreadOutput, [nodes[i].Label, last])));
    }

    /// <summary>
    /// Layers of one name, as files spell names. Others have no tensors of one name, whatever frameworks call them: what stands behind
    /// the last point is one of a few words, none of which two tensors of a layer share.
    /// </summary>
    private static IEnumerable<GraphProblem> Duplicates(ModelSpec spec, ImmutableArray<string> names) =>
        LayerNames.Duplicates(names, layer => spec.Layers[layer].Kind).Select(found => new GraphProblem(found.Index, found.Problem));
}
