namespace Fused.Gpu.Tests.Ptx;

/// <summary>Makes a kernel's instructions ready to be executed.</summary>
internal sealed partial class PtxDecoder
{
    private readonly PtxKernel _kernel;
    private readonly Dictionary<string, PtxRow> _registers = [];
    private readonly Dictionary<(PtxRowKind Kind, ulong Value), PtxRow> _literals = [];
    private readonly Dictionary<string, PtxRow> _specials = [];
    private readonly List<(PtxRow, PtxSpecial)> _specialRows = [];
    private readonly int[] _rows = new int[3];
    private readonly List<string> _names = [];
    private readonly List<int> _reads = [];
    private readonly List<int> _writes = [];
    private PtxInstruction _instruction = null!;

    private PtxDecoder(PtxKernel kernel) => _kernel = kernel;

    /// <summary>A row that is there always, for operands that an operation does not have.</summary>
    private static PtxRow Unused => new(PtxRowKind.Word, 0, -1);

    /// <summary>The kernel's instructions in the order of execution.</summary>
    /// <exception cref="PtxSyntaxException">An instruction is unknown.</exception>
    public static PtxCode Decode(PtxKernel kernel) => new PtxDecoder(kernel).Decode();

    /// <summary>The index of the instruction that a branch goes to.</summary>
    public static int Target(PtxKernel kernel, PtxInstruction branch) =>
        branch.Operands is [PtxOperand.Symbol label] && kernel.Labels.TryGetValue(label.Name, out int target)
            ? target
            : throw new PtxSyntaxException("Unknown label", branch.Line, branch.Text);

    private PtxCode Decode()
    {
        IReadOnlyList<int> order = PtxOrder.Of(_kernel);
        var places = new Dictionary<int, int>();
        for (int place = 0; place < order.Count; place++)
        {
            places.Add(order[place], place);
        }

        // Code that nothing leads to is checked like the rest.
        foreach (int index in Enumerable.Range(0, _kernel.Instructions.Count).Where(i => !places.ContainsKey(i)))
        {
            Decode(index, places);
        }

        PtxStep[] steps = [.. order.Select(index => Decode(index, places))];
        return new PtxCode(
            steps,
            _rows[(int)PtxRowKind.Word],
            _rows[(int)PtxRowKind.Long],
            _rows[(int)PtxRowKind.Predicate],
            _names.Count,
            _names,
            [.. _literals.Select(l => (l.Value, l.Key.Value))],
            _specialRows);
    }

    private PtxStep Decode(int index, Dictionary<int, int> places)
    {
        _instruction = _kernel.Instructions[index];
        _reads.Clear();
        _writes.Clear();
        int guard = -1;
        if (_instruction.Guard is { } name)
        {
            guard = Read(new PtxOperand.Register(name), PtxRowKind.Predicate).Index;
        }

        int[] guardReads = [.. _reads];
        _reads.Clear();

        PtxFlow flow = _instruction.Operation switch
        {
            "bra" => PtxFlow.Branch,
            "ret" or "exit" => PtxFlow.Exit,
            "bar" or "barrier" when _instruction.Mnemonic is "bar.sync" or "barrier.sync" or "barrier.sync.aligned"
                && _instruction.Operands is [PtxOperand.Literal { Bits: 0 }] => PtxFlow.Barrier,
            _ => PtxFlow.Next,
        };
        PtxOp? op = flow == PtxFlow.Next ? Operation() : null;
        return new PtxStep
        {
            Instruction = _instruction,
            Flow = flow,
            Op = op,
            Guard = guard,
            GuardFlip = _instruction.GuardNegated ? PtxLanes.All : 0,
            IsUniform = _instruction.Has("uni"),
            GuardReads = guardReads,
            Target = flow == PtxFlow.Branch ? places.GetValueOrDefault(Target(_kernel, _instruction), -1) : -1,
            Next = places.GetValueOrDefault(index + 1, -1),
            Reads = [.. _reads],
            Writes = [.. _writes],
        };
    }

