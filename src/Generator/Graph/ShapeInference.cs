using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Model;

namespace Fused.Generator.Graph;

/// <summary>From a declaration to a network: names the layers, and carries the shape of a sample from each to the next.</summary>
internal static class ShapeInference
{
    public static GraphResult Build(ModelSpec spec)
    {
        ImmutableArray<string> names = LayerNames.Of(spec.Layers);
        ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>(spec.Layers.Count);
        ImmutableArray<GraphProblem>.Builder problems = ImmutableArray.CreateBuilder<GraphProblem>();
        problems.AddRange(Duplicates(spec, names));

        Shape shape = spec.Input;
        long weights = 0;
        for (int i = 0; i < spec.Layers.Count; i++)
        {
            Layer layer = spec.Layers[i];
            ImmutableArray<Problem> unfit = [.. layer.Check(shape)];
            problems.AddRange(unfit.Select(problem => new GraphProblem(i, problem)));
            if (!unfit.IsEmpty)
                break; // what follows depends on a shape that there is not

            Shape output = layer.InferShape(shape);
            if (!output.Fits)
            {
                problems.Add(new GraphProblem(i, new Problem(Descriptors.SampleTooLarge, [layer.Kind, output.ToString(), Numbers.Count(Limits.MaxValues)])));
                break;
            }

            var node = new Node(layer, names[i], shape, output, layer.Parameters(names[i], shape));
            nodes.Add(node);
            if (weights <= Limits.MaxValues)
            {
                weights += node.ParameterCount;
                if (weights > Limits.MaxValues)
                    problems.Add(new GraphProblem(i, TooManyWeights(node, weights)));
            }

            shape = output;
        }

        if (spec.Labels is { File: null } labels && nodes.Count == spec.Layers.Count && LabelRules.Check(labels, nodes[nodes.Count - 1]) is { } unfitting)
            problems.Add(new GraphProblem(GraphProblem.OfLabels, unfitting));

        return new GraphResult(spec.Input, nodes.ToImmutable(), problems.ToImmutable()) { Weights = spec.Weights };
    }

    private static Problem TooManyWeights(Node node, long weights) =>
        new(Descriptors.TooManyWeights, [node.Layer.Kind, Numbers.Count(weights), Numbers.Count(Limits.MaxValues)]);

    /// <summary>
    /// Layers of one name, as files spell names. Others have no tensors of one name, whatever frameworks call them: what stands behind
    /// the last point is one of a few words, none of which two tensors of a layer share.
    /// </summary>
    private static IEnumerable<GraphProblem> Duplicates(ModelSpec spec, ImmutableArray<string> names)
    {
        ImmutableArray<string> spelled = [.. names.Select(LayerNames.Normalize)];
        for (int i = 0; i < names.Length; i++)
        {
            int first = spelled.IndexOf(spelled[i]);
            if (first == i)
                continue;

            string alike = names[first] == names[i] ? "" : $", whose '{names[first]}' is the same with '.' for '/'";
            yield return new GraphProblem(i, new Problem(
                Descriptors.DuplicateName,
                [names[i], spec.Layers[first].Kind, Numbers.Count(first + 1), alike],
                At: "Name"));
        }
    }
}
