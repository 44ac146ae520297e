namespace Fused.Gpu.Tests.Ptx;

/// <summary>A kernel as its PTX says it, ready to be executed.</summary>
internal sealed class PtxKernel
{
    private readonly Lazy<PtxCode> _code;

    internal PtxKernel(
        string name,
        int? threads,
        IReadOnlyList<PtxVariable> parameters,
        IReadOnlyList<PtxVariable> shared,
        IReadOnlyList<PtxVariable> local,
        IReadOnlyDictionary<string, string> registers,
        IReadOnlyList<PtxInstruction> instructions,
        IReadOnlyDictionary<string, int> labels)
    {
        Name = name;
        Threads = threads;
        Parameters = parameters;
        Shared = shared;
        Local = local;
        Registers = registers;
        Instructions = instructions;
        Labels = labels;
        _code = new Lazy<PtxCode>(() => PtxDecoder.Decode(this));
    }

    /// <summary>The entry's name.</summary>
    public string Name { get; }

    /// <summary>Threads of a block, as the entry states them; a launch with more is refused. Nothing where it does not.</summary>
    public int? Threads { get; }

    /// <summary>In order: scalars by value, and views as a pointer and a 64-bit length.</summary>
    public IReadOnlyList<PtxVariable> Parameters { get; }

    /// <summary>Arrays in shared memory.</summary>
    public IReadOnlyList<PtxVariable> Shared { get; }

    /// <summary>Arrays in local memory.</summary>
    public IReadOnlyList<PtxVariable> Local { get; }

    /// <summary>The types of declared registers by name.</summary>
    public IReadOnlyDictionary<string, string> Registers { get; }

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<PtxInstruction> Instructions { get; }

    /// <summary>The index of the instruction that follows a label.</summary>
    public IReadOnlyDictionary<string, int> Labels { get; }

    /// <summary>Shared memory of a block in bytes, without the padding between arrays.</summary>
    public int SharedBytes => Shared.Sum(s => s.Bytes);

    /// <summary>What the interpreter executes.</summary>
    internal PtxCode Code => _code.Value;

    /// <summary>Reads the text of one kernel.</summary>
    /// <exception cref="PtxSyntaxException">The text has what the interpreter does not know.</exception>
    public static PtxKernel Parse(string text)
    {
        PtxKernel kernel = new PtxParser(text).Parse();
        _ = kernel.Code;
        return kernel;
    }
}
