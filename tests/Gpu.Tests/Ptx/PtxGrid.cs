namespace Fused.Gpu.Tests.Ptx;

/// <summary>The extent of a launch.</summary>
/// <param name="X">Blocks in x.</param>
/// <param name="Y">Blocks in y.</param>
/// <param name="Threads">Threads of a block.</param>
internal readonly record struct PtxGrid(int X, int Y, int Threads);
