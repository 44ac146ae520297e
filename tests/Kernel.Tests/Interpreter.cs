using System.Collections.Concurrent;
using Fused.Generator.IR;
using Fused.Generator.Planning;
using Fused.Kernel.Tests.Lowering;
using static Fused.Kernel.Tests.Arithmetic;
using Buffer = Fused.Generator.IR.Buffer;

namespace Fused.Kernel.Tests;

/// <summary>
/// What a kernel means: it executes the IR step by step, in float32, before or after any pass. Every access is checked
/// against its buffer, and nothing may be read that was not written. It is slow, and simple enough to be believed.
/// </summary>
/// <remarks>A value is an array with 32 bits for each lane, which nobody changes: floats as their bits, masks as 0 or -1.</remarks>
internal sealed class Interpreter
{
    private static readonly ConcurrentDictionary<(MathFunction Function, int Lanes), FunctionBody> Bodies = [];

    private readonly string _kernel;
    private readonly bool _fused;
    private readonly Dictionary<string, int> _variables = [];
    private readonly Dictionary<string, int> _left = [];
    private readonly Dictionary<string, int[]> _registers = [];
    private readonly Dictionary<string, Memory> _memories = [];

    /// <summary>The registers and memories that have come into being in loops that run, in order: what an iteration adds ends with it.</summary>
    private readonly List<string> _addedRegisters = [];
    private readonly List<string> _addedMemories = [];

    /// <summary>What the memory of each buffer is called in <see cref="_memories"/>.</summary>
    private readonly Dictionary<Buffer, string> _keys = new(ReferenceEqualityComparer.Instance);

    private Interpreter(string kernel, bool fused)
    {
        _kernel = kernel;
        _fused = fused;
    }

    /// <summary>A buffer's part of an array, in which others may have theirs, and whose each element is that has been written.</summary>
    private sealed record Memory(float[] Values, string?[] Owners, string Owner, int Start, int Length)
    {
        public static Memory Whole(string owner, float[] values, bool isWritten)
        {
            var owners = new string?[values.Length];
            Array.Fill(owners, isWritten ? owner : null);
            return new Memory(values, owners, owner, 0, values.Length);
        }
    }

    /// <summary>
    /// Executes a kernel on arrays by the names of its buffers; an array may be left out for scratch. Weights that no
    /// schedule has laid out yet are row-major, and narrow ones are the numbers that their bits are as signed integers. Where <paramref name="fused"/>, a multiply-add is rounded once, as on
    /// machines that have the instruction. <paramref name="before"/> is scratch that a kernel before has written.
    /// </summary>
    /// <exception cref="InvalidOperationException">The kernel reads or writes what it may not.</exception>
    public static void Run(Generator.IR.Kernel kernel, IReadOnlyDictionary<string, float[]> arrays, bool fused = true, string? before = null)
    {
        var interpreter = new Interpreter(kernel.Name, fused);
        foreach (Buffer buffer in kernel.Buffers)
        {
            if (!arrays.TryGetValue(buffer.Name, out float[]? values))
            {
                values = buffer.Scope == BufferScope.Scratch ? new float[buffer.Length]
                    : throw new ArgumentException($"No array for {buffer.Name}.", nameof(arrays));
            }

            interpreter._memories.Add(buffer.Name, Memory.Whole(buffer.Name, values, IsReadOnly(buffer) || buffer.Name == before));
        }

        interpreter.Execute(kernel.Body);
    }

    /// <summary>
    /// Executes the call of a kernel, as generated code has it: with scratch buffers at their places in a thread's memory, and with
    /// features and weights by their names. What a buffer holds is what was last written as that buffer, in this call or in those before.
    /// </summary>
    /// <exception cref="InvalidOperationException">The kernel reads or writes what it may not.</exception>
    public static void Run(KernelCall call, Arena arena, IReadOnlyDictionary<string, float[]> arrays, bool fused = true)
    {
        for (int task = 0; task < call.Tasks; task++)
        {
            Run(call, task, arena, arrays, fused);
        }
    }

    /// <summary>One task of a call, whose buffers begin where the call says.</summary>
    /// <exception cref="InvalidOperationException">The kernel reads or writes what it may not.</exception>
    public static void Run(KernelCall call, int task, Arena arena, IReadOnlyDictionary<string, float[]> arrays, bool fused = true)
    {
        var interpreter = new Interpreter(call.Kernel.Name, fused);
        for (int i = 0; i < call.Arguments.Length; i++)
        {
            Buffer argument = call.Arguments[i];
            int offset = call.Stride(i) * task;
            Memory whole = argument.Scope switch
            {
                BufferScope.Scratch => new Memory(arena.Values, arena.Owners, argument.Name, arena.StartOf(argument), argument.Length),
                BufferScope.Output => new Memory(arena.Outputs, arena.OutputOwners, argument.Name, 0, arena.Outputs.Length),
                _ => Memory.Whole(argument.Name, arrays[argument.Name], isWritten: true),
            };
            interpreter._memories.Add(call.Kernel.Buffers[i].Name, whole with { Start = whole.Start + offset, Length = whole.Length - offset });
        }

        interpreter.Execute(call.Kernel.Body);
    }

