namespace Fused;

/// <summary>What <see cref="WeightLoadOptions.Names"/> says, with names in their normal form.</summary>
internal sealed class GivenNames
{
    private readonly Dictionary<string, NameInFile>? _names;

    public GivenNames(WeightLoadOptions options)
    {
        if (options.Names.Count == 0)
            return;
        _names = new Dictionary<string, NameInFile>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, NameInFile> pair in options.Names)
        {
            if (!_names.TryAdd(TensorNames.NormalizeLayer(pair.Key), pair.Value))
                throw new ArgumentException($"Names has '{pair.Key}' twice: '.' and '/' mean the same.", nameof(options));
        }
    }

    public bool IsEmpty => _names is null;

    /// <summary>The name that is given to a tensor itself, by any of its spellings.</summary>
    public NameInFile? OfTensor(TensorSpec spec)
    {
        if (_names is null)
            return null;
        foreach (string spelling in TensorNames.Spellings(spec.Role, TensorNames.NormalizeLayer(spec.Layer)))
        {
            if (_names.TryGetValue(spelling, out NameInFile? name))
                return name;
        }

        return null;
    }

    /// <summary>The name that is given to a tensor's layer.</summary>
    public NameInFile? OfLayer(TensorSpec spec) => _names?.GetValueOrDefault(TensorNames.NormalizeLayer(spec.Layer));

    /// <summary>What the file calls a tensor's layer, in the normal form.</summary>
    public string Layer(TensorSpec spec) => TensorNames.NormalizeLayer(OfLayer(spec)?.Name ?? spec.Layer);

    /// <summary>The names for which the model has neither a layer nor a tensor.</summary>
    public IEnumerable<string> Unknown(IReadOnlyList<TensorSpec> specs)
    {
        if (_names is null)
            return [];
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (TensorSpec spec in specs)
        {
            string layer = TensorNames.NormalizeLayer(spec.Layer);
            known.Add(layer);
            known.UnionWith(TensorNames.Spellings(spec.Role, layer));
        }

        return _names.Keys.Where(key => !known.Contains(key));
    }
}
