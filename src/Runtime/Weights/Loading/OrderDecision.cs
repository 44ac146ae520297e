using System.Collections.Immutable;

namespace Fused;

/// <summary>
/// Decides in which order the kernels of a file lie. What is stated holds; else a shape that can mean only one thing; else what tells
/// the order of the file's other tensors; else what the file says of itself; else its words: PyTorch's order for <c>weight</c>, Keras's for
/// <c>kernel</c> and what Keras and NumPy number. A name that says nothing is not guessed at.
/// </summary>
internal sealed class OrderDecision(IReadOnlyList<MatchedTensor> matches, WeightSource source)
{
    private readonly Dictionary<string, Evidence> _layers = new(StringComparer.Ordinal);

    public void Decide()
    {
        foreach (MatchedTensor match in matches)
        {
            if (match.IsKernel)
                DecideAlone(match);
        }

        foreach (MatchedTensor match in matches)
        {
            if (match.IsKernel && match.Reason.Length == 0)
                DecideByOthers(match);
        }
    }

    private static void DecideAlone(MatchedTensor match)
    {
        if (match.Stated != KernelOrder.Unspecified)
        {
            bool matters = match.Spec.Shape[^1] > 1 && match.Spec.Shape[^2] > 1;
            if (matters && Shown(match.Fit) is KernelOrder shown and not KernelOrder.Unspecified && shown != match.Stated)
            {
                match.Report(
                    $"{match.File!.Quoted} has shape {TensorShape.Format(match.File.Info.Shape)}, which is {KernelOrders.Axes(shown)} for {match.Spec}; stated is {KernelOrders.Axes(match.Stated)}");
            }

            Take(match, match.Stated, "stated");
            return;
        }

        switch (match.Fit)
        {
            case KernelFit.Same:
                Take(match, KernelOrder.InputsFirst, "with one input or output either order is the same");
                break;
            case KernelFit.InputsFirst or KernelFit.OutputsFirst:
                Take(match, Shown(match.Fit), "its shape tells");
                break;
        }
    }

    private void DecideByOthers(MatchedTensor match)
    {
        if (Follow(match, OfKernels(match)) || Follow(match, OfLayers(match)) || Follow(match, OfBiases()))
            return;

        string word = Kind(match.File!);
        if (word == TensorNames.Kernel)
            Take(match, KernelOrder.InputsFirst, "the order of Keras and Flax, whose word is kernel");
        else if (PositionOrder.IsKeras(match.File!.Name))
            Take(match, KernelOrder.InputsFirst, "the order of Keras, which numbers its weights so");
        else if (Follow(match, OfMetadata()))
            return;
        else if (word == TensorNames.Weight)
            Take(match, KernelOrder.OutputsFirst, "PyTorch's order, the default for weight: nothing tells another");
        else
            match.Report($"{match.File.Quoted} {TensorShape.Format(match.File.Info.Shape)} is square, and nothing tells whether it is (in, out) or (out, in); {HowToState}");
    }

    private const string HowToState = "state it by KernelOrder in WeightLoadOptions, or in Names";

    /// <summary>Follows what others tell, if they tell one thing.</summary>
    private static bool Follow(MatchedTensor match, Evidence evidence)
    {
        switch (evidence)
        {
            case { InputsFirst: null, OutputsFirst: null }:
                return false;
            case { InputsFirst: string inputs, OutputsFirst: string outputs }:
                match.Report(
                    $"{match.File!.Quoted} {TensorShape.Format(match.File.Info.Shape)} is square, and the file contradicts itself: (in, out) {inputs}, (out, in) {outputs}; {HowToState}");
                match.Reason = "not decided";
                return true;
            default:
                Take(match, evidence.InputsFirst is null ? KernelOrder.OutputsFirst : KernelOrder.InputsFirst, evidence.InputsFirst ?? evidence.OutputsFirst!);
                return true;
        }
    }

    /// <summary>The model's other kernels of the same word.</summary>
    private Evidence OfKernels(MatchedTensor match)
    {
        var evidence = new Evidence();
        string word = Kind(match.File!);
        foreach (MatchedTensor other in matches)
        {
            if (other.IsKernel && other.Stated == KernelOrder.Unspecified && Kind(other.File!) == word)
                evidence.Add(Shown(other.Fit), "as the shape of", other.File!.Info);
        }

        return evidence;
    }

    /// <summary>The file's other layers: a matrix with a bias whose length is one of its axes, but not the other.</summary>
    private Evidence OfLayers(MatchedTensor match)
    {
        string word = Kind(match.File!);
        if (_layers.TryGetValue(word, out Evidence? evidence))
            return evidence;
        _layers.Add(word, evidence = new Evidence());
        if (word.Length == 0)
            return evidence;
        Dictionary<string, FileTensor> all = All();
        foreach (FileTensor other in all.Values)
        {
            ImmutableArray<int> shape = other.Info.Shape;
            if (shape.Length != 2 || shape[0] == shape[1] || !TensorNames.Word(other.Name).SequenceEqual(word)
                || !all.TryGetValue(TensorSpec.Join(TensorNames.Layer(other.Name), "bias"), out FileTensor? bias) || bias.Info.Shape.Length != 1)
            {
                continue;
            }

            int outputs = bias.Info.Shape[0];
            KernelOrder order = outputs == shape[0] ? KernelOrder.OutputsFirst : outputs == shape[1] ? KernelOrder.InputsFirst : KernelOrder.Unspecified;
            evidence.Add(order, "as the bias shows of", other.Info);
        }

        return evidence;
    }

