namespace Fused.Gpu.Tests.Ptx;

/// <summary>Arithmetic, moves and comparisons: in vectors where there is an operation for it, by lanes otherwise.</summary>
internal sealed partial class PtxDecoder
{
    private PtxOp Move(PtxRowKind kind)
    {
        PtxRow from = Read(Operand(1), kind);
        PtxRow to = Write(Operand(0), kind);
        return kind == PtxRowKind.Word
            ? new VectorOp<uint, VectorOperations.Move<uint>>(to, from, from, from)
            : new VectorOp<ulong, VectorOperations.Move<ulong>>(to, from, from, from);
    }

    private PtxOp Select()
    {
        PtxRowKind kind = KindOf(_instruction.Type);
        if (_instruction.TypeBytes == 0)
        {
            throw Unknown();
        }

        PtxRow a = Read(Operand(1), kind);
        PtxRow b = Read(Operand(2), kind);
        PtxRow p = Read(Operand(3), PtxRowKind.Predicate);
        PtxRow d = Write(Operand(0), kind);
        return kind == PtxRowKind.Word ? new SelectOp<uint>(d, a, b, p) : new SelectOp<ulong>(d, a, b, p);
    }

    private PtxOp? Vector()
    {
        switch (_instruction.Mnemonic)
        {
            case "mov.b32" or "mov.u32" or "mov.s32" or "mov.f32":
                return Move(PtxRowKind.Word);
            case "mov.b64" or "mov.u64" or "mov.s64" or "mov.f64":
                return Move(PtxRowKind.Long);
            case "add.f32" or "add.rn.f32":
                return Vector<float, VectorOperations.Add<float>>(2);
            case "sub.f32" or "sub.rn.f32":
                return Vector<float, VectorOperations.Subtract<float>>(2);
            case "mul.f32" or "mul.rn.f32":
                return Vector<float, VectorOperations.Multiply<float>>(2);
            case "div.rn.f32":
                return Vector<float, VectorOperations.Divide<float>>(2);
            case "fma.rn.f32":
                return Vector<float, VectorOperations.FusedMultiplyAdd>(3);
            case "max.f32":
                return Vector<float, VectorOperations.Max<float>>(2);
            case "min.f32":
                return Vector<float, VectorOperations.Min<float>>(2);
            case "add.s32" or "add.u32":
                return Vector<uint, VectorOperations.Add<uint>>(2);
            case "sub.s32" or "sub.u32":
                return Vector<uint, VectorOperations.Subtract<uint>>(2);
            case "mul.lo.s32" or "mul.lo.u32":
                return Vector<uint, VectorOperations.Multiply<uint>>(2);
            case "mad.lo.s32" or "mad.lo.u32":
                return Vector<uint, VectorOperations.MultiplyAdd<uint>>(3);
            case "and.b32":
                return Vector<uint, VectorOperations.And>(2);
            case "or.b32":
                return Vector<uint, VectorOperations.Or>(2);
            case "xor.b32":
                return Vector<uint, VectorOperations.Xor>(2);
            case "add.s64" or "add.u64":
                return Vector<ulong, VectorOperations.Add<ulong>>(2);
            case "sub.s64" or "sub.u64":
                return Vector<ulong, VectorOperations.Subtract<ulong>>(2);
            case "mul.wide.u32":
                return MultiplyWide<uint>();
            case "mul.wide.s32":
                return MultiplyWide<int>();
            case "shl.b32" or "shr.u32" or "shr.s32" or "shr.b32" when Operand(2) is PtxOperand.Literal { Bits: < 32 } count:
                PtxRow a = Read(Operand(1), PtxRowKind.Word);
                return new ShiftOp(
                    Write(Operand(0), PtxRowKind.Word), a, (int)count.Bits, _instruction.Operation == "shr", PtxType.IsSigned(_instruction.Type));
            default:
                return _instruction.Operation != "setp" || _instruction.Mnemonic.Split('.').Length != 3 ? null : _instruction.Type switch
                {
                    "f32" => CompareSingle(),
                    "s32" => CompareInteger<int>(),
                    "u32" or "b32" => CompareInteger<uint>(),
                    _ => null,
                };
        }
    }

