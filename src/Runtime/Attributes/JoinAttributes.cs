namespace Fused;

/// <summary>
/// The base of the layers that join outputs. With one name, the layer before, or <see cref="LayerAttribute.From"/>, is the first input and the named
/// layer the second; with several, they are the inputs, in their order. <c>input</c> is the network's input.
/// </summary>
public abstract class JoinAttribute : LayerAttribute
{
    /// <summary>A join with one layer.</summary>
    /// <param name="from">The layer's name.</param>
    protected JoinAttribute(string from) => Sources = [from];

    /// <summary>A join of several layers.</summary>
    /// <param name="from">The layers' names.</param>
    protected JoinAttribute(string[] from) => Sources = from;

    /// <summary>The names of the layers, as given.</summary>
    public IReadOnlyList<string> Sources { get; }
}

/// <summary>
/// The sum of the inputs, value by value. They have one shape, except that a map of height or width 1 is repeated along it.
/// </summary>
public sealed class AddAttribute : JoinAttribute
{
    /// <summary>Of the layer before and another one.</summary>
    /// <param name="from">The other layer's name.</param>
    public AddAttribute(string from)
        : base(from)
    {
    }

    /// <summary>Of several layers.</summary>
    /// <param name="from">The layers' names.</param>
    public AddAttribute(params string[] from)
        : base(from)
    {
    }
}

/// <summary>
/// The product of the inputs, value by value. They have one shape, except that a map of height or width 1 is repeated along it: a map and
/// the weights of its channels, as in squeeze-and-excitation.
/// </summary>
public sealed class MultiplyAttribute : JoinAttribute
{
    /// <summary>Of the layer before and another one.</summary>
    /// <param name="from">The other layer's name.</param>
    public MultiplyAttribute(string from)
        : base(from)
    {
    }

    /// <summary>Of several layers.</summary>
    /// <param name="from">The layers' names.</param>
    public MultiplyAttribute(params string[] from)
        : base(from)
    {
    }
}

/// <summary>
/// The mean of the inputs, value by value. They have one shape, except that a map of height or width 1 is repeated along it.
/// </summary>
public sealed class AverageAttribute : JoinAttribute
{
    /// <summary>Of the layer before and another one.</summary>
    /// <param name="from">The other layer's name.</param>
    public AverageAttribute(string from)
        : base(from)
    {
    }

    /// <summary>Of several layers.</summary>
    /// <param name="from">The layers' names.</param>
    public AverageAttribute(params string[] from)
        : base(from)
    {
    }
}

/// <summary>
/// The largest of the inputs, value by value. They have one shape, except that a map of height or width 1 is repeated along it.
/// </summary>
public sealed class MaximumAttribute : JoinAttribute
{
    /// <summary>Of the layer before and another one.</summary>
    /// <param name="from">The other layer's name.</param>
    public MaximumAttribute(string from)
        : base(from)
    {
    }

    /// <summary>Of several layers.</summary>
    /// <param name="from">The layers' names.</param>
    public MaximumAttribute(params string[] from)
        : base(from)
    {
    }
}

/// <summary>
/// The inputs one after another along the channels: (H, W, C1), (H, W, C2), ... to (H, W, C1 + C2 + ...), or vectors to a vector.
/// </summary>
public sealed class ConcatenateAttribute : JoinAttribute
{
    /// <summary>Of the layer before and another one.</summary>
    /// <param name="from">The other layer's name.</param>
    public ConcatenateAttribute(string from)
        : base(from)
    {
    }

    /// <summary>Of several layers.</summary>
    /// <param name="from">The layers' names.</param>
    public ConcatenateAttribute(params string[] from)
        : base(from)
    {
    }
}
