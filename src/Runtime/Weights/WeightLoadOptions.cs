namespace Fused;

/// <summary>How the tensors of a file are made those of a model, where its names and shapes do not say it all; see docs/weights.md.</summary>
public sealed record WeightLoadOptions
{
    /// <summary>
    /// What the file's names begin with: only tensors whose names do are looked at, by what follows. '.' and '/' mean the same, and one
    /// that follows belongs to it. What lies outside is another's business and no error. Empty unless told otherwise: the whole file.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public string Prefix
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = "";

    /// <summary>
    /// Whether the file, or the part of it that <see cref="Prefix"/> names, may have tensors that the model has not. False unless told
    /// otherwise: they may be the sign of a layer that was forgotten. <see cref="LoadReport.Unused"/> lists them.
    /// </summary>
    public bool AllowUnused { get; init; }

    /// <summary>
    /// What the file calls a layer of the model (<c>["dense"] = "classifier.1"</c>) or a tensor of it
    /// (<c>["dense.kernel"] = new("W1", KernelOrder.InputsFirst)</c>). What is not in here has the model's own name. Copies that
    /// <c>with</c> makes share it.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IDictionary<string, NameInFile> Names
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = new Dictionary<string, NameInFile>(StringComparer.Ordinal);

    /// <summary>The order of all kernels for which <see cref="Names"/> states none. A shape that contradicts it is an error.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no order.</exception>
    public KernelOrder KernelOrder
    {
        get;
        init => field = KernelOrders.Check(value, nameof(value));
    }

    /// <summary>
    /// Whether names do not count: the file's tensors, in the order of the numbers in their names, weights before their biases, are the
    /// model's in its order, if there are as many and every shape fits. For <c>arr_0</c>, <c>arr_1</c>, ... (<c>np.savez</c> of Keras's
    /// <c>get_weights()</c>), <c>layers/dense/vars/0</c> (Keras 3) and <c>W1</c>, <c>b1</c>. <see cref="Names"/> must be empty then.
    /// </summary>
    public bool ByPosition { get; init; }

    /// <summary>What no options mean.</summary>
    internal static WeightLoadOptions None { get; } = new();
}
