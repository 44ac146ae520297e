using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.IR;

namespace Fused.Generator.Lowering.Gpu;

/// <summary>
/// Loads the weights that the kernel's threads need in a step without loops at the kernel's very start, into registers: they
/// are under way while the features are reduced, instead of after the barrier that ends this. Assumes loads of vectors.
/// </summary>
internal static class PreloadWeights
{
    /// <summary>Vectors that a thread has registers for beside its work.</summary>
    private const int MostVectors = 16;

    public static Stmt Run(Stmt body, int threads)
    {
        if (body is not Block block)
        {
            return body;
        }

        for (int i = 0; i < block.Steps.Length; i++)
        {
            if (block.Steps[i] is Threads step && step.Extent <= threads && !Has<For>(step.Body))
            {
                var take = new Take();
                Stmt taken = take.Rewrite(step.Body);
                if (take.Loads.Count is > 0 and <= MostVectors)
                {
                    ImmutableArray<Stmt> defines = [.. Steps(step.Body).OfType<Define>()];
                    return new Block(
                    [
                        new Comment("The weights are under way while the rest goes on."),
                        .. take.Loads.Select(l => new Declare(l.Register, new Broadcast(new FloatConstant(0), l.Load.Lanes))),
                        step with { Body = new Block([.. defines, .. take.Loads.Select(l => new Assign(l.Register, l.Load))]) },
                        .. block.Steps.SetItem(i, step with { Body = taken }),
                    ]);
                }
            }
        }

        return body;
    }

    private static ImmutableArray<Stmt> Steps(Stmt body) => body is Block block ? block.Steps : [body];

    private static bool Has<T>(Stmt body)
        where T : Stmt => body is T || (body is Block block && block.Steps.Any(Has<T>));

    /// <summary>Puts registers in the place of weights that are loaded as vectors.</summary>
    private sealed class Take : Rewriter
    {
        public List<(Local Register, Load Load)> Loads { get; } = [];

        public override Expr Rewrite(Expr expr)
        {
            if (expr is not Load { Buffer.Scope: BufferScope.Weights, Lanes: > 1 } load || load.Buffer.Length == load.Buffer.Pitch)
            {
                return base.Rewrite(expr);
            }

            var register = new Local(string.Format(CultureInfo.InvariantCulture, "weights{0}", Loads.Count), load.Type);
            Loads.Add((register, load));
            return register;
        }
    }
}
