namespace Fused;

/// <summary>
/// Marks a class whose other attributes, in source order, are layers that models use as one, and more than once: a block. Nothing is generated
/// for it. Its constants are its parameters, with the values that they have unless a <see cref="BlockAttribute"/> states others; its layers'
/// arguments may be any constant expressions of them.
/// </summary>
/// <remarks>
/// The names in <see cref="LayerAttribute.From"/> and in joins are those of the block's own layers; <c>input</c> is what the block reads. Its output is
/// that of its last layer.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FusedBlockAttribute : Attribute;