    private static bool IsReadOnly(Buffer buffer) => buffer.Scope is BufferScope.Input or BufferScope.Weights;

    /// <summary>The function at x, with its further parameters.</summary>
    public static float Evaluate(MathFunction function, float x, float[] constants, bool fused) =>
        Evaluate(function.Invoke(new FloatConstant(x), constants), fused)[0];

    /// <summary>The lanes of an expression of floats without buffers and registers.</summary>
    public static float[] Evaluate(Expr expr, bool fused = true) =>
        Array.ConvertAll(new Interpreter("(expression)", fused).Lanes(expr), Float);

    private void Execute(Stmt stmt)
    {
        switch (stmt)
        {
            case Block block:
                foreach (Stmt step in block.Steps)
                {
                    Execute(step);
                }

                break;
            case For loop:
                Execute(loop);
                break;
            case Store store:
                Write(store.Buffer, store.Index, Lanes(store.Value));
                break;
            case Update update:
                int[] values = Lanes(update.Value), sums = Read(update.Buffer, update.Index, values.Length);
                for (int lane = 0; lane < sums.Length; lane++)
                {
                    sums[lane] = Combine(update.Op, update.Value.Type.Kind, sums[lane], values[lane]);
                }

                Write(update.Buffer, update.Index, sums);
                break;
            case Declare declare:
                int[] first = Lanes(declare.Value);
                if (!_registers.ContainsKey(declare.Local.Name))
                {
                    _addedRegisters.Add(declare.Local.Name);
                }

                _registers[declare.Local.Name] = first;
                break;
            case Assign assign:
                _ = Register(assign.Local, _registers);
                _registers[assign.Local.Name] = Lanes(assign.Value);
                break;
            case Unpack unpack:
                for (int i = 0; i < unpack.Rows * unpack.Count; i++)
                {
                    Affine place = unpack.Start + ((i / unpack.Count * unpack.Pitch) + (i % unpack.Count));
                    Write(unpack.Target, place, Read(unpack.Source, place, lanes: 1));
                }

                break;
            case Define define:
                _variables[define.Variable] = define.Start + (define.Step * (Index(define.Source, define.Variable) / define.Divisor % define.Count));
                break;
            case Threads threads:
                Execute(threads);
                break;
            case Prefetch or Comment:
                break;
            default:
                throw new NotSupportedException(stmt.GetType().Name);
        }
    }

    /// <summary>
    /// All kinds of loop mean the same, one iteration after another. In the last, partial iteration the loops of the same
    /// axis inside have only what is left to share out, unless the loop rounds up.
    /// </summary>
    private void Execute(For loop)
    {
        bool limited = _left.TryGetValue(loop.Axis, out int limit);
        int count = limited ? Math.Min(loop.Count, limit) : loop.Count;
        for (int done = 0; done < count; done += loop.Step)
        {
            _variables[loop.Variable] = loop.Start + done;
            _left.Remove(loop.Axis);
            if (count - done < loop.Step && !loop.RoundUp)
            {
                _left[loop.Axis] = count - done;
            }

            // Registers first written inside a loop that remains a loop do not outlive the iteration.
            if (loop.Kind == LoopKind.Serial && loop.Iterations > 1)
            {
                ExecuteScoped(loop.Body);
            }
            else
            {
                Execute(loop.Body);
            }
        }

        _variables.Remove(loop.Variable);
        _left.Remove(loop.Axis);
        if (limited)
        {
            _left[loop.Axis] = limit;
        }
    }

    /// <summary>
    /// One thread after the other: they share nothing but memory, and none may need what another one of the same step makes, which is then not
    /// written yet, or has an owner that a thread after it would find. What one has in registers ends with it.
    /// </summary>
    private void Execute(Threads threads)
    {
        for (int thread = 0; thread < threads.Extent; thread++)
        {
            _variables[threads.Variable] = thread;
            ExecuteScoped(threads.Body);
        }

        _variables.Remove(threads.Variable);
    }

    /// <summary>Executes steps whose registers end with them.</summary>
    private void ExecuteScoped(Stmt body)
    {
        var (registers, memories) = (_addedRegisters.Count, _addedMemories.Count);
        Execute(body);
        Forget(_registers, _addedRegisters, registers);
        Forget(_memories, _addedMemories, memories);
    }

