using System.Collections.Immutable;

namespace Fused;

/// <summary>What tells of the order of a file's kernels beside their own shapes.</summary>
internal sealed class OrderEvidence(IReadOnlyList<MatchedTensor> matches, WeightSource source)
{
    private readonly Dictionary<string, List<Evidence>> _layers = new(StringComparer.Ordinal);

    /// <summary>Tensors of one word have the orders of one framework: <c>kernel</c>, <c>weight</c>, or whatever else the file calls them.</summary>
    public static string Kind(FileTensor tensor) => TensorNames.Word(tensor.Name) switch
    {
        TensorNames.Kernel or TensorNames.DepthwiseKernel or TensorNames.PointwiseKernel => TensorNames.Kernel,
        TensorNames.Weight => TensorNames.Weight,
        _ => "",
    };

    /// <summary>The model's other kernels of the same word.</summary>
    public IEnumerable<Evidence> OfKernels(MatchedTensor match)
    {
        string word = Kind(match.File!);
        foreach (MatchedTensor other in matches)
        {
            if (other == match || !other.IsKernel || other.Stated != KernelOrder.Unspecified || Kind(other.File!) != word)
                continue;
            Conventions conventions = ConventionOrders.Of(other.Fit, other.File!.Info.Shape);
            if (conventions != Conventions.Any)
                yield return Evidence.Of(conventions, "as the shape of", other.File.Info);
        }
    }

    /// <summary>The file's other layers of a kernel's word: a kernel with a bias whose length is one of its axes, but no other.</summary>
    public List<Evidence> OfLayers(FileTensor tensor)
    {
        string word = Kind(tensor);
        if (_layers.TryGetValue(word, out List<Evidence>? evidence))
            return evidence;
        _layers.Add(word, evidence = []);
        if (word.Length == 0)
            return evidence;

        // Of those that tell the same the first is enough.
        Dictionary<string, FileTensor> all = All();
        foreach (FileTensor other in all.Values)
        {
            if (Kind(other) != word || !all.TryGetValue(TensorSpec.Join(TensorNames.Layer(other.Name), "bias"), out FileTensor? bias) || bias.Info.Shape.Length != 1)
                continue;
            Conventions conventions = OfBias(other.Info.Shape, bias.Info.Shape[0]);
            if (conventions != Conventions.None && !evidence.Exists(known => known.For == conventions))
                evidence.Add(Evidence.Of(conventions, "as the bias shows of", other.Info));
        }

        return evidence;
    }

    /// <summary>A bias that is a row is added to <c>x @ W</c>, one that is a column to <c>W @ x</c>.</summary>
    public IEnumerable<Evidence> OfBiases()
    {
        foreach (MatchedTensor match in matches)
        {
            if (match.Spec.Role != TensorRole.Bias || match.Spec.Length == 1 || match.File is not { Info.Shape: { Length: 2 } shape })
                continue;
            if (shape[0] == 1)
                yield return Evidence.Of(Conventions.Keras | Conventions.Paddle, "as the bias lies in", match.File.Info);
            else if (shape[1] == 1)
                yield return Evidence.Of(Conventions.PyTorch | Conventions.Mlx, "as the bias lies in", match.File.Info);
        }
    }

    /// <summary>
    /// What the file says of itself. Sources: <c>SafetensorsStore::default_metadata</c> in Burn's burn-store; <c>save_pretrained</c> of
    /// PaddleNLP (<c>pd</c>) and of Hugging Face's transformers (<c>pt</c>); <c>save_model</c> of mlx-lm. Burn's adapter for PyTorch turns
    /// the kernels and renames gamma, and says burn all the same. Only Paddle calls a moving average <c>_mean</c>.
    /// </summary>
    public IEnumerable<Evidence> OfMetadata()
    {
        if (source.Metadata.TryGetValue("producer", out string? producer) && producer == "burn")
        {
            bool isAdapted = Names(TensorRole.Gamma, TensorNames.Weight) is not null;
            yield return new Evidence(isAdapted ? Conventions.PyTorch : Conventions.Paddle, "the file says producer = burn" + (isAdapted ? ", with PyTorch's names" : ""));
        }
        else if (source.Metadata.TryGetValue("format", out string? format) && format is "pd" or "paddle" or "pt" or "mlx")
        {
            yield return new Evidence(format == "pt" ? Conventions.PyTorch : format == "mlx" ? Conventions.Mlx : Conventions.Paddle, $"the file says format = {format}");
        }
        else if (Names(TensorRole.MovingMean, "_mean") is FileTensor mean)
        {
            yield return new Evidence(Conventions.Paddle, $"{mean.Quoted} is a name of Paddle's");
        }
    }

    /// <summary>What a kernel and its bias tell. A transposed convolution's has its outputs in between, or first: those tell nothing.</summary>
    private static Conventions OfBias(ImmutableArray<int> kernel, int outputs)
    {
        if (kernel.Length is not (2 or 4) || kernel.Count(size => size == outputs) != 1)
            return Conventions.None;
        bool isMatrix = kernel.Length == 2;
        if (kernel[^1] == outputs)
            return isMatrix ? Conventions.Keras | Conventions.Paddle : Conventions.Keras;
        return kernel[0] != outputs ? Conventions.None : isMatrix ? Conventions.PyTorch | Conventions.Mlx : Conventions.Any & ~Conventions.Keras;
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
}
