namespace Fused;

/// <summary>What a layer or a tensor of a model is called in a file; a string converts to it.</summary>
public sealed record NameInFile
{
    /// <summary>A name in a file.</summary>
    /// <param name="name">The name, after <see cref="WeightLoadOptions.Prefix"/>; '.' and '/' mean the same. Empty for a layer that owns the file.</param>
    /// <param name="order">The order of the kernel that it names, where the shapes cannot tell.</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is none.</exception>
    public NameInFile(string name, KernelOrder order = KernelOrder.Unspecified)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        Order = KernelOrders.Check(order, nameof(order));
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The order of the kernel, if it is stated.</summary>
    public KernelOrder Order { get; }

    /// <summary>A name, and nothing said of the order.</summary>
    /// <param name="name">The name.</param>
    public static implicit operator NameInFile(string name) => new(name);
}