    /// <summary>Leaves of what has been added only as much as there was before.</summary>
    private static void Forget<T>(Dictionary<string, T> all, List<string> added, int before)
    {
        foreach (string name in added.Skip(before))
        {
            all.Remove(name);
        }

        added.RemoveRange(before, added.Count - before);
    }

    private int[] Lanes(Expr expr) => Lanes(expr, _registers);

    /// <summary>A value's lanes. Locals are the kernel's registers, or inside a function its own values.</summary>
    private int[] Lanes(Expr expr, Dictionary<string, int[]> locals)
    {
        int[] Of(Expr operand) => Lanes(operand, locals);
        switch (expr)
        {
            case FloatConstant constant:
                return [Bits(constant.Value)];
            case IntConstant constant:
                return [constant.Value];
            case Local local:
                return Register(local, locals);
            case Load load:
                return Read(load.Buffer, load.Index, load.Lanes);
            case LoadBits load:
                return ReadBits(load);
            case WeightLoad load:
                return Read(load.Buffer, (load.Row * load.Buffer.Pitch) + load.Column, lanes: 1);
            case Extract extract:
                return [Of(extract.Vector)[extract.Lane]];
            case Broadcast broadcast:
                var copies = new int[broadcast.Count];
                Array.Fill(copies, Of(broadcast.Value).Single());
                return copies;
            case Binary { Op: BinaryOp.ShiftLeft or BinaryOp.ShiftRight } shift:
                int count = ((IntConstant)shift.Right).Value;
                return Array.ConvertAll(Of(shift.Left), value => shift.Op == BinaryOp.ShiftLeft ? value << count : value >> count);
            case Binary binary:
                return Apply(binary, Of(binary.Left), Of(binary.Right));
            case Unary unary:
                return Array.ConvertAll(Of(unary.Operand), value => unary.Op switch
                {
                    UnaryOp.Negate => Bits(-Float(value)),
                    UnaryOp.Abs => Bits(MathF.Abs(Float(value))),
                    UnaryOp.IntToFloat => Bits((float)value),
                    _ => value,
                });
            case MultiplyAdd fma:
                return MultiplyAdd(Of(fma.A), Of(fma.B), Of(fma.C), fma.Lanes);
            case Select { Lanes: 1 } select:
                return Of(select.Condition).Single() != 0 ? Of(select.IfTrue) : Of(select.IfFalse);
            case Select select:
                return Choose(Of(select.Condition), Of(select.IfTrue), Of(select.IfFalse), select.Lanes);
            case HorizontalReduce reduce:
                return [Of(reduce.Vector).Aggregate((sum, value) => Combine(reduce.Op, reduce.Type.Kind, sum, value))];
            case Call call:
                return Invoke(call, [.. call.Arguments.Select(Of)]);
            default:
                throw new NotSupportedException(expr.GetType().Name);
        }
    }

    private int[] Apply(Binary binary, int[] left, int[] right)
    {
        var values = new int[binary.Lanes];
        CheckLanes(values.Length, left, right);
        bool isInteger = binary.Left.Type.Kind == ScalarKind.Int32;
        for (int lane = 0; lane < values.Length; lane++)
        {
            (int a, int b) = (left[lane], right[lane]);
            values[lane] = binary.Op == BinaryOp.PairProduct ? unchecked(((short)a * (short)b) + ((a >> 16) * (b >> 16)))
                : isInteger ? Integer(binary.Op, a, b)
                : Floating(binary.Op, Float(a), Float(b));
        }

        return values;
    }

    private int[] MultiplyAdd(int[] left, int[] right, int[] addend, int lanes)
    {
        CheckLanes(lanes, left, right, addend);
        var values = new int[lanes];
        for (int lane = 0; lane < lanes; lane++)
        {
            (float a, float b, float c) = (Float(left[lane]), Float(right[lane]), Float(addend[lane]));
            values[lane] = Bits(_fused ? MathF.FusedMultiplyAdd(a, b, c) : (a * b) + c);
        }

        return values;
    }

    private int[] Choose(int[] condition, int[] ifTrue, int[] ifFalse, int lanes)
    {
        CheckLanes(lanes, condition, ifTrue, ifFalse);
        var values = new int[lanes];
        for (int lane = 0; lane < lanes; lane++)
        {
            values[lane] = condition[lane] != 0 ? ifTrue[lane] : ifFalse[lane];
        }

        return values;
    }

    private void CheckLanes(int lanes, params ReadOnlySpan<int[]> operands)
    {
        foreach (int[] operand in operands)
        {
            if (operand.Length != lanes)
            {
                throw new InvalidOperationException($"{_kernel}: an operation of {lanes} lanes has an operand of {operand.Length}.");
            }
        }
    }

