using System.Runtime.CompilerServices;

namespace Fused.Benchmarks;

/// <summary>
/// Memory on a 64-byte boundary that never moves, as ONNX Runtime and PyTorch allocate theirs: where the garbage collector happened
/// to put an array must not decide a comparison.
/// </summary>
internal static class AlignedMemory
{
    private const int Alignment = 64;

    public static unsafe Memory<float> Allocate(int length)
    {
        float[] array = GC.AllocateUninitializedArray<float>(length + (Alignment / sizeof(float)), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref array[0]);
        return array.AsMemory((int)((Alignment - (address % Alignment)) % Alignment / sizeof(float)), length);
    }
}