    /// <summary>A bias that is a row is added to <c>x @ W</c>, one that is a column to <c>W @ x</c>.</summary>
    private Evidence OfBiases()
    {
        var evidence = new Evidence();
        foreach (MatchedTensor match in matches)
        {
            if (match.Spec.Role != TensorRole.Bias || match.Spec.Length == 1 || match.File is not { Info.Shape: { Length: 2 } shape })
                continue;
            evidence.Add(shape[0] == 1 ? KernelOrder.InputsFirst : shape[1] == 1 ? KernelOrder.OutputsFirst : KernelOrder.Unspecified, "as the bias lies in", match.File.Info);
        }

        return evidence;
    }

    /// <summary>
    /// What the file says of itself. Sources: <c>SafetensorsStore::default_metadata</c> in Burn's burn-store; <c>save_pretrained</c> of
    /// PaddleNLP (<c>pd</c>) and of Hugging Face's transformers (<c>pt</c>); <c>save_model</c> of mlx-lm. Burn's adapter for PyTorch turns
    /// the kernels and renames gamma, and says burn all the same. Only Paddle calls a moving average <c>_mean</c>.
    /// </summary>
    private Evidence OfMetadata()
    {
        var evidence = new Evidence();
        if (source.Metadata.TryGetValue("producer", out string? producer) && producer == "burn")
        {
            bool isAdapted = Names(TensorRole.Gamma, TensorNames.Weight) is not null;
            evidence.Add(isAdapted ? KernelOrder.OutputsFirst : KernelOrder.InputsFirst, "the file says producer = burn" + (isAdapted ? ", with PyTorch's names" : ""));
        }
        else if (source.Metadata.TryGetValue("format", out string? format) && format is "pd" or "paddle" or "pt" or "mlx")
        {
            evidence.Add(format is "pt" or "mlx" ? KernelOrder.OutputsFirst : KernelOrder.InputsFirst, $"the file says format = {format}");
        }
        else if (Names(TensorRole.MovingMean, "_mean") is FileTensor mean)
        {
            evidence.Add(KernelOrder.InputsFirst, $"{mean.Quoted} is a name of Paddle's");
        }

        return evidence;
    }

    /// <summary>A tensor that the file calls by this word where the model has one of this role.</summary>
    private FileTensor? Names(TensorRole role, string word)
    {
        foreach (MatchedTensor match in matches)
        {
            if (match.Spec.Role == role && match.File is FileTensor file && TensorNames.Word(file.Name).SequenceEqual(word))
                return file;
        }

        return null;
    }

    private Dictionary<string, FileTensor> All()
    {
        var all = new Dictionary<string, FileTensor>(StringComparer.Ordinal);
        foreach (TensorEntry entry in source.Entries)
        {
            string name = TensorNames.Normalize(entry.Info.Name);
            all.TryAdd(name, new FileTensor(entry, name));
        }

        return all;
    }

    private static void Take(MatchedTensor match, KernelOrder order, string reason) => (match.Order, match.Reason) = (order, reason);

    private static KernelOrder Shown(KernelFit fit) => fit switch
    {
        KernelFit.InputsFirst => KernelOrder.InputsFirst,
        KernelFit.OutputsFirst => KernelOrder.OutputsFirst,
        _ => KernelOrder.Unspecified,
    };

    /// <summary>Tensors of one word have one order: <c>kernel</c>, <c>weight</c>, or whatever else the file calls them.</summary>
    private static string Kind(FileTensor tensor)
    {
        ReadOnlySpan<char> word = TensorNames.Word(tensor.Name);
        return word.SequenceEqual(TensorNames.Kernel) ? TensorNames.Kernel : word.SequenceEqual(TensorNames.Weight) ? TensorNames.Weight : "";
    }

    /// <summary>What speaks for either order, the first that does.</summary>
    private sealed class Evidence
    {
        public string? InputsFirst { get; private set; }

        public string? OutputsFirst { get; private set; }

        public void Add(KernelOrder order, string by, TensorInfo tensor)
        {
            if (order != KernelOrder.Unspecified && (order == KernelOrder.InputsFirst ? InputsFirst : OutputsFirst) is null)
                Add(order, $"{by} {Quoted.Name(tensor.Name)} {TensorShape.Format(tensor.Shape)}");
        }

        public void Add(KernelOrder order, string because)
        {
            if (order == KernelOrder.InputsFirst)
                InputsFirst ??= because;
            else
                OutputsFirst ??= because;
        }
    }
}
