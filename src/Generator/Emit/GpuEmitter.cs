using System.Collections.Immutable;
using Fused.Generator.IR;
using Fused.Generator.Planning.Gpu;
using Fused.Generator.Rewrites.Gpu;

namespace Fused.Generator.Emit;

/// <summary>Writes kernels for GPUs: methods that ILGPU compiles for CUDA and OpenCL devices.</summary>
/// <param name="writer">Where to.</param>
/// <param name="syntax">The spelling.</param>
/// <param name="checksOverflow">Whether the project checks integer arithmetic, which kernels do not need.</param>
internal sealed class GpuEmitter(SourceWriter writer, GpuSyntax syntax, bool checksOverflow) : KernelEmitter(writer, syntax, checksOverflow)
{
    /// <summary>The shared flag by which a block learns whether it came last.</summary>
    private const string Arrived = "arrived";

    private Grid _grid = null!;

    /// <summary>Writes a kernel; its buffers but the shared ones are its parameters, and the number of samples is the last.</summary>
    public void Kernel(GpuKernel gpuKernel)
    {
        Kernel kernel = gpuKernel.Kernel;
        _grid = gpuKernel.Grid;
        ImmutableArray<Buffer> parameters = Parameters(kernel);
        Document(kernel, parameters);
        Writer.Documentation("param name=\"samples\"", "The number of samples in the batch.");
        IEnumerable<string> declared = parameters.Select(b =>
            $"{syntax.Device("ArrayView")}<{syntax.Element(b)}> {KernelSyntax.Identifier(b.Name)}");
        using (Writer.Open($"public static void {kernel.Name}({string.Join(", ", declared)}, int samples)"))
        using (Unchecked())
        {
            Names(kernel);
            Body(kernel, (Grid.Block, _grid.Blocks));
        }
    }

    public static ImmutableArray<Buffer> Parameters(Kernel kernel) => [.. kernel.Buffers.Where(b => b.Scope != BufferScope.Shared)];

    protected override bool HasBraces(Stmt stmt) => stmt is For or Threads or IfSample or LastBlock;

    /// <summary>A product and a sum, which a GPU's assembler makes one instruction.</summary>
    protected override string MultiplyAdd(MultiplyAdd fma, int precedence) => Expression((fma.A * fma.B) + fma.C, precedence);

    /// <summary>A function of vectors is the function of each value.</summary>
    protected override void FunctionBody(MathFunction function, int lanes)
    {
        if (lanes == 1)
        {
            base.FunctionBody(function, lanes);
            return;
        }

        Define(function, 1);
        string Value(char lane) => $"{function.Name}({string.Join(", ", function.Parameters.Select(p => $"{p}.{lane}"))})";
        Writer.Line($"return new {syntax.Type(DataType.Float(lanes))}({string.Join(", ", "XYZW".Select(Value))});");
    }

    protected override void Statement(Stmt stmt)
    {
        switch (stmt)
        {
            case Threads threads:
                WriteThreads(threads);
                break;
            case IfSample guard:
                using (Writer.Open($"if ({guard.Sample} < samples)"))
                {
                    Statement(guard.Body);
                }

                break;
            case IR.Barrier:
                Writer.Line($"{syntax.Device("Group")}.Barrier();");
                break;
            case LastBlock last:
                WriteLast(last);
                break;
            default:
                base.Statement(stmt);
                break;
        }
    }

    /// <summary>What the kernel calls its place in the grid, its shared memory, and views of single values.</summary>
    private void Names(Kernel kernel)
    {
        var uses = new Uses(syntax);
        uses.Rewrite(kernel.Body);
        if (uses.Variables.Contains(Grid.Block))
        {
            Writer.Line($"int {Grid.Block} = {syntax.Device("Grid")}.IdxX;");
        }

        if (uses.Variables.Contains(Grid.Tile))
        {
            Writer.Line($"int {Grid.Tile} = {syntax.Device("Grid")}.IdxY;");
        }

        string vector = syntax.Own("Float4");
        foreach (Buffer buffer in kernel.Buffers.Where(b => b.Scope == BufferScope.Shared))
        {
            int vectors = Factor.RoundUp(buffer.Length) / Grid.Lanes;
            Writer.Line($"{syntax.Device("ArrayView")}<{vector}> {KernelSyntax.Identifier(buffer.Name)} = "
                + $"{syntax.Device("SharedMemory")}.Allocate<{vector}>({Literals.Int(vectors)});");
        }

        if (uses.HasLast)
        {
            Writer.Line($"{syntax.Device("ArrayView")}<int> {Arrived} = {syntax.Device("SharedMemory")}.Allocate<int>(1);");
        }

        foreach (Buffer buffer in kernel.Buffers.Where(b => uses.Floats.Contains(b.Name)))
        {
            Writer.Line($"{syntax.Device("ArrayView")}<float> {GpuSyntax.Floats(buffer)} = {KernelSyntax.Identifier(buffer.Name)}.Cast<float>();");
        }

        Writer.Line();
    }

