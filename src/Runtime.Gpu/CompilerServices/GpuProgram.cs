using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>What the generator adds to a model where the project references <c>Fused.Gpu</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGpuModel
{
    /// <summary>The model as GPU kernels with their weights; made anew by each call.</summary>
    GpuProgram CreateGpuProgram();
}

/// <summary>A model as data: kernels, the memory that they work on, and which of them run in which order for how many samples.</summary>
/// <param name="Model">The model's name, for messages.</param>
/// <param name="InputLength">Values in one sample.</param>
/// <param name="OutputLength">Values that one sample gives.</param>
/// <param name="Kernels">
/// The open generic class <c>Kernels&lt;TX, TW&gt;</c> whose public static methods are the kernels. TX is how the input is stored
/// and TW how weight matrices are, all of one width: <see cref="IPacked4"/>, or <see cref="IPacked1"/> where the width is 1. TW
/// of a program without matrices is <see cref="IPacked4"/>. The class may be private and nested, in classes that are not generic.
/// </param>
/// <param name="Buffers">All memory that the kernels work on.</param>
/// <param name="Schedules">By the largest number of samples that they are for, the last for any. One after that is for devices that refuse it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record GpuProgram(
    string Model,
    int InputLength,
    int OutputLength,
    Type Kernels,
    IReadOnlyList<GpuBuffer> Buffers,
    IReadOnlyList<GpuSchedule> Schedules)
{
    /// <summary>What one value of a sample is declared as; bytes are taken where they are.</summary>
    public ElementType InputType { get; init; }

    /// <summary>The schedule for a number of samples.</summary>
    /// <param name="samples">At least 1.</param>
    public GpuSchedule ScheduleFor(int samples)
    {
        // Indexed: an enumerator of the interface would be an object for each prediction.
        int i = 0;
        while (i < Schedules.Count - 1 && samples > Schedules[i].MaxSamples)
            i++;
        return Schedules[i];
    }

    /// <summary>
    /// The most samples that a buffer ever holds: of what is between kernels, the most of the schedules that use it. A buffer of
    /// large rows that only small batches need stays as small as they are.
    /// </summary>
    /// <param name="buffer">One of the program's that has a row for each sample.</param>
    public int MostSamples(GpuBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return buffer.Role is GpuBufferRole.Input or GpuBufferRole.Output
            ? int.MaxValue
            : Schedules.Where(s => s.Launches.Any(l => l.Buffers.Contains(buffer.Name))).Select(s => s.MaxSamples).DefaultIfEmpty().Max();
    }

    /// <summary>The buffer of that name.</summary>
    /// <param name="name">A name that a launch gives.</param>
    public GpuBuffer Buffer(string name) => Buffers.First(b => b.Name == name);
}

/// <summary>What a buffer is for, which settles who fills it, how it is stored and how long it is.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum GpuBufferRole
{
    /// <summary>The samples, stored as TX; the length is one sample's.</summary>
    Input,

    /// <summary>The predictions, float32; the length is one sample's.</summary>
    Output,

    /// <summary>A weight matrix, stored as TW; its values are given.</summary>
    Matrix,

    /// <summary>Biases, scales and shifts, float32; their values are given.</summary>
    Vector,

    /// <summary>Float32 values between kernels, undefined at first; the length is one sample's.</summary>
    Scratch,

    /// <summary>
    /// Int32 counters of finished blocks, for <c>Atomic.Add</c> and no other atomic; the length is one sample's. Zero before the
    /// first launch, and every kernel that counts leaves zeros behind.
    /// </summary>
    Counters,
}

/// <summary>A buffer that kernels take as a parameter.</summary>
/// <param name="Name">The name in the program.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Width">
/// Values in an element of the kernels' parameter: 4 (<see cref="Float4"/> and its like) or 1 (float, int, or for an input
/// <see cref="IPacked1"/>). Lengths count values, not elements, and are whole numbers of elements.
/// </param>
/// <param name="Length">Values in all, or for one sample, as the role says.</param>
/// <param name="Values">The values of a matrix or vector, as many as the length says; nothing for other roles.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record GpuBuffer(string Name, GpuBufferRole Role, int Width, int Length, AlignedBuffer? Values = null)
{
    /// <summary>Whether the length is one sample's; else the buffer holds weights, the same for all samples.</summary>
    public bool IsPerSample => Role is not (GpuBufferRole.Matrix or GpuBufferRole.Vector);
}

/// <summary>Kernels to be launched one after the other, which compute any number of samples.</summary>
/// <param name="Name">What the schedule does, for people.</param>
/// <param name="MaxSamples">
/// The most samples that it is chosen for; <see cref="int.MaxValue"/> for any number. It takes more where the device refuses the
/// schedules that are meant for them.
/// </param>
/// <param name="Launches">In order; each sees all that the ones before wrote.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record GpuSchedule(string Name, int MaxSamples, IReadOnlyList<GpuLaunch> Launches);

/// <summary>One kernel's launch.</summary>
/// <param name="Kernel">The name of a public static method of the program's kernels. Its parameters are a view of each buffer, then the number of samples.</param>
/// <param name="Blocks">Blocks in x.</param>
/// <param name="SamplesPerBlock">Blocks in y: the samples divided by this, rounded up.</param>
/// <param name="Threads">Threads of a block.</param>
/// <param name="Buffers">The names of the buffers in the order of the parameters.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record GpuLaunch(string Kernel, int Blocks, int SamplesPerBlock, int Threads, IReadOnlyList<string> Buffers);
