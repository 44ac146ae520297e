global using Fused.Generator.Collections;

// System.Buffer is of no use to a compiler of kernels; the name belongs to the IR.
global using Buffer = Fused.Generator.IR.Buffer;
