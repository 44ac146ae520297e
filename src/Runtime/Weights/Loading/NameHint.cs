namespace Fused;

/// <summary>Finds what a missing tensor may be called in the file: a typing error, the right tensor of another layer, or the only one that fits.</summary>
internal sealed class NameHint
{
    // Names are compared letter by letter; longer ones are nobody's typing error, nor is the thousandth.
    private const int MaxLength = 200;
    private const int MaxCompared = 100;
    private const int MaxFitted = 1000;
    private const int MaxMissing = 50;

    private readonly List<FileTensor> _candidates;
    private readonly Dictionary<TensorSpec, string> _hints = new(ReferenceEqualityComparer.Instance);

    /// <summary>Looks among what is not the model's.</summary>
    /// <param name="view">The file.</param>
    /// <param name="missing">The model's tensors that it has not.</param>
    public NameHint(FileView view, IReadOnlyList<TensorSpec> missing)
    {
        _candidates = [.. view.Unexpected.Take(MaxFitted + 1)];
        var claimed = new HashSet<FileTensor>(ReferenceEqualityComparer.Instance);
        var found = missing.Take(MaxMissing).Select(spec => (Spec: spec, Hint: Closest(spec, mustFit: true) ?? Closest(spec, mustFit: false))).Where(pair => pair.Hint is not null);
        foreach (var pairs in found.ToLookup(pair => pair.Hint!.Value.Tensor))
        {
            // A tensor that several could be is none's, unless its name is almost that.
            bool isShared = pairs.Count() > 1;
            foreach ((TensorSpec spec, (FileTensor Tensor, bool IsAlike)? hint) in pairs)
            {
                if (isShared && !hint!.Value.IsAlike)
                    continue;
                claimed.Add(pairs.Key);
                _hints.Add(spec, pairs.Key.Quoted);
            }
        }

        var only = missing.Where(spec => !_hints.ContainsKey(spec)).Select(spec => (Spec: spec, Fit: OnlyFit(spec, claimed))).Where(pair => pair.Fit is not null);
        foreach (var pairs in only.ToLookup(pair => pair.Fit, pair => pair.Spec).Where(pairs => pairs.Count() == 1))
            _hints.Add(pairs.First(), $"{pairs.Key!.Quoted}, the only other tensor that fits");
    }

    /// <summary>The name that is most like one of a missing tensor's spellings, or the only one left that has its shape; null where there is none.</summary>
    public string? For(TensorSpec spec) => _hints.GetValueOrDefault(spec);

    private FileTensor? OnlyFit(TensorSpec spec, HashSet<FileTensor> claimed)
    {
        if (_candidates.Count > MaxFitted)
            return null;
        FileTensor? found = null;
        foreach (FileTensor candidate in _candidates)
        {
            if (claimed.Contains(candidate) || !ShapeFit.Fits(spec, candidate.Info.Shape))
                continue;
            if (found is not null)
                return null;
            found = candidate;
        }

        return found;
    }

    /// <summary>The most like, and whether its name is so much so that it may be a typing error.</summary>
    private (FileTensor Tensor, bool IsAlike)? Closest(TensorSpec spec, bool mustFit)
    {
        (FileTensor Tensor, bool IsAlike)? closest = null;
        int least = int.MaxValue;
        foreach (FileTensor candidate in _candidates.Take(MaxCompared).Where(c => c.Name.Length <= MaxLength))
        {
            bool fits = ShapeFit.Fits(spec, candidate.Info.Shape);
            if (mustFit && !fits)
                continue;
            foreach (string spelling in TensorNames.Spellings(spec.Role, TensorNames.NormalizeLayer(spec.Layer)))
            {
                int distance = Distance(spelling, candidate.Name);
                bool isAlike = distance <= Math.Max(2, spelling.Length / 4);
                bool isPossible = isAlike || (fits && TensorNames.Word(spelling).SequenceEqual(TensorNames.Word(candidate.Name)));
                if (isPossible && distance < least)
                    (closest, least) = ((candidate, isAlike), distance);
            }
        }

        return closest;
    }

    /// <summary>The fewest insertions, deletions and substitutions that make one of the other (Levenshtein 1966), row by row.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
