namespace Fused;

/// <summary>The base of the layers' attributes.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>
    /// The layer's name, which its weight tensors carry as a prefix: whatever the framework that trained it calls it, such as
    /// <c>classifier.0</c>; empty where the tensors are called <c>weight</c> and <c>bias</c> alone. <c>.</c> and <c>/</c> mean the same.
    /// Keras's default where it is left out: the layer's kind in snake case, then <c>_1</c>, <c>_2</c>, ... in order of appearance.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// The name of the layer whose output this one reads, written as it is declared: one that stands before; or <c>input</c>, the network's
    /// input, inside a block what the block reads. The layer before unless told otherwise.
    /// </summary>
    public string? From { get; set; }
}
