using System.Globalization;
using System.Text;

namespace Fused;

/// <summary>What a model was loaded from: which tensor became which, in which order the kernels were taken to lie and why, and what was not used.</summary>
public sealed class LoadReport
{
    private const int MaxUnusedLines = 10;

    private readonly string _subject;

    internal LoadReport(FileLabel label, IReadOnlyList<LoadedTensor> tensors, IReadOnlyList<TensorInfo> unused)
    {
        Path = label.Path;
        _subject = label.Subject;
        Tensors = tensors;
        Unused = unused;
    }

    /// <summary>The file, as the caller named it; empty where the weights came from none that has a name.</summary>
    public string Path { get; }

    /// <summary>The model's tensors in its order, each with the one that it was read from.</summary>
    public IReadOnlyList<LoadedTensor> Tensors { get; }

    /// <summary>The tensors of the file that nothing of the model is, also those outside of <see cref="WeightLoadOptions.Prefix"/>.</summary>
    public IReadOnlyList<TensorInfo> Unused { get; }

    /// <summary>A line for each tensor, and one for each of the first that were not used; invariant culture, lines end with <c>\n</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("Weights: ").Append(_subject).Append('\n');
        foreach (LoadedTensor tensor in Tensors)
            text.Append("  ").Append(tensor).Append('\n');
        foreach (TensorInfo unused in Unused.Take(MaxUnusedLines))
            text.Append("  not used: ").Append(LoadedTensor.Describe(unused)).Append('\n');
        if (Unused.Count > MaxUnusedLines)
            text.Append(CultureInfo.InvariantCulture, $"  not used: {Unused.Count - MaxUnusedLines:N0} more").Append('\n');
        return text.ToString();
    }
}

/// <summary>A tensor of a model, and what it was read from.</summary>
public sealed class LoadedTensor
{
    internal LoadedTensor(TensorSpec spec, TensorInfo stored, KernelOrder order, string reason)
    {
        Spec = spec;
        Stored = stored;
        Order = order;
        Reason = reason;
    }

    /// <summary>The model's tensor.</summary>
    public TensorSpec Spec { get; }

    /// <summary>The tensor that it was read from, as the file describes it.</summary>
    public TensorInfo Stored { get; }

    /// <summary>The order in which the file was taken to have a kernel; unspecified for what is no kernel.</summary>
    public KernelOrder Order { get; }

    /// <summary>Why that order; empty for what is no kernel.</summary>
    public string Reason { get; }

    /// <summary><c>dense.kernel (3, 2) from 'fc.weight' F32 (2, 3), (out, in): its shape tells</c>.</summary>
    public override string ToString() =>
        $"{Spec} from {Describe(Stored)}" + (Order == KernelOrder.Unspecified ? "" : $", {KernelLayout.Text(Spec, Order)}: {Reason}");

    /// <summary>A tensor of a file, fit for a terminal.</summary>
    internal static string Describe(TensorInfo info) => $"{Quoted.Name(info.Name)} {Quoted.Text(info.DType)} {TensorShape.Format(info.Shape)}";
}
