using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>
/// A kernel that can also share out the work on one sample among threads: phases one after the other, each of tasks that may be computed
/// at the same time.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPhasedKernel : ITileKernel
{
    /// <summary>The values of memory in which the tasks of a sample hand on what they make.</summary>
    int ScratchLength { get; }

    /// <summary>How many tasks each phase has.</summary>
    ReadOnlySpan<short> Tasks { get; }

    /// <summary>Computes one task. Called from several threads at once, for different tasks of one phase, after all of the phases before.</summary>
    /// <param name="input">The sample's first value.</param>
    /// <param name="output">The sample's first result.</param>
    /// <param name="scratch">Memory of <see cref="ScratchLength"/> values, undefined before the first phase.</param>
    /// <param name="phase">The phase, from 0.</param>
    /// <param name="task">Which of its tasks, from 0.</param>
    void ExecuteTask(ref readonly float input, ref float output, ref float scratch, int phase, int task);

    /// <inheritdoc cref="ExecuteTask(ref readonly float, ref float, ref float, int, int)"/>
    void ExecuteTask(ref readonly Half input, ref float output, ref float scratch, int phase, int task);

    /// <inheritdoc cref="ExecuteTask(ref readonly float, ref float, ref float, int, int)"/>
    /// <param name="input">The sample's first value.</param>
    /// <param name="quantization">What the bytes mean.</param>
    /// <param name="output">The sample's first result.</param>
    /// <param name="scratch">Memory of <see cref="ScratchLength"/> values, undefined before the first phase.</param>
    /// <param name="phase">The phase, from 0.</param>
    /// <param name="task">Which of its tasks, from 0.</param>
    void ExecuteTask(ref readonly byte input, Quantization quantization, ref float output, ref float scratch, int phase, int task);
}
