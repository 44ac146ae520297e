namespace Fused.Gpu.Tests.Ptx;

/// <summary>Where the interpreter keeps a register.</summary>
internal enum PtxRowKind
{
    /// <summary>32 words, one for each lane; narrower values are zero-extended.</summary>
    Word,

    /// <summary>32 double words.</summary>
    Long,

    /// <summary>A predicate: one word, a bit for each lane.</summary>
    Predicate,
}

/// <summary>A register, a literal or a special register as a row of 32 lanes.</summary>
/// <param name="Kind">Which of a warp's arrays it is in.</param>
/// <param name="Index">Its number there.</param>
/// <param name="Register">The register's number among those that can be read before they are written; -1 for what always has a value.</param>
internal readonly record struct PtxRow(PtxRowKind Kind, int Index, int Register);