    private int[] Invoke(Call call, int[][] arguments)
    {
        FunctionBody body = Bodies.GetOrAdd((call.Function, call.Lanes), function => function.Function.Define(function.Lanes));
        var locals = new Dictionary<string, int[]>();
        for (int i = 0; i < arguments.Length; i++)
        {
            locals.Add(call.Function.Parameters[i], arguments[i]);
        }

        foreach (var (name, value) in body.Lets)
        {
            locals.Add(name.Name, Lanes(value, locals));
        }

        return Lanes(body.Result, locals);
    }

    private int[] Register(Local local, Dictionary<string, int[]> locals)
    {
        if (!locals.TryGetValue(local.Name, out int[]? lanes))
        {
            throw new InvalidOperationException($"{_kernel}: {local.Name} is read before it is declared.");
        }

        return lanes.Length == local.Lanes ? lanes
            : throw new InvalidOperationException($"{_kernel}: {local.Name} has {lanes.Length} lanes, not {local.Lanes}.");
    }

    private int[] Read(Buffer buffer, Affine index, int lanes)
    {
        Memory memory = Find(buffer);
        int first = Index(index, buffer.Name);
        var values = new int[lanes];
        for (int lane = 0; lane < lanes; lane++)
        {
            int place = Place(memory, buffer, index, first + (lane * buffer.Stride));
            if (memory.Owners[place] != memory.Owner)
            {
                throw new InvalidOperationException(memory.Owners[place] is { } other
                    ? $"{_kernel}: {buffer.Name}, at {index}, is read where {other} is, not {memory.Owner}."
                    : $"{_kernel}: {buffer.Name}[{place - memory.Start}], at {index}, is read before it is written.");
            }

            values[lane] = buffer.IsPairs ? Pair(memory.Values[place]) : Bits(Value(memory.Values[place], buffer.Element));
        }

        return values;
    }

    /// <summary>Elements, or all elements of each word, the first in the lowest bits.</summary>
    private int[] ReadBits(LoadBits load)
    {
        Buffer buffer = load.Buffer;
        if (buffer.IsPairs)
        {
            return Read(buffer, load.Index, load.Lanes);
        }

        Memory memory = Find(buffer);
        int first = Index(load.Index, buffer.Name) * buffer.Stride, width = buffer.Element.Bits();
        var values = new int[load.Lanes];
        for (int lane = 0; lane < values.Length; lane++)
        {
            int bits = 0;
            for (int part = 0; part < buffer.Stride; part++)
            {
                int element = (int)memory.Values[Place(memory, buffer, load.Index, first + (lane * buffer.Stride) + part)];
                bits = buffer.Stride == 1 ? element : bits | ((element & ((1 << width) - 1)) << (part * width));
            }

            values[lane] = bits;
        }

        return values;
    }

    private void Write(Buffer buffer, Affine index, int[] lanes)
    {
        if (buffer.Scope is BufferScope.Input or BufferScope.Weights)
        {
            throw new InvalidOperationException($"{_kernel}: {buffer.Name} is written, and is read only.");
        }

        Memory memory = Find(buffer);
        int first = Index(index, buffer.Name);
        for (int lane = 0; lane < lanes.Length; lane++)
        {
            int place = Place(memory, buffer, index, first + lane);
            memory.Values[place] = Float(lanes[lane]);
            memory.Owners[place] = memory.Owner;
        }
    }

    private int Index(Affine index, string of)
    {
        int value = index.Offset;
        foreach (var (variable, coefficient) in index.Terms)
        {
            value += coefficient * (_variables.TryGetValue(variable, out int known) ? known
                : throw new InvalidOperationException($"{_kernel}: {variable}, in {of}[{index}], is no loop around it."));
        }

        return value;
    }

    private Memory Find(Buffer buffer)
    {
        if (!_keys.TryGetValue(buffer, out string? key))
        {
            // The registers of one stage may be called as those of the stage before, and be more of them.
            key = buffer.Scope == BufferScope.Register ? $"{buffer.Name} of {buffer.Length}" : buffer.Name;
            _keys.Add(buffer, key);
        }

        if (!_memories.TryGetValue(key, out Memory? memory))
        {
            // Only registers come into being by being used.
            memory = buffer.Scope == BufferScope.Register ? Memory.Whole(key, new float[buffer.Length], isWritten: false)
                : throw new InvalidOperationException($"{_kernel}: {buffer.Name} is no parameter.");
            _memories.Add(key, memory);
            _addedMemories.Add(key);
        }

        return memory;
    }

    /// <summary>Where a buffer's element lies in the array that holds it.</summary>
    private int Place(Memory memory, Buffer buffer, Affine index, int place)
    {
        int length = Math.Min(buffer.Length, memory.Length);
        return place >= 0 && place < length ? memory.Start + place
            : throw new InvalidOperationException($"{_kernel}: {buffer.Name}[{place}], at {index}, is outside its {length} elements.");
    }
}
