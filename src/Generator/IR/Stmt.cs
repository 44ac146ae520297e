using System.Collections.Immutable;

namespace Fused.Generator.IR;

/// <summary>A step of a kernel.</summary>
internal abstract record Stmt;

/// <summary>Steps in order.</summary>
internal sealed record Block(ImmutableArray<Stmt> Steps) : Stmt
{
    public static Block Of(IEnumerable<Stmt> steps) => new([.. steps]);
}

internal enum LoopKind
{
    /// <summary>An ordinary loop.</summary>
    Serial,

    /// <summary>Written out, iteration by iteration.</summary>
    Unrolled,

    /// <summary>Written out, each iteration with accumulators of its own, to hide the latency of the additions.</summary>
    Interleaved,

    /// <summary>All iterations at once, one in each lane.</summary>
    Vectorized,

    /// <summary>On a GPU: the iterations are shared out among the threads of a block.</summary>
    Thread,
}

/// <summary>
/// for (variable = Start; variable &lt; Start + Count; variable += Step). Variables count elements of an axis, not iterations;
/// where Step does not divide Count, the last iteration has Count % Step elements (until tails are split off).
/// </summary>
/// <param name="Axis">The axis that the loop runs over; the loops of one axis share its elements out from the outside in.</param>
/// <param name="RoundUp">Whether the last iteration may run past Count, into padding.</param>
internal sealed record For(
    string Variable, string Axis, int Start, int Count, int Step, LoopKind Kind, bool RoundUp, Stmt Body) : Stmt
{
    public int Iterations => (Count + Step - 1) / Step;
}

/// <summary>Writes as many neighbouring values as the value has lanes.</summary>
internal sealed record Store(Buffer Buffer, Affine Index, Expr Value) : Stmt;

/// <summary>
/// Combines a value into a place of a buffer. Where the place does not move with a vectorised loop, the lanes are combined
/// with one another too.
/// </summary>
internal sealed record Update(Buffer Buffer, Affine Index, ReduceOp Op, Expr Value) : Stmt;

/// <summary>Introduces a register and its first value.</summary>
internal sealed record Declare(Local Local, Expr Value) : Stmt;

/// <summary>Gives a register a new value.</summary>
internal sealed record Assign(Local Local, Expr Value) : Stmt;

/// <summary>
/// Asks for the place of a buffer to be brought near, for it will be read soon, and only once. It changes nothing that can be seen, and
/// may lie beyond the buffer's end.
/// </summary>
internal sealed record Prefetch(Buffer Buffer, Affine Index) : Stmt;

/// <summary>
/// From here on <paramref name="Target"/> holds the input's values as floats, at the same indices: <paramref name="Rows"/> runs of
/// <paramref name="Count"/> values, <paramref name="Pitch"/> apart, the first one at <paramref name="Start"/>. Where the input is
/// floats already the target is the input itself, and nothing is copied.
/// </summary>
internal sealed record Unpack(Buffer Source, Buffer Target, Affine Start, int Rows, int Count, int Pitch) : Stmt;

/// <summary>Tells the reader of the generated code what comes and why.</summary>
internal sealed record Comment(string Text) : Stmt;

/// <summary>
/// On a GPU: the body for each value of <paramref name="Variable"/> from 0 to <paramref name="Extent"/> - 1, shared out among
/// the block's threads: thread t takes t, t + threads, t + 2 * threads and so on.
/// </summary>
/// <param name="Variable">What counts.</param>
/// <param name="Extent">How often.</param>
/// <param name="Body">What is done.</param>
/// <param name="OfAllBlocks">Whether all blocks of the tile share the values out, as if they were one block of all their threads.</param>
internal sealed record Threads(string Variable, int Extent, Stmt Body, bool OfAllBlocks = false) : Stmt;

/// <summary>An index made of others: <c>Variable = Start + Step * (Source / Divisor % Count)</c>, which takes Count values.</summary>
internal sealed record Define(string Variable, Affine Source, int Divisor, int Count, int Start, int Step) : Stmt;

/// <summary>On a GPU: the body only where sample number <paramref name="Sample"/> of the batch exists.</summary>
internal sealed record IfSample(Affine Sample, Stmt Body) : Stmt;

/// <summary>On a GPU: every thread of the block waits for the others, and sees what they wrote.</summary>
internal sealed record Barrier : Stmt;

/// <summary>
/// On a GPU: each of <paramref name="Blocks"/> blocks counts itself when it comes here; the one that comes last executes the
/// body, sees all that the others wrote before, and sets the counter back to 0.
/// </summary>
internal sealed record LastBlock(Buffer Counters, Affine Index, int Blocks, Stmt Body) : Stmt;

/// <summary>What one call computes for a tile of samples, and all that it reads and writes.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Summary">Says what it computes.</param>
/// <param name="Buffers">The parameters, in order.</param>
/// <param name="Body">The steps.</param>
/// <param name="Parts">
/// Into how many calls the work is split, which may run at the same time: <see cref="Part"/> counts them. 1: the whole is one call.
/// </param>
internal sealed record Kernel(string Name, string Summary, ImmutableArray<Buffer> Buffers, Stmt Body, int Parts = 1)
{
    /// <summary>The loops of its reductions, as their schedules say, for the reader of the generated code.</summary>
    public ImmutableArray<string> Schedules { get; init; } = [];

    /// <summary>The variable that says which part a call computes.</summary>
    public const string Part = "part";
}
