namespace Fused;

/// <summary>The base of the layers' attributes.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>
    /// The layer's name, which its weight tensors carry as a prefix. Keras's default where it is left out: the layer's
    /// kind in snake case, then <c>_1</c>, <c>_2</c>, ... in order of appearance.
    /// </summary>
    public string? Name { get; set; }
}
