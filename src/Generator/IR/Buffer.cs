namespace Fused.Generator.IR;

/// <summary>Where a buffer lives.</summary>
internal enum BufferScope
{
    /// <summary>The samples, as the caller gave them.</summary>
    Input,

    /// <summary>The predictions, in the caller's memory.</summary>
    Output,

    /// <summary>Prepared when the model is loaded, read only.</summary>
    Weights,

    /// <summary>On a CPU each thread's own memory, for the length of one tile; on a GPU global memory, a row for each sample.</summary>
    Scratch,

    /// <summary>
    /// What threads share that work on one tile: on a GPU those of a block, for the length of one kernel; on a CPU those that
    /// compute its parts.
    /// </summary>
    Shared,

    /// <summary>On a GPU: counters of finished blocks in global memory, one for each sample, zero between kernels.</summary>
    Counters,

    /// <summary>Named registers; exists only until accumulators are promoted.</summary>
    Register,
}

/// <summary>A run of values that a kernel reads or writes, addressed in elements from its start.</summary>
/// <param name="Name">The name in the generated code.</param>
/// <param name="Scope">Where it lives.</param>
/// <param name="Pitch">Elements from one sample's row to the next; for registers, from one row of the tile to the next.</param>
/// <param name="Length">Elements in all, which bound every access.</param>
internal sealed record Buffer(string Name, BufferScope Scope, int Pitch, int Length)
{
    /// <summary>For weights: what they are to whoever reads them, such as <c>kernel</c> or <c>bias</c>; kernels that several layers share call them so.</summary>
    public string Part { get; init; } = "weights";

    /// <summary>How the elements are stored; only weights may be narrow.</summary>
    public ElementType Element { get; init; }

    /// <summary>
    /// What a load gives: integers where they are what is computed with. Of int8 weights the elements are pairs then, an output's weights
    /// for two inputs, and a load gives the two as int16s in an int32, the first in the lower half.
    /// </summary>
    public ScalarKind Loads { get; init; } = ScalarKind.Float32;

    /// <summary>Whether the elements are pairs of int8 weights.</summary>
    public bool IsPairs => Element == ElementType.Int8 && Loads == ScalarKind.Int32;

    /// <summary>
    /// Vectors beside sums, weights and inputs that a product with these weights keeps in registers: a mask of bits, or a product that is
    /// not yet added.
    /// </summary>
    public int Temporaries => Element == ElementType.Float16 || IsPairs ? 1 : 0;

    /// <summary>
    /// How far apart the values of a vector lie, in elements. Where more than 1, as many narrow elements make a word of 32 bits, and
    /// the buffer is read by words: a vector is one element of each of neighbouring words.
    /// </summary>
    public int Stride { get; init; } = 1;

    public Load At(Affine index) => new(this, index);
}