    private PtxOp Operation() => _instruction.Operation switch
    {
        "ld" => Load(),
        "st" => Store(),
        "atom" or "red" => Atomic(),
        "membar" or "fence" => _instruction.Has("cta") ? new NothingOp() : new FenceOp(),
        "cvta" => Move(PtxRowKind.Long),
        "selp" => Select(),
        _ => Vector() ?? Lane(),
    };

    private PtxSyntaxException Unknown(string what = "Unknown instruction") => new(what, _instruction.Line, _instruction.Text);

    private PtxOperand Operand(int index) => index < _instruction.Operands.Count ? _instruction.Operands[index] : throw Unknown("Missing operand");

    private static PtxRowKind KindOf(string type) =>
        type == PtxType.Predicate ? PtxRowKind.Predicate : PtxType.Bytes(type) == 8 ? PtxRowKind.Long : PtxRowKind.Word;

    private PtxRow Register(string name)
    {
        if (!_registers.TryGetValue(name, out PtxRow row))
        {
            if (!_kernel.Registers.TryGetValue(name, out string? type))
            {
                throw Unknown($"Undeclared register {name}");
            }

            row = NewRow(KindOf(type), _names.Count);
            _names.Add(name);
            _registers.Add(name, row);
        }

        return row;
    }

    private PtxRow NewRow(PtxRowKind kind, int register) => new(kind, _rows[(int)kind]++, register);

    private PtxRow Write(PtxOperand operand, PtxRowKind kind)
    {
        if (operand is not PtxOperand.Register register || Register(register.Name) is var row && row.Kind != kind)
        {
            throw Unknown("Wrong destination");
        }

        row = Register(register.Name);
        _writes.Add(row.Register);
        return row;
    }

    private PtxRow Read(PtxOperand operand, PtxRowKind kind)
    {
        switch (operand)
        {
            case PtxOperand.Register register:
                PtxRow row = Register(register.Name);
                if (row.Kind != kind)
                {
                    throw Unknown($"Wrong width of {register.Name}");
                }

                _reads.Add(row.Register);
                return row;
            case PtxOperand.Literal literal:
                return Literal(kind, literal.Bits);
            case PtxOperand.Symbol symbol:
                return Symbol(symbol.Name, kind);
            default:
                throw Unknown("Unknown operand");
        }
    }

    private PtxRow Literal(PtxRowKind kind, ulong bits)
    {
        if (!_literals.TryGetValue((kind, bits), out PtxRow row))
        {
            row = NewRow(kind, -1);
            _literals.Add((kind, bits), row);
        }

        return row;
    }

    private PtxRow Symbol(string name, PtxRowKind kind)
    {
        for (int i = 0; i < _kernel.Shared.Count; i++)
        {
            if (_kernel.Shared[i].Name == name)
            {
                return Literal(kind, PtxShared.Address(i));
            }
        }

        for (int i = 0; i < _kernel.Local.Count; i++)
        {
            if (_kernel.Local[i].Name == name)
            {
                return Literal(kind, PtxLocal.Address(i));
            }
        }

        if (!_specials.TryGetValue(name, out PtxRow row))
        {
            PtxSpecial special = name switch
            {
                "%tid.x" => PtxSpecial.Thread,
                "%ntid.x" => PtxSpecial.Threads,
                "%ctaid.x" => PtxSpecial.BlockX,
                "%ctaid.y" => PtxSpecial.BlockY,
                "%nctaid.x" => PtxSpecial.BlocksX,
                "%nctaid.y" => PtxSpecial.BlocksY,
                "%laneid" => PtxSpecial.Lane,
                "%tid.y" or "%tid.z" or "%ctaid.z" => PtxSpecial.Zero,
                "%ntid.y" or "%ntid.z" or "%nctaid.z" => PtxSpecial.One,
                _ => throw Unknown($"Unknown name {name}"),
            };
            row = NewRow(PtxRowKind.Word, -1);
            _specials.Add(name, row);
            _specialRows.Add((row, special));
        }

        return row.Kind == kind ? row : throw Unknown($"Wrong width of {name}");
    }
}
