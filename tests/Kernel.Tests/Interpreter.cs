using Fused.Generator.IR;
using Fused.Generator.Planning;
using Fused.Kernel.Tests.Lowering;
using Buffer = Fused.Generator.IR.Buffer;

namespace Fused.Kernel.Tests;

/// <summary>
/// What a kernel means: it executes the IR lane by lane, in float32, before or after any pass. Every access is checked
/// against its buffer, and nothing may be read that was not written. It is slow, and simple enough to be believed.
/// </summary>
/// <remarks>All values are held as 32 bits: floats as their bits, masks as 0 or -1.</remarks>
internal sealed class Interpreter
{
    private readonly string _kernel;
    private readonly bool _fused;
    private readonly Dictionary<string, int> _variables = [];
    private readonly Dictionary<string, int> _left = [];
    private Dictionary<string, int[]> _registers = [];
    private Dictionary<string, Memory> _memories = [];

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
            int offset = call.Offset(i, task);
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
        [.. new Interpreter("(expression)", fused).Lanes(expr).Select(BitConverter.Int32BitsToSingle)];

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
                int[] values = Lanes(update.Value);
                int[] sums = [.. values.Select((value, lane) => Combine(update.Op, update.Value.Type.Kind, Read(update.Buffer, update.Index, lane), value))];
                Write(update.Buffer, update.Index, sums);
                break;
            case Declare declare:
                _registers[declare.Local.Name] = Lanes(declare.Value);
                break;
            case Assign assign:
                _ = Register(assign.Local, 0);
                _registers[assign.Local.Name] = Lanes(assign.Value);
                break;
            case Unpack unpack:
                for (int i = 0; i < unpack.Rows * unpack.Count; i++)
                {
                    Affine place = unpack.Start + ((i / unpack.Count * unpack.Pitch) + (i % unpack.Count));
                    Write(unpack.Target, place, [Read(unpack.Source, place, 0)]);
                }

                break;
            case Define define:
                _variables[define.Variable] = define.Start + (define.Step * (Index(define.Source, define.Variable) / define.Divisor % define.Count));
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
            bool scoped = loop.Kind == LoopKind.Serial && loop.Iterations > 1;
            var (registers, memories) = (_registers, _memories);
            if (scoped)
            {
                (_registers, _memories) = (new(registers), new(memories));
            }

