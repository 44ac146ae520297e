namespace Fused.Generator.IR;

/// <summary>The blocks and threads that execute a kernel.</summary>
/// <param name="Blocks">Blocks that share the work on one tile of samples, in x.</param>
/// <param name="Rows">Samples in a tile; there is a row of blocks in y for each tile.</param>
/// <param name="Threads">Threads of a block.</param>
internal sealed record Grid(int Blocks, int Rows, int Threads)
{
    /// <summary>The variable that counts the blocks of a tile.</summary>
    public const string Block = "block";

    /// <summary>The variable that counts the tiles; with one sample in each, it counts the samples.</summary>
    public const string Tile = "tile";

    /// <summary>Values in a GPU's vector: the 16 bytes that one instruction loads.</summary>
    public const int Lanes = 4;

    /// <summary>
    /// Floats that the threads of a block can share: of the 48 KB that a CUDA kernel may declare on any device, all but what says
    /// whether the block is the last one.
    /// </summary>
    public const int SharedFloats = (48 * 1024 / sizeof(float)) - 4;

    /// <summary>The number of a tile's first sample.</summary>
    public Affine FirstSample => Affine.Variable(Tile) * Rows;

    /// <summary>Whether a buffer has a row for each sample of the batch, so that its length is known at run time only.</summary>
    public static bool IsPerSample(Buffer buffer) =>
        buffer.Scope is BufferScope.Input or BufferScope.Output or BufferScope.Scratch or BufferScope.Counters;

    /// <summary>An index into the rows of a tile as an index into the whole batch.</summary>
    public Affine Place(Buffer buffer, Affine index) => IsPerSample(buffer) ? index + (FirstSample * buffer.Pitch) : index;
}
