namespace Fused.Gpu.Tests.Ptx;

/// <summary>One instruction as it is written.</summary>
/// <param name="Line">Its line in the text, from 1.</param>
/// <param name="Text">The line without its comment and semicolon.</param>
/// <param name="Guard">The predicate register that it is executed under.</param>
/// <param name="GuardNegated">Whether it is executed where the predicate is false.</param>
/// <param name="Mnemonic">The operation with all its modifiers.</param>
/// <param name="Operands">In the order of the text, the destination first.</param>
internal sealed record PtxInstruction(
    int Line, string Text, string? Guard, bool GuardNegated, string Mnemonic, IReadOnlyList<PtxOperand> Operands)
{
    private readonly string[] _parts = Mnemonic.Split('.');

    /// <summary>The operation: what stands before the first dot.</summary>
    public string Operation => _parts[0];

    /// <summary>The last modifier: the type, of what is read where there are two.</summary>
    public string Type => _parts[^1];

    /// <summary>The modifier before the last, the type of a conversion's result.</summary>
    public string ResultType => _parts[^2];

    /// <summary>The first modifier.</summary>
    public string FirstModifier => _parts.Length > 1 ? _parts[1] : "";

    /// <summary>Whether one of the modifiers is that.</summary>
    public bool Has(string modifier) => Array.IndexOf(_parts, modifier, 1) > 0;

    /// <summary>The state space of a load, store or atomic; generic where none is named.</summary>
    public string Space =>
        Has("param") ? "param" : Has("global") ? "global" : Has("shared") ? "shared" : Has("local") ? "local" : "generic";

    /// <summary>The bytes of the type.</summary>
    public int TypeBytes => PtxType.Bytes(Type);

    /// <summary>The bytes that a load or store moves for a lane.</summary>
    public int AccessBytes => TypeBytes * (Has("v4") ? 4 : Has("v2") ? 2 : 1);
}
