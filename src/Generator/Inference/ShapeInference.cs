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
            problems.AddRange(Ends(spec, names, nodes));

        return new GraphResult(spec.Input, nodes.ToImmutable(), problems.ToImmutable()) { InputType = spec.InputType, Weights = spec.Weights, Winograd = spec.Winograd };
    }

    private static Problem TooManyWeights(Node node, long weights) =>
        new(Descriptors.TooManyWeights, [node.Layer.Kind, Numbers.Count(weights), Numbers.Count(Limits.MaxValues)]);

    /// <summary>What the network gives: the node that gathers several outputs is added, where there are several.</summary>
    private static ImmutableArray<GraphProblem> Ends(ModelSpec spec, ImmutableArray<string> names, ImmutableArray<Node>.Builder nodes)
    {
        ImmutableArray<Problem> problems = OutputNames.Resolve(spec.Outputs, names, out ImmutableArray<int> outputs);
        if (!problems.IsEmpty || nodes.Count == 0)
            return [.. problems.Select(problem => new GraphProblem(GraphProblem.OfOutputs, problem))]; // what one of them means seems to be unread

        ImmutableArray<GraphProblem> unread = [.. Unread(nodes, outputs)];
        if (outputs.Length > 1 && unread.IsEmpty)
        {
            var end = new OutputsLayer([.. spec.Outputs.Select(output => output.Name)]);
            ImmutableArray<Shape> inputs = [.. outputs.Select(output => nodes[output].Output)];
            Shape row = end.InferShape(inputs);
            if (!row.Fits)
                return [new GraphProblem(GraphProblem.OfOutputs, new Problem(Descriptors.SampleTooLarge, ["Output", row.ToString(), Numbers.Count(Limits.MaxValues)]))];

            nodes.Add(new Node(end, end.DeclaredName!, inputs, outputs, row, []));
        }

        return spec.Labels is { File: null } labels && unread.IsEmpty && LabelRules.Check(labels, spec.Outputs, [.. outputs.Select(output => nodes[output])]) is { } unfitting
            ? [new GraphProblem(GraphProblem.OfLabels, unfitting)] : unread;
    }

    /// <summary>Layers that nothing reads, and whose output is not the model's: they would be computed for nothing, and are a name left out somewhere.</summary>
    private static IEnumerable<GraphProblem> Unread(ImmutableArray<Node>.Builder nodes, ImmutableArray<int> outputs)
    {
        var read = new HashSet<int>(nodes.SelectMany(node => node.Sources).Concat(outputs));
        string[] labels = [.. outputs.Select(output => nodes[output].Label)];
        string given = labels.Length == 1 && outputs[0] == nodes.Count - 1 ? OutputNames.OfLast(labels[0])
            : labels.Length == 1 ? $"the model's output is that of {labels[0]}"
            : $"the model's outputs are those of {string.Join(", ", labels)}";
        return Enumerable.Range(0, nodes.Count).Where(i => !read.Contains(i)).Select(i => new GraphProblem(i, new Problem(Descriptors.UnreadOutput, [nodes[i].Label, given])));
    }

    /// <summary>
    /// Layers of one name, as files spell names. Others have no tensors of one name, whatever frameworks call them: what stands behind
    /// the last point is one of a few words, none of which two tensors of a layer share.
    /// </summary>
    private static IEnumerable<GraphProblem> Duplicates(ModelSpec spec, ImmutableArray<string> names) =>
        LayerNames.Duplicates(names, layer => spec.Layers[layer].Kind).Select(found => new GraphProblem(found.Index, found.Problem));
}
