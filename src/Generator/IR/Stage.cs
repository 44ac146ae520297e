using System.Collections.Immutable;

namespace Fused.Generator.IR;

/// <summary>A dimension that a stage runs over.</summary>
internal sealed record Axis(string Name, int Extent)
{
    public Affine Index => Affine.Variable(Name);
}

/// <summary>The combination of <paramref name="Body"/> over all the stage's reduction axes.</summary>
internal sealed record Reduction(ReduceOp Op, Expr Body)
{
    /// <summary>
    /// What the accumulator gives, in terms of accumulator 0, once it has taken up all that it is to take up: the float32 that a sum
    /// of integers stands for. A stage that reduces in parts adds up these. Null: the accumulator itself.
    /// </summary>
    public Expr? Result { get; init; }
}

/// <summary>Where a result goes: Target[Index] = Value, the value in terms of the stage's accumulators or of loads.</summary>
internal sealed record Write(Buffer Target, Affine Index, Expr Value);

/// <summary>
/// What is computed, with nothing said of how: for every point of the axes, the reductions over the reduction axes, then the
/// writes. Write number i uses no other accumulator than number i.
/// </summary>
/// <param name="Name">A short name for the schedule and the printer.</param>
/// <param name="Comment">The formula, for the reader of the generated code.</param>
internal sealed record Stage(
    string Name,
    string Comment,
    ImmutableArray<Axis> Axes,
    ImmutableArray<Axis> ReductionAxes,
    ImmutableArray<Reduction> Reductions,
    ImmutableArray<Write> Writes)
{
    /// <summary>
    /// Whether what a part of the reduction gives serves what is made of that part, such as the range of some inputs: a kernel that is
    /// divided by the channels has one for each part.
    /// </summary>
    public bool ServesParts { get; init; }

    /// <summary>Whether each row of results has room behind it, so that a last vector may run over its end: nothing that is needed lies there.</summary>
    public bool HasRoom { get; init; }

    /// <summary>What each result is reduced from.</summary>
    public int Terms => ReductionAxes.Aggregate(1, (product, axis) => checked(product * axis.Extent));

    public Axis? Find(string axis) => Axes.Concat(ReductionAxes).FirstOrDefault(a => a.Name == axis);

    /// <summary>The stage without an axis that has one element.</summary>
    public Stage Without(Axis unit) =>
        new Substitution(unit.Name, Affine.Constant(0)).Rewrite(this with { Axes = Axes.Remove(unit), ReductionAxes = ReductionAxes.Remove(unit) });

    public bool Reduces(string axis) => ReductionAxes.Any(a => a.Name == axis);
}
