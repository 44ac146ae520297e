using System.Globalization;
using System.Text;

namespace Fused.Generator.IR;

/// <summary>The IR as text, for people and for tests; the emitters have printers of their own.</summary>
internal static class Printer
{
    public static string Print(Kernel kernel)
    {
        var text = new StringBuilder();
        text.Append("kernel ").Append(kernel.Name).Append('(')
            .Append(string.Join(", ", kernel.Buffers.Select(b => Invariant($"{b.Scope} {b.Name}[{b.Length}]")))).Append(")\n");
        Print(kernel.Body, 1, text);
        return text.ToString();
    }

    public static string Print(Expr expr) => expr switch
    {
        FloatConstant constant => constant.Value.ToString("R", CultureInfo.InvariantCulture),
        IntConstant constant => constant.Value.ToString(CultureInfo.InvariantCulture),
        Local local => local.Name,
        Accumulator accumulator => Invariant($"accumulator{accumulator.Index}"),
        Load { Lanes: 1 } load => $"{load.Buffer.Name}[{load.Index}]",
        Load load => Invariant($"{load.Buffer.Name}[{load.Index} ..{load.Lanes}]"),
        LoadBits load => Invariant($"bits {load.Buffer.Name}[{load.Index} ..{load.Lanes}]"),
        WeightLoad load => $"{load.Buffer.Name}[{load.Row}, {load.Column}]",
        Extract extract => Invariant($"{Print(extract.Vector)}.{extract.Lane}"),
        Broadcast broadcast => Invariant($"x{broadcast.Count}({Print(broadcast.Value)})"),
        Binary { Op: BinaryOp.Max or BinaryOp.Min or BinaryOp.And or BinaryOp.Or or BinaryOp.ShiftLeft or BinaryOp.ShiftRight or BinaryOp.PairProduct } binary =>
            $"{binary.Op.ToString().ToLowerInvariant()}({Print(binary.Left)}, {Print(binary.Right)})",
        Binary binary => $"{Operand(binary.Left)} {Symbol(binary.Op)} {Operand(binary.Right)}",
        Unary unary => $"{unary.Op.ToString().ToLowerInvariant()}({Print(unary.Operand)})",
        MultiplyAdd fma => $"fma({Print(fma.A)}, {Print(fma.B)}, {Print(fma.C)})",
        Select select => $"select({Print(select.Condition)}, {Print(select.IfTrue)}, {Print(select.IfFalse)})",
        HorizontalReduce reduce => $"{reduce.Op.ToString().ToLowerInvariant()}({Print(reduce.Vector)})",
        Call call => $"{call.Function.Name}({string.Join(", ", call.Arguments.Select(Print))})",
        _ => expr.ToString(),
    };

    private static string Operand(Expr expr) =>
        expr is Binary { Op: BinaryOp.Add or BinaryOp.Subtract or BinaryOp.Multiply or BinaryOp.Divide or BinaryOp.LessThan or BinaryOp.Equal }
            ? $"({Print(expr)})"
            : Print(expr);

    private static string Symbol(BinaryOp op) => op switch
    {
        BinaryOp.Add => "+",
        BinaryOp.Subtract => "-",
        BinaryOp.Multiply => "*",
        BinaryOp.Divide => "/",
        BinaryOp.LessThan => "<",
        _ => "==",
    };

    private static void Print(Stmt stmt, int depth, StringBuilder text)
    {
        void Line(string line) => text.Append(' ', depth * 2).Append(line).Append('\n');

        switch (stmt)
        {
            case Block block:
                foreach (Stmt step in block.Steps)
                {
                    Print(step, depth, text);
                }

                break;
            case For loop:
                string step1 = loop.Step == 1 ? "" : Invariant($" by {loop.Step}");
                string kind = loop.Kind == LoopKind.Serial ? "" : " " + loop.Kind.ToString().ToLowerInvariant();
                Line(Invariant($"for {loop.Variable} in {loop.Start}..{loop.Start + loop.Count}{step1}{kind}"));
                Print(loop.Body, depth + 1, text);
                break;
            case Threads threads:
                Line(Invariant($"threads{(threads.OfAllBlocks ? " of all blocks" : "")} {threads.Variable} in 0..{threads.Extent}"));
                Print(threads.Body, depth + 1, text);
                break;
            case Define define:
                Line(Invariant($"{define.Variable} = {define.Start} + {define.Step} * ({define.Source} / {define.Divisor} % {define.Count})"));
                break;
            case IfSample guard:
                Line($"if {guard.Sample} < samples");
                Print(guard.Body, depth + 1, text);
                break;
            case Barrier:
                Line("barrier");
                break;
            case LastBlock last:
                Line(Invariant($"last of {last.Blocks} blocks at {last.Counters.Name}[{last.Index}]"));
                Print(last.Body, depth + 1, text);
                break;
            case Store store:
                Line($"{store.Buffer.Name}[{store.Index}] = {Print(store.Value)}");
                break;
            case Update update:
                Line($"{update.Buffer.Name}[{update.Index}] {update.Op.ToString().ToLowerInvariant()}= {Print(update.Value)}");
                break;
            case Declare declare:
                Line($"let {declare.Local.Type} {declare.Local.Name} = {Print(declare.Value)}");
                break;
            case Assign assign:
                Line($"{assign.Local.Name} = {Print(assign.Value)}");
                break;
            case Prefetch prefetch:
                Line($"prefetch {prefetch.Buffer.Name}[{prefetch.Index}]");
                break;
            case Unpack unpack:
                Line(Invariant($"{unpack.Target.Name} = floats of {unpack.Source.Name}[{unpack.Start} ..{unpack.Count}], {unpack.Rows} times by {unpack.Pitch}"));
                break;
            case Comment comment:
                Line("# " + comment.Text);
                break;
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
