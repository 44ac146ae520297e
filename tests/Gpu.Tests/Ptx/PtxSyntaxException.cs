namespace Fused.Gpu.Tests.Ptx;

/// <summary>PTX text that the interpreter does not know.</summary>
internal sealed class PtxSyntaxException(string what, int line, string text) : Exception($"{what} in line {line}: '{text}'");
