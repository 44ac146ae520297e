namespace Fused;

/// <summary>
/// A layer of the file that has all tensors of a layer of the model, by their words and shapes. Where several could be it, there are as
/// many of the model, and each gets its own, in order.
/// </summary>
/// <param name="Layer">The model's layer.</param>
/// <param name="Name">The file's.</param>
/// <param name="Tensors">Its tensors.</param>
internal sealed record LayerGuess(string Layer, string Name, IReadOnlyList<FileTensor> Tensors)
{
    /// <summary>Whether others have the same shapes, so that only the order tells which it is.</summary>
    public bool IsByOrder { get; private init; }

    // See OtherWays.
    private const int MaxLayers = 1000;

    /// <summary>The guesses for layers of which the file has no tensor by name.</summary>
    public static List<LayerGuess> Find(FileView view, IReadOnlyList<MatchedTensor> tensors)
    {
        // In the order of their numbers, so that of layers of one shape the first is the first.
        var layers = new Dictionary<string, List<FileTensor>>(StringComparer.Ordinal);
        foreach (FileTensor tensor in view.Unexpected)
        {
            string layer = TensorNames.Layer(tensor.Name);
            if (!layers.TryGetValue(layer, out List<FileTensor>? members))
            {
                if (layers.Count == MaxLayers)
                    return [];
                layers.Add(layer, members = []);
            }

            members.Add(tensor);
        }

        List<List<FileTensor>> inOrder = [.. layers.Values.Select(members => new PositionKey(members[0])).Order().Select(key => layers[TensorNames.Layer(key.Tensor.Name)])];
        var candidates = new List<(string Layer, List<LayerGuess> Guesses)>();
        foreach (IGrouping<string, MatchedTensor> layer in tensors.GroupBy(tensor => tensor.Spec.Layer, StringComparer.Ordinal))
        {
            if (layer.All(tensor => tensor.IsMissing))
                candidates.Add((layer.Key, [.. inOrder.Select(members => Guess(layer, members)).OfType<LayerGuess>()]));
        }

        // As many layers of the file as the model has for them: each gets its own.
        return [.. candidates
            .GroupBy(candidate => string.Join('\n', candidate.Guesses.Select(guess => guess.Name)), StringComparer.Ordinal)
            .Where(alike => alike.Count() == alike.First().Guesses.Count)
            .SelectMany(alike => alike.Select((candidate, i) => candidate.Guesses[i] with { IsByOrder = candidate.Guesses.Count > 1 }))];
    }

    private static LayerGuess? Guess(IGrouping<string, MatchedTensor> layer, List<FileTensor> members)
    {
        var found = new List<FileTensor>();
        foreach (MatchedTensor tensor in layer)
        {
            FileTensor? member = members.Find(m =>
                TensorNames.IsWord(tensor.Spec.Role, TensorNames.Word(m.Name)) && ShapeFit.Fits(tensor.Spec, m.Info.Shape));
            if (member is null)
                return null;
            found.Add(member);
        }

        return new LayerGuess(layer.Key, TensorNames.Layer(members[0].Name), found);
    }
}
