using System.Globalization;
using Fused.Generator.IR;

namespace Fused.Generator.Lowering;

/// <summary>
/// Loads what a run of steps uses more than once into a register first. A register tile's weights and broadcast inputs
/// become locals that way. Looks only at runs without loops inside and at buffers to which the run does not write.
/// </summary>
internal sealed class ReuseLoads : Rewriter
{
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    protected override Stmt RewriteBlock(Block block)
    {
        var steps = new List<Stmt>();
        var run = new List<Stmt>();
        foreach (Stmt step in block.Steps)
        {
            if (step is For or Threads or IfSample or LastBlock or IR.Barrier)
            {
                steps.AddRange(Reuse(run));
                run.Clear();
                steps.Add(Rewrite(step));
            }
            else
            {
                run.Add(step);
            }
        }

        steps.AddRange(Reuse(run));
        return Flatten(steps);
    }

    private IEnumerable<Stmt> Reuse(List<Stmt> run)
    {
        var written = new HashSet<string>(run.OfType<Store>().Select(s => s.Buffer.Name), StringComparer.Ordinal);
        var uses = new Uses(written);
        foreach (Stmt step in run)
        {
            uses.Rewrite(step);
        }

        var registers = new Dictionary<Expr, Local>();
        foreach (Stmt step in run)
        {
            var replace = new Replace(uses.Counts, registers, Name);
            Stmt replaced = replace.Rewrite(step);
            foreach (Declare declare in replace.Declared)
            {
                yield return declare;
            }

            yield return replaced;
        }
    }

    private string Name(Buffer buffer)
    {
        _names.TryGetValue(buffer.Name, out int count);
        _names[buffer.Name] = count + 1;
        return buffer.Name + "_" + count.ToString(CultureInfo.InvariantCulture);
    }

    private static bool IsLoad(Expr expr, out Buffer buffer)
    {
        Load? load = expr as Load ?? (expr as Broadcast)?.Value as Load;
        buffer = load?.Buffer!;
        return load is not null;
    }

    private sealed class Uses(HashSet<string> written) : Rewriter
    {
        public Dictionary<Expr, int> Counts { get; } = [];

        public override Expr Rewrite(Expr expr)
        {
            if (!IsLoad(expr, out Buffer buffer))
            {
                return base.Rewrite(expr);
            }

            if (!written.Contains(buffer.Name))
            {
                Counts.TryGetValue(expr, out int count);
                Counts[expr] = count + 1;
            }

            return expr;
        }
    }

    private sealed class Replace(Dictionary<Expr, int> counts, Dictionary<Expr, Local> registers, Func<Buffer, string> name) : Rewriter
    {
        public List<Declare> Declared { get; } = [];

        public override Expr Rewrite(Expr expr)
        {
            if (!IsLoad(expr, out Buffer buffer))
            {
                return base.Rewrite(expr);
            }

            if (!counts.TryGetValue(expr, out int count) || count < 2)
            {
                return expr;
            }

            if (!registers.TryGetValue(expr, out Local? register))
            {
                registers[expr] = register = new Local(name(buffer), expr.Type);
                Declared.Add(new Declare(register, expr));
            }

            return register;
        }
    }
}
