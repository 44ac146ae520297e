using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Lowering;

/// <summary>The passes that make a kernel's loops into straight-line vector code, in order.</summary>
internal static class Lower
{
    /// <summary>Each pass with its name, for a target whose widest vector has <paramref name="lanes"/> lanes.</summary>
    public static ImmutableArray<(string Name, Func<Stmt, Stmt> Run)> Passes(int lanes) =>
    [
        ("split tails", s => new SplitTails().Rewrite(s)),
        ("vectorise", s => new Vectorize(lanes).Rewrite(s)),
        ("unroll", s => new Unroll().Rewrite(s)),
        ("promote to registers", s => new PromoteRegisters().Rewrite(s)),
        ("contract multiply-add", s => new ContractMultiplyAdd().Rewrite(s)),
        ("reuse loads", s => new ReuseLoads().Rewrite(s)),
        ("convert narrow loads", s => new ConvertNarrowLoads().Rewrite(s)),
    ];

    /// <summary>Runs all passes, and verifies what comes out.</summary>
    public static Kernel Run(Kernel kernel, int lanes)
    {
        Kernel lowered = kernel with { Body = Passes(lanes).Aggregate(kernel.Body, (body, pass) => pass.Run(body)) };
        Verifier.Check(lowered, lanes);
        return lowered;
    }
}
