namespace Fused;

/// <summary>A tensor of the model, the file's that is to be it, and how that is to be read.</summary>
/// <param name="spec">The model's tensor.</param>
internal sealed class MatchedTensor(TensorSpec spec)
{
    private List<string>? _problems;

    public TensorSpec Spec { get; } = spec;

    /// <summary>The file's tensor; null where there is none, or more than one.</summary>
    public FileTensor? File { get; set; }

    /// <summary>Whether it fits, and in which orders a kernel does.</summary>
    public KernelFit Fit { get; set; }

    /// <summary>The order that the caller stated.</summary>
    public KernelOrder Stated { get; set; }

    /// <summary>The order that was decided on; not specified for what is no kernel.</summary>
    public KernelOrder Order { get; set; }

    /// <summary>Why that order.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Whether the file has none, by the names that are looked for.</summary>
    public bool IsMissing { get; set; }

    /// <summary>What does not fit, a sentence each.</summary>
    public IReadOnlyList<string> Problems => _problems ?? (IReadOnlyList<string>)[];

    /// <summary>Whether it is a kernel whose values can be read once their order is known.</summary>
    public bool IsKernel => TensorRoles.IsKernel(Spec.Role) && File is not null && Fit != KernelFit.None;

    public void Report(string problem) => (_problems ??= []).Add(problem);
}
