namespace Fused.Gpu.Tests.Ptx;

/// <summary>A parameter, or an array in shared or local memory.</summary>
/// <param name="Name">Its name in the text.</param>
/// <param name="Alignment">In bytes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Offset">Where a parameter starts among the parameters.</param>
internal sealed record PtxVariable(string Name, int Alignment, int Bytes, int Offset);
