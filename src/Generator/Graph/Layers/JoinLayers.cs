using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.IR;

namespace Fused.Generator.Graph;

/// <summary>
/// A layer of several inputs. One name joins that layer with the one before; several are the inputs themselves.
/// </summary>
internal abstract record JoinLayer(string? DeclaredName) : Layer(DeclaredName)
{
    public override bool ReadsBefore => From.Count < 2;

    public override FusionPattern Pattern => FusionPattern.Join;

    public sealed override Shape InferShape(Shape input) => InferShape([input]);

    public sealed override IEnumerable<Problem> Check(Shape input) => Check([input]);

    public sealed override long Flops(Shape input) => Flops([input]);

    public abstract override Shape InferShape(ImmutableArray<Shape> inputs);

    public abstract override long Flops(ImmutableArray<Shape> inputs);

    public override IEnumerable<Problem> Check(ImmutableArray<Shape> inputs)
    {
        Shape first = inputs[0];
        foreach (Shape other in inputs.Skip(1))
        {
            string? why = first.IsVector != other.IsVector ? "one is a vector, the other a map" + ForVector(first.IsVector ? first : other)
                : first.ChannelsFirst != other.ChannelsFirst ? "one has its channels first, the other last"
                : WhyNot(first, other);
            if (why is not null)
            {
                yield return new Problem(Descriptors.JoinMisfit, [Kind, first.ToString(), other.ToString(), why]);
                yield break;
            }
        }
    }

    /// <summary>Why two inputs of one rank and layout do not go together.</summary>
    protected abstract string? WhyNot(Shape first, Shape other);

    /// <summary>What to do with a vector that meets a map.</summary>
    protected virtual string ForVector(Shape vector) => "";
}

/// <summary>Functions of the values of all inputs at one place. A map of height or width 1 is repeated along it.</summary>
internal abstract record ElementwiseJoinLayer(string? DeclaredName) : JoinLayer(DeclaredName)
{
    /// <summary>The operations of one value of the output, by the number of inputs.</summary>
    protected virtual int Operations(int inputs) => inputs - 1;

    /// <summary>Two values joined.</summary>
    protected abstract Expr Two(Expr left, Expr right);

    /// <summary>What is made of all values joined.</summary>
    protected virtual Expr Finish(Expr joined, int inputs) => joined;

    public override void Compute(IStageBuilder stages, Node node) => stages.Join(values => Finish(values.Skip(1).Aggregate(values[0], Two), values.Length));

    public override Shape InferShape(ImmutableArray<Shape> inputs) =>
        inputs[0] with { Height = inputs.Max(input => input.Height), Width = inputs.Max(input => input.Width) };

    public override long Flops(ImmutableArray<Shape> inputs) => (long)InferShape(inputs).Length * Operations(inputs.Length);

    /// <summary>
    /// Against the first alone two inputs might pass that do not go together, where it is repeated itself.
    /// </summary>
    public override IEnumerable<Problem> Check(ImmutableArray<Shape> inputs)
    {
        ImmutableArray<Problem> problems = [.. base.Check(inputs)];
        if (!problems.IsEmpty)
            return problems;

        Shape output = InferShape(inputs);
        Shape tallest = inputs.First(input => input.Height == output.Height), widest = inputs.First(input => input.Width == output.Width);
        return inputs
            .SelectMany(input => new[] { (First: tallest, Other: input), (First: widest, Other: input) })
            .Where(pair => WhyNot(pair.First, pair.Other) is not null)
            .Select(pair => new Problem(Descriptors.JoinMisfit, [Kind, pair.First.ToString(), pair.Other.ToString(), WhyNot(pair.First, pair.Other)!]))
            .Take(1);
    }

    protected override string? WhyNot(Shape first, Shape other) =>
        first.Channels != other.Channels ? first.IsVector ? "their lengths differ" : "their channels differ"
        : !Goes(first.Height, other.Height) ? "their heights differ, and neither is 1"
        : !Goes(first.Width, other.Width) ? "their widths differ, and neither is 1"
        : null;

    protected override string ForVector(Shape vector) => $"; [Reshape(1, 1, {vector.Channels})] makes a map of a vector, which is repeated over the positions";

    private static bool Goes(int a, int b) => a == b || a == 1 || b == 1;
}

/// <summary>The sum.</summary>
internal sealed record AddLayer(string? DeclaredName = null) : ElementwiseJoinLayer(DeclaredName)
{
    public override string Kind => "Add";

    protected override Expr Two(Expr left, Expr right) => left + right;
}

/// <summary>The product.</summary>
internal sealed record MultiplyLayer(string? DeclaredName = null) : ElementwiseJoinLayer(DeclaredName)
{
    public override string Kind => "Multiply";

    protected override Expr Two(Expr left, Expr right) => left * right;
}

/// <summary>The mean.</summary>
internal sealed record AverageLayer(string? DeclaredName = null) : ElementwiseJoinLayer(DeclaredName)
{
    public override string Kind => "Average";

    /// <summary>The sum, and a division.</summary>
    protected override int Operations(int inputs) => inputs;

    protected override Expr Two(Expr left, Expr right) => left + right;

    protected override Expr Finish(Expr joined, int inputs) => joined * new FloatConstant(1f / inputs);
}

/// <summary>The largest.</summary>
internal sealed record MaximumLayer(string? DeclaredName = null) : ElementwiseJoinLayer(DeclaredName)
{
    public override string Kind => "Maximum";

    protected override Expr Two(Expr left, Expr right) => new Binary(BinaryOp.Max, left, right);
}

/// <summary>One after another along the channels.</summary>
internal sealed record ConcatenateLayer(string? DeclaredName = null) : JoinLayer(DeclaredName)
{
    public override string Kind => "Concatenate";

    public override Shape InferShape(ImmutableArray<Shape> inputs) =>
        inputs[0] with { Channels = Limits.Saturate(inputs.Sum(input => (long)input.Channels)) };

    public override long Flops(ImmutableArray<Shape> inputs) => 0;

    public override void Compute(IStageBuilder stages, Node node) => stages.Concatenate();

    protected override string? WhyNot(Shape first, Shape other) =>
        first.Height != other.Height ? "their heights differ" : first.Width != other.Width ? "their widths differ" : null;
}