    private void WriteThreads(Threads threads)
    {
        string thread = $"{syntax.Device("Group")}.IdxX", extent = Literals.Int(threads.Extent);
        if (threads.OfAllBlocks && _grid.Blocks > 1)
        {
            string first = $"({syntax.Device("Grid")}.IdxX * {Literals.Int(_grid.Threads)}) + {thread}";
            Bound(threads.Variable, threads.Extent);
            using (Writer.Open($"for (int {threads.Variable} = {first}; {threads.Variable} < {extent}; {threads.Variable} += {Literals.Int(_grid.Blocks * _grid.Threads)})"))
            {
                Statement(threads.Body);
            }

            return;
        }

        string header = threads.Extent > _grid.Threads
            ? $"for (int {threads.Variable} = {thread}; {threads.Variable} < {extent}; {threads.Variable} += {Literals.Int(_grid.Threads)})"
            : threads.Extent == 1 ? $"if ({thread} == 0)"
            : threads.Extent < _grid.Threads ? $"if ({thread} < {extent})"
            : "";
        Bound(threads.Variable, threads.Extent);
        using (header.Length == 0 ? Writer.Open() : Writer.Open(header))
        {
            if (threads.Extent <= _grid.Threads && UsesVariable(threads))
            {
                Writer.Line($"int {threads.Variable} = {thread};");
            }

            Statement(threads.Body);
        }
    }

    private static bool UsesVariable(Threads threads)
    {
        var uses = new Uses(null);
        uses.Rewrite(threads.Body);
        return uses.Variables.Contains(threads.Variable);
    }

    private void WriteLast(LastBlock last)
    {
        string counter = $"{KernelSyntax.Identifier(last.Counters.Name)}[{last.Index}]";
        string final = Literals.Int(last.Blocks - 1);
        Writer.Comment($"The last of {Literals.Int(last.Blocks)} blocks that comes here goes on alone, and sees what all of them wrote: whichever it is, the sums have one order.");
        Writer.Line($"{syntax.Device("MemoryFence")}.DeviceLevel();");
        Statement(new IR.Barrier());
        using (Writer.Open($"if ({syntax.Device("Group")}.IdxX == 0)"))
        {
            Writer.Line($"int before = {syntax.Device("Atomic")}.Add(ref {counter}, 1);");
            Writer.Line($"{Arrived}[0] = before;");
            using (Writer.Open($"if (before == {final})"))
            {
                Writer.Line($"{counter} = 0;");
            }
        }

        Writer.Line();
        Statement(new IR.Barrier());
        using (Writer.Open($"if ({Arrived}[0] == {final})"))
        {
            Writer.Line($"{syntax.Device("MemoryFence")}.DeviceLevel();");
            Writer.Line();
            Statement(last.Body);
        }
    }

    /// <summary>What of a kernel's surroundings its steps name.</summary>
    private sealed class Uses(GpuSyntax? syntax) : Rewriter
    {
        public HashSet<string> Variables { get; } = new(StringComparer.Ordinal);

        /// <summary>Buffers of vectors that are read or written by single values.</summary>
        public HashSet<string> Floats { get; } = new(StringComparer.Ordinal);

        public bool HasLast { get; private set; }

        public override Stmt Rewrite(Stmt stmt)
        {
            switch (stmt)
            {
                case Store store:
                    Note(store.Buffer, store.Value.Lanes);
                    break;
                case LastBlock:
                    HasLast = true;
                    break;
            }

            return base.Rewrite(stmt);
        }

        public override Expr Rewrite(Expr expr)
        {
            if (expr is Load load)
            {
                Note(load.Buffer, load.Lanes);
            }

            return base.Rewrite(expr);
        }

        protected override Affine Rewrite(Affine index)
        {
            Variables.UnionWith(index.Terms.Select(t => t.Variable));
            return index;
        }

        private void Note(Buffer buffer, int lanes)
        {
            if (lanes == 1 && syntax?.Width(buffer) > 1)
            {
                Floats.Add(buffer.Name);
            }
        }
    }
}
