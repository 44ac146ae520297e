using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.IR;

namespace Fused.Generator.Lowering.Gpu;

/// <summary>A step whose loads from global memory are steps of their own, to be issued while others work.</summary>
/// <param name="Registers">Declares the registers for what is loaded, as zeros.</param>
/// <param name="Loads">Loads it.</param>
/// <param name="Work">The step, from registers.</param>
internal sealed record EarlyLoads(ImmutableArray<Stmt> Registers, Threads Loads, Threads Work);

/// <summary>
/// Takes the loads of a step's vectors out of it, so that they can be under way before there is use for them: memory answers
/// in the time of hundreds of multiply-adds. Only from steps without loops, in which each thread has one turn.
/// </summary>
internal static class LoadEarly
{
    /// <summary>Vectors that a thread has registers for beside its work.</summary>
    private const int MostVectors = 16;

    /// <param name="step">A step as shared out among threads.</param>
    /// <param name="threads">Threads of the block.</param>
    /// <param name="which">The buffers from which the loads are to be early.</param>
    /// <returns>Nothing where the step is no such step.</returns>
    public static EarlyLoads? Run(Threads step, int threads, Func<Buffer, bool> which)
    {
        if (step.Extent > threads || Has<For>(step.Body))
        {
            return null;
        }

        var take = new Take(which);
        Stmt work = take.Rewrite(step.Body);
        if (take.Loads.Count is 0 or > MostVectors)
        {
            return null;
        }

        ImmutableArray<Stmt> defines = [.. ((step.Body as Block)?.Steps ?? []).OfType<Define>()];
        Stmt loads = Block.Of(take.Loads.Select(l => new Assign(l.Register, l.Load)));
        return new EarlyLoads(
            [.. take.Loads.Select(l => new Declare(l.Register, new Broadcast(new FloatConstant(0), l.Load.Lanes)))],
            step with { Body = new Block([.. defines, loads]) },
            step with { Body = work });
    }

    private static bool Has<T>(Stmt body)
        where T : Stmt => body is T || (body is Block block && block.Steps.Any(Has<T>));

    /// <summary>Puts registers in the place of vectors.</summary>
    private sealed class Take(Func<Buffer, bool> which) : Rewriter
    {
        public List<(Local Register, Load Load)> Loads { get; } = [];

        public override Expr Rewrite(Expr expr)
        {
            if (expr is not Load { Lanes: > 1 } load || !which(load.Buffer))
            {
                return base.Rewrite(expr);
            }

            int known = Loads.FindIndex(l => l.Load == load);
            if (known >= 0)
            {
                return Loads[known].Register;
            }

            string name = string.Format(CultureInfo.InvariantCulture, "{0}_early{1}", load.Buffer.Name, Loads.Count);
            Loads.Add((new Local(name, load.Type), load));
            return Loads[Loads.Count - 1].Register;
        }
    }
}
