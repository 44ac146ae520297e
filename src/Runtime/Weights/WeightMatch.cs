using System.Collections.Immutable;

namespace Fused;

/// <summary>Which of a file's tensors is which of the model's, and everything that does not fit.</summary>
internal sealed class WeightMatch
{
    // A model has at most some hundred tensors; a file that has more than this many beside them gets them counted, not listed.
    private const int MaxUnexpected = 100;

    private readonly List<string> _problems = [];

    /// <summary>Matches by name and checks shapes and types.</summary>
    public WeightMatch(IReadOnlyList<TensorEntry> entries, IReadOnlyList<TensorSpec> specs)
    {
        ILookup<string, TensorEntry> byName = entries.ToLookup(entry => TensorNames.Normalize(entry.Info.Name), StringComparer.Ordinal);
        List<TensorEntry>[] candidates = [.. specs.Select(spec => TensorNames.Spellings(spec).SelectMany(name => byName[name]).ToList())];

        // An entry is its place in the file: none equals another.
        var used = candidates.SelectMany(found => found).ToHashSet<TensorEntry>(ReferenceEqualityComparer.Instance);
        List<TensorInfo> unexpected = [.. entries
            .Where(entry => !used.Contains(entry) && !TensorNames.IsIgnored(TensorNames.Normalize(entry.Info.Name)))
            .Select(entry => entry.Info)];

        Tensors = [.. specs.Select((spec, i) => Choose(spec, candidates[i], unexpected))];
        AddUnexpected(unexpected);
    }

    /// <summary>For each of the model's tensors the file's; none is null where there is no problem.</summary>
    public IReadOnlyList<MatchedTensor?> Tensors { get; }

    /// <summary>What does not fit, a sentence each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    private MatchedTensor? Choose(TensorSpec spec, List<TensorEntry> candidates, List<TensorInfo> unexpected)
    {
        switch (candidates)
        {
            case []:
                string? close = NameHint.Closest(spec, unexpected.Take(MaxUnexpected));
                _problems.Add($"{spec} is missing" + (close is null ? "" : $"; did you mean {Quoted.Name(close)}?"));
                return null;
            case [TensorEntry entry]:
                bool transpose = TensorNames.IsTransposed(spec, TensorNames.Normalize(entry.Info.Name));
                CheckType(entry);
                CheckShape(spec, entry.Info, transpose);
                return new MatchedTensor(entry, transpose);
            default:
                string spellings = string.Join(" and ", candidates.Select(candidate => Quoted.Name(candidate.Info.Name)));
                _problems.Add($"{spec} is there more than once: as {spellings}");
                return null;
        }
    }

    private void CheckType(TensorEntry entry)
    {
        if (!SingleDecoder.CanDecode(entry.Type.Kind))
            _problems.Add(TypeNames.Refuse<SingleDecoder, float>(entry, "loaded"));
    }

    private void CheckShape(TensorSpec spec, TensorInfo info, bool transpose)
    {
        ImmutableArray<int> expected = transpose ? [.. spec.Shape.Reverse()] : spec.Shape;
        if (info.Shape.AsSpan().SequenceEqual(expected.AsSpan()))
            return;
        string order = transpose ? ", PyTorch's (out, in)" : "";
        _problems.Add($"{Quoted.Name(info.Name)} has shape {TensorShape.Format(info.Shape)}; expected is {TensorShape.Format(expected)}{order}");
    }

    private void AddUnexpected(List<TensorInfo> unexpected)
    {
        _problems.AddRange(unexpected.Take(MaxUnexpected).Select(info =>
            $"{Quoted.Name(info.Name)} {Quoted.Text(info.DType)} {TensorShape.Format(info.Shape)} is not in the model"));
        if (unexpected.Count > MaxUnexpected)
            _problems.Add($"{unexpected.Count - MaxUnexpected} more tensors are not in the model");
    }
}

/// <summary>A tensor of a file that is one of the model's.</summary>
/// <param name="Entry">Where it is.</param>
/// <param name="Transpose">Whether its axes are to be reversed.</param>
internal sealed record MatchedTensor(TensorEntry Entry, bool Transpose);