    private VectorOp<T, TOperation> Vector<T, TOperation>(int operands)
        where T : unmanaged
        where TOperation : struct, IVectorOperation<T>
    {
        if (_instruction.Operands.Count != operands + 1)
        {
            throw Unknown("Wrong number of operands");
        }

        PtxRowKind kind = KindOf(_instruction.Type);
        PtxRow a = Read(Operand(1), kind);
        PtxRow b = Read(Operand(2), kind);
        PtxRow c = operands == 3 ? Read(Operand(3), kind) : a;
        return new VectorOp<T, TOperation>(Write(Operand(0), kind), a, b, c);
    }

    private MultiplyWideOp<T> MultiplyWide<T>()
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        PtxRow a = Read(Operand(1), PtxRowKind.Word);
        PtxRow b = Read(Operand(2), PtxRowKind.Word);
        return new MultiplyWideOp<T>(Write(Operand(0), PtxRowKind.Long), a, b);
    }

    private PtxOp? CompareSingle() => _instruction.FirstModifier switch
    {
        "eq" => Compare<float, VectorOperations.Equal<float>>(false),
        "neu" => Compare<float, VectorOperations.Equal<float>>(true),
        "ne" => Compare<float, VectorOperations.Differ>(false),
        "equ" => Compare<float, VectorOperations.Differ>(true),
        "lt" => Compare<float, VectorOperations.Less<float>>(false),
        "geu" => Compare<float, VectorOperations.Less<float>>(true),
        "le" => Compare<float, VectorOperations.LessOrEqual<float>>(false),
        "gtu" => Compare<float, VectorOperations.LessOrEqual<float>>(true),
        "gt" => Compare<float, VectorOperations.Less<float>>(false, swap: true),
        "leu" => Compare<float, VectorOperations.Less<float>>(true, swap: true),
        "ge" => Compare<float, VectorOperations.LessOrEqual<float>>(false, swap: true),
        "ltu" => Compare<float, VectorOperations.LessOrEqual<float>>(true, swap: true),
        "num" => Compare<float, VectorOperations.Ordered>(false),
        "nan" => Compare<float, VectorOperations.Ordered>(true),
        _ => null,
    };

    private PtxOp? CompareInteger<T>()
        where T : unmanaged => _instruction.FirstModifier switch
        {
            "eq" => Compare<T, VectorOperations.Equal<T>>(false),
            "ne" => Compare<T, VectorOperations.Equal<T>>(true),
            "lt" or "lo" => Compare<T, VectorOperations.Less<T>>(false),
            "ge" or "hs" => Compare<T, VectorOperations.Less<T>>(true),
            "le" or "ls" => Compare<T, VectorOperations.LessOrEqual<T>>(false),
            "gt" or "hi" => Compare<T, VectorOperations.LessOrEqual<T>>(true),
            _ => null,
        };

    private CompareOp<T, TComparison> Compare<T, TComparison>(bool negate, bool swap = false)
        where T : unmanaged
        where TComparison : struct, IVectorComparison<T>
    {
        PtxRow a = Read(Operand(1), PtxRowKind.Word);
        PtxRow b = Read(Operand(2), PtxRowKind.Word);
        return new CompareOp<T, TComparison>(Write(Operand(0), PtxRowKind.Predicate), swap ? b : a, swap ? a : b, negate);
    }

    private LaneOp Lane()
    {
        Func<ulong, ulong, ulong, ulong> function = PtxScalar.Function(_instruction) ?? throw Unknown();
        PtxRowKind from = KindOf(_instruction.Type);
        PtxRowKind to = _instruction.Operation switch
        {
            "setp" or "testp" => PtxRowKind.Predicate,
            "cvt" => KindOf(_instruction.ResultType),
            "mul" or "mad" when _instruction.Has("wide") => PtxRowKind.Long,
            _ => from,
        };
        var rows = new List<PtxRow>();
        for (int i = 1; i < _instruction.Operands.Count; i++)
        {
            bool isShift = _instruction.Operation is "shl" or "shr" && i == 2;
            bool isWideAddend = _instruction.Operation == "mad" && i == 3;
            rows.Add(Read(Operand(i), isShift ? PtxRowKind.Word : isWideAddend ? to : from));
        }

        int count = rows.Count;
        return count is >= 1 and <= 3
            ? new LaneOp(Write(Operand(0), to), rows[0], count > 1 ? rows[1] : Unused, count > 2 ? rows[2] : Unused, function)
            : throw Unknown("Wrong number of operands");
    }
}