            Execute(loop.Body);
            if (scoped)
            {
                foreach (string name in registers.Keys.ToArray())
                {
                    registers[name] = _registers[name];
                }

                (_registers, _memories) = (registers, memories);
            }
        }

        _variables.Remove(loop.Variable);
        _left.Remove(loop.Axis);
        if (limited)
        {
            _left[loop.Axis] = limit;
        }
    }

    private int[] Lanes(Expr expr) => [.. Enumerable.Range(0, expr.Lanes).Select(lane => Lane(expr, lane, _registers))];

    /// <summary>One lane of a value. Locals are the kernel's registers, or inside a function its own values.</summary>
    private int Lane(Expr expr, int lane, Dictionary<string, int[]> locals)
    {
        int Of(Expr operand) => Lane(operand, lane, locals);
        switch (expr)
        {
            case FloatConstant constant:
                return Bits(constant.Value);
            case IntConstant constant:
                return constant.Value;
            case Local local:
                return Register(local, lane, locals);
            case Load load:
                return Read(load.Buffer, load.Index, lane);
            case LoadBits load:
                return ReadBits(load, lane);
            case WeightLoad load:
                return Read(load.Buffer, (load.Row * load.Buffer.Pitch) + load.Column, 0);
            case Broadcast broadcast:
                return Lane(broadcast.Value, 0, locals);
            case Binary { Op: BinaryOp.ShiftLeft or BinaryOp.ShiftRight } shift:
                int count = ((IntConstant)shift.Right).Value;
                return shift.Op == BinaryOp.ShiftLeft ? Of(shift.Left) << count : Of(shift.Left) >> count;
            case Binary binary:
                int left = Of(binary.Left), right = Of(binary.Right);
                return binary.Op == BinaryOp.PairProduct ? unchecked(((short)left * (short)right) + ((left >> 16) * (right >> 16)))
                    : binary.Left.Type.Kind == ScalarKind.Int32 ? Integer(binary.Op, left, right)
                    : Floating(binary.Op, Float(left), Float(right));
            case Unary unary:
                int operand = Of(unary.Operand);
                return unary.Op switch
                {
                    UnaryOp.Negate => Bits(-Float(operand)),
                    UnaryOp.Abs => Bits(MathF.Abs(Float(operand))),
                    UnaryOp.IntToFloat => Bits((float)operand),
                    _ => operand,
                };
            case MultiplyAdd fma:
                float a = Float(Of(fma.A)), b = Float(Of(fma.B)), c = Float(Of(fma.C));
                return Bits(_fused ? MathF.FusedMultiplyAdd(a, b, c) : (a * b) + c);
            case Select select:
                return Of(select.Condition) != 0 ? Of(select.IfTrue) : Of(select.IfFalse);
            case HorizontalReduce reduce:
                return Enumerable.Range(0, reduce.Vector.Lanes).Select(l => Lane(reduce.Vector, l, locals))
                    .Aggregate((sum, value) => Combine(reduce.Op, reduce.Type.Kind, sum, value));
            case Call call:
                return Invoke(call, [.. call.Arguments.Select(Of)], lane);
            default:
                throw new NotSupportedException(expr.GetType().Name);
        }
    }

    private int Invoke(Call call, int[] arguments, int lane)
    {
        FunctionBody body = call.Function.Define(call.Lanes);
        var locals = new Dictionary<string, int[]>();
        for (int i = 0; i < arguments.Length; i++)
        {
            locals.Add(call.Function.Parameters[i], Every(arguments[i]));
        }

        foreach (var (name, value) in body.Lets)
        {
            locals.Add(name.Name, Every(Lane(value, lane, locals)));
        }

        return Lane(body.Result, lane, locals);

        // A function works on each lane alone: only this one is computed.
        int[] Every(int value) => [.. Enumerable.Repeat(value, call.Lanes)];
    }

    private static int Floating(BinaryOp op, float left, float right) => op switch
    {
        BinaryOp.Add => Bits(left + right),
        BinaryOp.Subtract => Bits(left - right),
        BinaryOp.Multiply => Bits(left * right),
        BinaryOp.Divide => Bits(left / right),
        BinaryOp.Max => Bits(MathF.Max(left, right)),
        BinaryOp.Min => Bits(MathF.Min(left, right)),
        BinaryOp.LessThan => left < right ? -1 : 0,
        BinaryOp.Equal => left == right ? -1 : 0,
        _ => throw new NotSupportedException($"{op} of floats"),
    };

    private static int Integer(BinaryOp op, int left, int right) => op switch
    {
        BinaryOp.Add => unchecked(left + right),
        BinaryOp.Subtract => unchecked(left - right),
        BinaryOp.And => left & right,
        BinaryOp.Or => left | right,
        BinaryOp.LessThan => left < right ? -1 : 0,
        BinaryOp.Equal => left == right ? -1 : 0,
        _ => throw new NotSupportedException($"{op} of integers"),
    };

    private static int Combine(ReduceOp op, ScalarKind kind, int left, int right) => kind == ScalarKind.Int32
        ? Integer(op == ReduceOp.Sum ? BinaryOp.Add : BinaryOp.Max, left, right)
        : Floating(op == ReduceOp.Sum ? BinaryOp.Add : BinaryOp.Max, Float(left), Float(right));

    private int Register(Local local, int lane, Dictionary<string, int[]>? locals = null)
    {
        if (!(locals ?? _registers).TryGetValue(local.Name, out int[]? lanes))
        {
            throw new InvalidOperationException($"{_kernel}: {local.Name} is read before it is declared.");
        }

        return lanes.Length == local.Lanes ? lanes[lane]
            : throw new InvalidOperationException($"{_kernel}: {local.Name} has {lanes.Length} lanes, not {local.Lanes}.");
    }

    private int Read(Buffer buffer, Affine index, int lane)
    {
        var (memory, place) = Find(buffer, index, lane * buffer.Stride);
        return memory.Owners[place] == memory.Owner ? buffer.IsPairs ? Pair(memory.Values[place]) : Bits(Value(memory.Values[place], buffer.Element))
            : throw new InvalidOperationException(memory.Owners[place] is { } other
                ? $"{_kernel}: {buffer.Name}, at {index}, is read where {other} is, not {memory.Owner}."
                : $"{_kernel}: {buffer.Name}[{place - memory.Start}], at {index}, is read before it is written.");
    }

    /// <summary>The two bytes of an int16, each extended to an int16 of its own.</summary>
    private static int Pair(float stored)
    {
        short pair = checked((short)stored);
        return ((pair >> 8) << 16) + (ushort)(sbyte)pair;
    }

    /// <summary>What a load gives of an element: see <see cref="Generator.IR.ElementType"/>.</summary>
    private static float Value(float stored, Generator.IR.ElementType type) => type switch
    {
        Generator.IR.ElementType.Float16 => MathF.ScaleB((float)BitConverter.Int16BitsToHalf(checked((short)stored)), -112),
        Generator.IR.ElementType.BFloat16 => (float)new BFloat16(unchecked((ushort)checked((short)stored))),
        Generator.IR.ElementType.Int8 => checked((sbyte)stored),
        _ => stored,
    };

    /// <summary>An element, or all elements of a word, the first in the lowest bits.</summary>
    private int ReadBits(LoadBits load, int lane)
    {
        Buffer buffer = load.Buffer;
        if (buffer.IsPairs)
        {
            return Read(buffer, load.Index, lane);
        }

        int bits = 0;
        for (int part = 0; part < buffer.Stride; part++)
        {
            var (memory, place) = Find(buffer, (load.Index * buffer.Stride) + part, lane * buffer.Stride);
            int element = (int)memory.Values[place];
            bits = buffer.Stride == 1 ? element : bits | ((element & ((1 << buffer.Element.Bits()) - 1)) << (part * buffer.Element.Bits()));
        }

        return bits;
    }

    private void Write(Buffer buffer, Affine index, int[] lanes)
    {
        if (buffer.Scope is BufferScope.Input or BufferScope.Weights)
        {
            throw new InvalidOperationException($"{_kernel}: {buffer.Name} is written, and is read only.");
        }

        for (int lane = 0; lane < lanes.Length; lane++)
        {
            var (memory, place) = Find(buffer, index, lane);
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

    private (Memory Memory, int Place) Find(Buffer buffer, Affine index, int lane)
    {
        // The registers of one stage may be called as those of the stage before, and be more of them.
        string key = buffer.Scope == BufferScope.Register ? $"{buffer.Name} of {buffer.Length}" : buffer.Name;
        if (!_memories.TryGetValue(key, out Memory? memory))
        {
            // Only registers come into being by being used.
            memory = buffer.Scope == BufferScope.Register ? Memory.Whole(key, new float[buffer.Length], isWritten: false)
                : throw new InvalidOperationException($"{_kernel}: {buffer.Name} is no parameter.");
            _memories.Add(key, memory);
        }

        int place = Index(index, buffer.Name) + lane;
        int length = Math.Min(buffer.Length, memory.Length);
        return place >= 0 && place < length ? (memory, memory.Start + place)
            : throw new InvalidOperationException($"{_kernel}: {buffer.Name}[{place}], at {index}, is outside its {length} elements.");
    }

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);

    private static float Float(int bits) => BitConverter.Int32BitsToSingle(bits);
}
