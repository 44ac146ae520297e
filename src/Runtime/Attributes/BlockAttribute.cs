namespace Fused;

/// <summary>
/// The layers of a block in this place, each called by the name of this use, a point and its own name: <c>conv2_block1.conv1</c>. Other layers read
/// the block's output by the name of the use, and that of a layer inside by that layer's whole name. A use without a name has that of the block's class in
/// snake case, then <c>_1</c>, <c>_2</c>, ...; layers of a use whose name is empty keep their own names.
/// </summary>
public sealed class BlockAttribute : LayerAttribute
{
    /// <summary>A block with the values that its constants have.</summary>
    /// <param name="block">A class with <see cref="FusedBlockAttribute"/>, in the same project.</param>
    public BlockAttribute(Type block)
        : this(block, [])
    {
    }

    /// <summary>A block with other values for some of its constants.</summary>
    /// <param name="block">A class with <see cref="FusedBlockAttribute"/>, in the same project.</param>
    /// <param name="values">
    /// Names of constants and their values by turns: <c>"Filters", 128, "Stride", 2</c>. The values convert to the constants' types without a cast.
    /// </param>
    public BlockAttribute(Type block, params object?[] values)
    {
        Block = block;
        Values = values;
    }

    /// <summary>The class of the block.</summary>
    public Type Block { get; }

    /// <summary>The names of constants and their values by turns, as given.</summary>
    public IReadOnlyList<object?> Values { get; }
}
