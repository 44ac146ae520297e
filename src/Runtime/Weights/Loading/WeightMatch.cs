using System.Globalization;

namespace Fused;

/// <summary>Which of a file's tensors is which of the model's, in which order its kernels lie, and everything that does not fit.</summary>
internal sealed class WeightMatch
{
    private readonly IReadOnlyList<TensorSpec> _specs;
    private readonly WeightLoadOptions _options;
    private readonly GivenNames _names;
    private readonly FileView _view;

    /// <summary>Matches, and checks shapes and types.</summary>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    public WeightMatch(WeightSource source, IReadOnlyList<TensorSpec> specs, WeightLoadOptions options)
    {
        _specs = specs;
        _options = options;
        _names = new GivenNames(options);
        if (options.ByPosition && !_names.IsEmpty)
            throw new ArgumentException("ByPosition and Names exclude each other: one says that names do not count.", nameof(options));

        _view = new FileView(source.Entries, options.Prefix);
        var tensors = new MatchedTensor[specs.Count];
        for (int i = 0; i < tensors.Length; i++)
            tensors[i] = new MatchedTensor(specs[i]) { Stated = options.KernelOrder };
        Tensors = tensors;

        var problems = new List<string>();
        if (options.ByPosition)
            MatchByPosition(problems);
        else
            MatchByName(problems);
        CheckFits();
        new OrderDecision(tensors, source).Decide();
        CheckEpsilons();
        Problems = problems.Count == 0 && Array.TrueForAll(tensors, tensor => tensor.Problems.Count == 0 && !tensor.IsMissing)
            ? options.AllowUnused ? [] : new UnusedTensors(_view, tensors, _names).Beside()
            : Explain(source, problems);
    }

    /// <summary>The model's tensors, in its order, each with the file's where there is no problem.</summary>
    public IReadOnlyList<MatchedTensor> Tensors { get; }

    /// <summary>What does not fit, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Whether a problem is one of the model's tensors, so that it helps to list them.</summary>
    public bool ListsTensors { get; private set; }

    /// <summary>The tensors of the file that nothing of the model is.</summary>
    public IReadOnlyList<TensorInfo> Unused => _view.Unused();

    private void MatchByName(List<string> problems)
    {
        foreach (string unknown in _names.Unknown(_specs))
            problems.Add($"Names has {Quoted.Name(unknown)}, which is no layer or tensor of the model");

        foreach (MatchedTensor match in Tensors)
        {
            TensorSpec spec = match.Spec;
            NameInFile? given = _names.OfTensor(spec);
            List<FileTensor> found = given is null ? _view.FindAll(_names.Layer(spec), spec.Role) : _view.FindAll(TensorNames.Normalize(given.Name));
            if ((given ?? _names.OfLayer(spec)) is { Order: not KernelOrder.Unspecified and KernelOrder order })
                match.Stated = order;
            foreach (FileTensor tensor in found)
                tensor.IsUsed = true;

            if (found.Count == 1)
                match.File = found[0];
            else if (found.Count == 0)
                match.IsMissing = true;
            else
                match.Report($"{spec} is there more than once: as {string.Join(" and ", found.Select(tensor => tensor.Quoted))}");
        }
    }

    private void MatchByPosition(List<string> problems)
    {
        List<FileTensor> floats = _view.UnexpectedFloats();
        if (floats.Count != Tensors.Count)
        {
            ListsTensors = true;
            problems.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"by position the model's {Tensors.Count:N0} tensors are to be the file's, of which there are {floats.Count:N0}; a Prefix may leave out what is not the model's"));
            return;
        }

        List<FileTensor> inOrder = PositionOrder.Sort(floats, _specs);
        for (int i = 0; i < inOrder.Count; i++)
        {
            Tensors[i].File = inOrder[i];
            inOrder[i].IsUsed = true;
        }
    }

    private void CheckFits()
    {
        foreach (MatchedTensor match in Tensors)
        {
            if (match.File is not FileTensor file)
                continue;
            if (!SingleDecoder.CanDecode(file.Entry.Type.Kind))
                match.Report(TypeNames.Refuse<SingleDecoder, float>(file.Entry, "loaded"));

            match.Fit = ShapeFit.Of(match.Spec, file.Info.Shape);
            if (match.Fit == KernelFit.None)
                match.Report(Misfit.Describe(match.Spec, file, _options.ByPosition));
        }
    }

    /// <summary>
    /// PyTorch's names and Keras's epsilon do not go together: the network was trained with another one than the model computes with,
    /// and no shape shows it. Sources: PyTorch's <c>_BatchNorm</c>, Paddle's <c>_BatchNormBase</c>, Flax's <c>BatchNorm</c>, tinygrad's
    /// and MLX's <c>BatchNorm</c> and Burn's <c>BatchNormConfig</c>, of all of which 1e-5 is the default; the <c>LayerNorm</c> of PyTorch,
    /// MLX, tinygrad and candle, which has 1e-5, too, and Flax's, which has 1e-6.
    /// </summary>
    private void CheckEpsilons()
    {
        foreach (MatchedTensor match in Tensors)
        {
            if (match.Spec.UndeclaredEpsilon == 0 || match.File is not FileTensor file
                || TensorNames.Word(file.Name) is not ("running_var" or "_variance" or "var" or TensorNames.Weight or "scale" or "bias"))
            {
                continue;
            }

            (string others, string kind) = match.Spec.Role == TensorRole.MovingVariance
                ? ("add 1e-5", "BatchNormalization")
                : ("add 1e-5 (Flax 1e-6)", "LayerNormalization");
            match.Report(string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Quoted} is a name of PyTorch's and its like, which {others} to the variance unless told otherwise; '{match.Spec.Layer}' adds Keras's {match.Spec.UndeclaredEpsilon}, as its declaration says nothing: write [{kind}(Epsilon = 1e-5)], or Epsilon = 1e-3 if the network was trained with that"));
        }
    }

    /// <summary>All that is wrong with a file that does not fit; whatever it takes, for nothing waits for it.</summary>
    private List<string> Explain(WeightSource source, List<string> problems)
    {
        var ways = new OtherWays(source, _view, Tensors, _options, _names);
        var all = new List<string>(ways.Found);
        all.AddRange(problems);
        var hints = new NameHint(_view, [.. Tensors.Where(match => match.IsMissing && !ways.Covers(match)).Select(match => match.Spec)]);
        foreach (MatchedTensor match in Tensors)
        {
            if (match.IsMissing && !ways.Covers(match))
                match.Report(Missing(match.Spec, hints));
            ListsTensors |= match.Problems.Count > 0;
            all.AddRange(match.Problems);
        }

        if (!_options.AllowUnused && !ways.CoverAll)
            all.AddRange(new UnusedTensors(_view, Tensors, _names).Listed());
        return all;
    }

    private string Missing(TensorSpec spec, NameHint hints)
    {
        NameInFile? given = _names.OfTensor(spec) ?? _names.OfLayer(spec);
        string missing = $"{spec} is missing" + (given is null ? "" : $", which Names calls {Quoted.Name(given.Name)}");
        return missing + (hints.For(spec) is string hint ? $"; did you mean {hint}?" : LayerAdvice.OfMissing(spec, Tensors));
    }
}
