using System.Globalization;

namespace Fused;

/// <summary>
/// Where the model's tensors are not there by their names: whether all of them would fit in another way, and what to write then. It
/// finds those under a common prefix, layers under other names, and tensors by position.
/// </summary>
internal sealed class OtherWays
{
    // What a file of a hundred thousand layers could make the search cost is nothing that its owner would wait for.
    private const int MaxPrefixes = 1000;

    private readonly List<string> _found = [];
    private readonly HashSet<string> _coveredLayers = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<MatchedTensor> _tensors;
    private readonly WeightLoadOptions _options;

    public OtherWays(WeightSource source, FileView view, IReadOnlyList<MatchedTensor> tensors, WeightLoadOptions options, GivenNames names)
    {
        _tensors = tensors;
        _options = options;
        bool nothingIsThere = tensors.All(tensor => tensor.IsMissing);
        if (options.ByPosition || !tensors.Any(tensor => tensor.IsMissing))
            return;
        if (view.Tensors.Count == 0 && source.Entries.Count > 0)
            _found.Add($"no tensor of the file has a name that begins with the prefix {Quoted.Name(options.Prefix)}");

        FileView whole = options.Prefix.Length == 0 ? view : new FileView(source.Entries, "");
        CoverAll = nothingIsThere && FindPrefix(whole, names);
        if (!CoverAll)
            FindLayers(view);
        if (!CoverAll && nothingIsThere && tensors.Count > 1 && _coveredLayers.Count == 0 && names.IsEmpty)
            CoverAll = FindPositions(view);
    }

    /// <summary>What was found, a sentence each.</summary>
    public IReadOnlyList<string> Found => _found;

    /// <summary>Whether all of the model's tensors were found in one way.</summary>
    public bool CoverAll { get; private set; }

    /// <summary>Whether a sentence says where this tensor is.</summary>
    public bool Covers(MatchedTensor match) => CoverAll || _coveredLayers.Contains(match.Spec.Layer);

    private bool FindPrefix(FileView whole, GivenNames names)
    {
        var prefixes = new List<string>();
        var tried = new HashSet<string>(StringComparer.Ordinal);
        TensorSpec first = _tensors[0].Spec;
        string[] spellings = [.. TensorNames.Spellings(first.Role, names.Layer(first))];
        foreach (FileTensor tensor in whole.Tensors)
        {
            foreach (string spelling in spellings)
            {
                if (!tensor.Name.EndsWith(spelling, StringComparison.Ordinal) || tried.Count == MaxPrefixes)
                    continue;
                string prefix = tensor.Name[..^spelling.Length];
                if ((prefix.Length == 0 || prefix[^1] == '.') && tried.Add(prefix) && AllFitUnder(whole, prefix, names))
                    prefixes.Add(tensor.Info.Name[..prefix.Length]);
            }
        }

        if (prefixes.Count == 0)
            return false;
        if (prefixes.Count > 1)
        {
            string places = string.Join(", ", prefixes.Take(5).Select(Quoted.Name));
            _found.Add($"{UnusedTensors.AllFit(_tensors.Count)}, under more than one prefix; Prefix in WeightLoadOptions says which: {places}");
            return true;
        }

        string start = prefixes[0].Replace('/', '.');
        int inside = whole.Unexpected.Count(tensor => tensor.Name.StartsWith(start, StringComparison.Ordinal)) - _tensors.Count;
        int outside = whole.CountUnexpected() - _tensors.Count - inside;
        string options = OptionsText.Of(_options with { Prefix = prefixes[0], AllowUnused = _options.AllowUnused || inside > 0 });
        _found.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{UnusedTensors.AllFit(_tensors.Count)} {(start.Length == 0 ? "without the prefix" : $"under {Quoted.Name(prefixes[0])}")}: load with {options}; the file has {inside + outside:N0} other tensors"));
        return true;
    }

    private bool AllFitUnder(FileView whole, string prefix, GivenNames names) => _tensors.All(tensor =>
    {
        NameInFile? given = names.OfTensor(tensor.Spec);
        IEnumerable<string> spellings = given is null ? TensorNames.Spellings(tensor.Spec.Role, names.Layer(tensor.Spec)) : [TensorNames.Normalize(given.Name)];
        return spellings.Any(spelling => whole.Find(prefix + spelling) is FileTensor found && ShapeFit.Fits(tensor.Spec, found.Info.Shape));
    });

    private void FindLayers(FileView view)
    {
        List<LayerGuess> guesses = LayerGuess.Find(view, _tensors);
        if (guesses.Count == 0)
            return;
        foreach (LayerGuess guess in guesses)
        {
            _coveredLayers.Add(guess.Layer);
            foreach (FileTensor tensor in guess.Tensors)
                tensor.IsUsed = true;
        }

        var given = new Dictionary<string, NameInFile>(_options.Names, StringComparer.Ordinal);
        foreach (LayerGuess guess in guesses)
            given[guess.Layer] = guess.Name;
        bool hasOthers = view.CountUnexpected() > 0;
        string options = OptionsText.Of(_options with { Names = given, AllowUnused = _options.AllowUnused || hasOthers });
        string what = guesses.Sum(guess => guess.Tensors.Count) == _tensors.Count ? UnusedTensors.AllFit(_tensors.Count) : "some tensors of the model are there and fit";
        string caution = guesses.Exists(guess => guess.IsByOrder) ? "; layers of the same shapes are paired in their order, so that it is for you to check these" : "";
        _found.Add($"{what} under other names: load with {options}, or declare the layers by these names{caution}");
    }

    private bool FindPositions(FileView view)
    {
        List<FileTensor> candidates = view.UnexpectedFloats();
        if (candidates.Count != _tensors.Count)
            return false;
        List<FileTensor> inOrder = PositionOrder.Sort(candidates, [.. _tensors.Select(tensor => tensor.Spec)]);
        for (int i = 0; i < inOrder.Count; i++)
        {
            if (!ShapeFit.Fits(_tensors[i].Spec, inOrder[i].Info.Shape))
                return false;
        }

        string examples = string.Join(", ", inOrder.Take(2).Select((tensor, i) => $"{tensor.Quoted} would be {_tensors[i].Spec.Name}"));
        _found.Add($"none of the model's names is in the file, but by position all {_tensors.Count} tensors fit ({examples}): load with {OptionsText.Of(_options with { ByPosition = true })}");
        return true;
    }
}
