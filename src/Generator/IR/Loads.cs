namespace Fused.Generator.IR;

/// <summary>Collects what a stage reads.</summary>
internal sealed class Loads : Rewriter
{
    private readonly List<Expr> _found = [];

    public static IReadOnlyList<Expr> Of(Stage stage)
    {
        var loads = new Loads();
        foreach (Reduction reduction in stage.Reductions)
        {
            loads.Rewrite(reduction.Body);
            if (reduction.Result is not null)
            {
                loads.Rewrite(reduction.Result);
            }
        }

        foreach (Write write in stage.Writes)
        {
            loads.Rewrite(write.Value);
        }

        return loads._found;
    }

    public static IReadOnlyList<Expr> Of(Expr expr)
    {
        var loads = new Loads();
        loads.Rewrite(expr);
        return loads._found;
    }

    /// <summary>The weight matrix that a stage reads.</summary>
    public static Buffer Matrix(Stage stage) => Of(stage).OfType<WeightLoad>().First().Buffer;

    /// <summary>Whether a stage reads a weight matrix, and so is a product with it.</summary>
    public static bool HaveWeights(Stage stage) => Of(stage).OfType<WeightLoad>().Any();

    public override Expr Rewrite(Expr expr)
    {
        if (expr is Load or WeightLoad)
        {
            _found.Add(expr);
        }

        return base.Rewrite(expr);
    }
}
