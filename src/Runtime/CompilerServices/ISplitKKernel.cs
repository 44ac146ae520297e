using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>
/// A kernel that can also split the channels that a product sums over among threads (split-K), for one small tile of samples: parts that are computed at the same time, each
/// into its own place of a shared memory, and what comes after all of them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISplitKKernel : ITileKernel
{
    /// <summary>The parts of a tile, at least 2.</summary>
    int Parts { get; }

    /// <summary>The values that the parts of the largest tile share.</summary>
    int SharesLength { get; }

    /// <summary>The largest tile of no more than so many samples whose channels can be split.</summary>
    /// <param name="samples">The most samples that the tile may have, at least 1.</param>
    int SplitKTile(int samples);

    /// <summary>Computes one part. Called from several threads at once, for different parts.</summary>
    /// <param name="input">The tile's first value.</param>
    /// <param name="shares">What the parts share: undefined before, written by each part in a place of its own.</param>
    /// <param name="samples">The samples of the tile, as <see cref="SplitKTile"/> gave them.</param>
    /// <param name="part">Which part, from 0.</param>
    void ExecutePart(ref readonly float input, ref float shares, int samples, int part);

    /// <inheritdoc cref="ExecutePart(ref readonly float, ref float, int, int)"/>
    void ExecutePart(ref readonly Half input, ref float shares, int samples, int part);

    /// <inheritdoc cref="ExecutePart(ref readonly float, ref float, int, int)"/>
    /// <param name="input">The tile's first value.</param>
    /// <param name="quantization">What the bytes mean.</param>
    /// <param name="shares">What the parts share: undefined before, written by each part in a place of its own.</param>
    /// <param name="samples">The samples of the tile, as <see cref="ISplitKKernel.SplitKTile"/> gave them.</param>
    /// <param name="part">Which part, from 0.</param>
    void ExecutePart(ref readonly byte input, Quantization quantization, ref float shares, int samples, int part);

    /// <summary>Makes the results of what all parts have computed.</summary>
    /// <param name="shares">What the parts have written.</param>
    /// <param name="output">The tile's first result.</param>
    /// <param name="samples">The samples of the tile.</param>
    void Finish(ref float shares, ref float output, int samples);
}
