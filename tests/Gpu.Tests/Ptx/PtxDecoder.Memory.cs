namespace Fused.Gpu.Tests.Ptx;

/// <summary>Loads, stores and atomic operations.</summary>
internal sealed partial class PtxDecoder
{
    private PtxOp Load()
    {
        PtxRowKind kind = KindOf(_instruction.Type);
        if (_instruction.TypeBytes == 0)
        {
            throw Unknown();
        }

        if (_instruction.Space == "param")
        {
            return LoadParameter(kind);
        }

        PtxPlace place = Place(Operand(1));
        PtxRow[] rows = [.. Values(Operand(0)).Select(v => Write(v, kind))];
        return _instruction.Space switch
        {
            "global" => new LoadGlobalOp(rows, place),
            "shared" => new LoadSharedOp(rows, place),
            "local" => new LocalOp(rows, place, store: false),
            _ => throw Unknown("Generic load"),
        };
    }

    private LoadParameterOp LoadParameter(PtxRowKind kind)
    {
        if (Operand(1) is not PtxOperand.Address { Base: PtxOperand.Symbol symbol } address
            || _kernel.Parameters.FirstOrDefault(p => p.Name == symbol.Name) is not { } parameter
            || address.Offset + _instruction.TypeBytes > parameter.Bytes)
        {
            throw Unknown("Unknown parameter");
        }

        return new LoadParameterOp(Write(Operand(0), kind), parameter.Offset + (int)address.Offset, _instruction.TypeBytes);
    }

    private PtxOp Store()
    {
        PtxRowKind kind = KindOf(_instruction.Type);
        if (_instruction.TypeBytes == 0)
        {
            throw Unknown();
        }

        PtxPlace place = Place(Operand(0));
        PtxRow[] rows = [.. Values(Operand(1)).Select(v => Read(v, kind))];
        return _instruction.Space switch
        {
            "global" => new StoreGlobalOp(rows, place),
            "shared" => new StoreSharedOp(rows, place),
            "local" => new LocalOp(rows, place, store: true),
            _ => throw Unknown("Generic store"),
        };
    }

    private IReadOnlyList<PtxOperand> Values(PtxOperand operand)
    {
        IReadOnlyList<PtxOperand> values = operand is PtxOperand.Group group ? group.Items : [operand];
        return values.Count * _instruction.TypeBytes == _instruction.AccessBytes ? values : throw Unknown("Wrong number of values");
    }

    private PtxPlace Place(PtxOperand operand)
    {
        if (operand is not PtxOperand.Address address)
        {
            throw Unknown("Missing address");
        }

        int bytes = _instruction.TypeBytes;
        return new PtxPlace(Read(address.Base, PtxRowKind.Long), address.Offset, bytes, _instruction.AccessBytes / bytes);
    }

    private AtomicGlobalOp Atomic()
    {
        // ILGPU writes atom.add.global.u32, the operation before the space.
        bool returns = _instruction.Operation == "atom";
        int first = returns ? 1 : 0;
        bool compares = _instruction.Has("cas");
        if (_instruction.Space != "global" || Change() is not { } change || _instruction.TypeBytes is not (4 or 8)
            || _instruction.Operands.Count != first + (compares ? 3 : 2))
        {
            throw Unknown();
        }

        PtxRowKind kind = KindOf(_instruction.Type);
        PtxPlace place = Place(Operand(first));
        PtxRow operand = Read(Operand(first + 1), kind);
        PtxRow second = compares ? Read(Operand(first + 2), kind) : Unused;
        PtxRow? d = returns ? Write(Operand(0), kind) : null;
        return new AtomicGlobalOp(d, place, operand, second, change);
    }

    /// <summary>What becomes of a value and an operand; for cas the operand is what is compared with.</summary>
    private Func<ulong, ulong, ulong, ulong>? Change()
    {
        foreach (string operation in (ReadOnlySpan<string>)["add", "min", "max", "and", "or", "xor"])
        {
            if (_instruction.Has(operation))
            {
                return PtxScalar.Function(new PtxInstruction(
                    _instruction.Line, _instruction.Text, null, false, $"{operation}.{_instruction.Type}", _instruction.Operands));
            }
        }

        return _instruction.Has("exch") ? (_, b, _) => b
            : _instruction.Has("cas") ? (a, b, c) => a == b ? c : a
            : null;
    }
}
