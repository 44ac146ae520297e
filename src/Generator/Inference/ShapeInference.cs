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
            if (Sources(layer, i, names) is not { } sources)
            {
                problems.Add(new GraphProblem(i, UnknownSource(layer, names.Take(i))));
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

        if (spec.Labels is { File: null } labels && nodes.Count == spec.Layers.Count && LabelRules.Check(labels, nodes[nodes.Count - 1]) is { } unfitting)
            problems.Add(new GraphProblem(GraphProblem.OfLabels, unfitting));

        return new GraphResult(spec.Input, nodes.ToImmutable(), problems.ToImmutable()) { Weights = spec.Weights };
    }

    /// <summary>Where a layer's inputs come from; null where it names a layer that is not before it.</summary>
    private static ImmutableArray<int>? Sources(Layer layer, int place, ImmutableArray<string> names)
    {
        var sources = ImmutableArray.CreateBuilder<int>();
        if (layer.ReadsBefore)
            sources.Add(place - 1); // for the first layer the network's input

        foreach (string name in layer.From)
        {
            int source = name == Layer.NetworkInput ? Node.NetworkInput : names.IndexOf(name, 0, place);
            if (source < 0 && name != Layer.NetworkInput)
                return null;
            sources.Add(source);
        }

        return sources.ToImmutable();
    }

    private static Problem UnknownSource(Layer layer, IEnumerable<string> names)
    {
        ImmutableArray<string> known = [Layer.NetworkInput, .. names];
        string unknown = layer.From.First(name => !known.Contains(name));
        return new Problem(Descriptors.UnknownSource, [layer.Kind, unknown, string.Join(", ", known.Select(name => $"'{name}'"))], At: "From");
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
