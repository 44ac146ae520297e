using Fused.CompilerServices;

namespace Fused.Memory;

/// <summary>How values are stored, as sizes, types and bits.</summary>
internal static class Storage
{
    /// <summary>The types that kernels read, by their numbers.</summary>
    public static IReadOnlyList<StorageType> Types { get; } = [StorageType.Float32, StorageType.Float16, StorageType.BFloat16, StorageType.UInt8];

    /// <summary>Bytes of a value.</summary>
    public static int Size(StorageType type) => type switch
    {
        StorageType.Float32 => 4,
        StorageType.UInt8 => 1,
        _ => 2,
    };

    /// <summary>The type of an element of <paramref name="width"/> values in a kernel: one of <see cref="IPacked4"/> or <see cref="IPacked1"/>.</summary>
    public static Type Packed(StorageType type, int width) => (type, width) switch
    {
        (StorageType.Float32, 4) => typeof(Float4),
        (StorageType.Float16, 4) => typeof(Half4),
        (StorageType.BFloat16, 4) => typeof(BFloat4),
        (StorageType.UInt8, 4) => typeof(Byte4),
        (StorageType.Float32, 1) => typeof(Float1),
        (StorageType.Float16, 1) => typeof(Half1),
        (StorageType.BFloat16, 1) => typeof(BFloat1),
        (StorageType.UInt8, 1) => typeof(Byte1),
        _ => throw new ArgumentOutOfRangeException(nameof(width), width, $"No element holds {width} values of {type}."),
    };

    /// <summary>How the values of buffers of a role are stored, by what is chosen for the input and for the matrices.</summary>
    public static StorageType Of(GpuBufferRole role, StorageType input, WeightType matrices) => role switch
    {
        GpuBufferRole.Input => input,
        GpuBufferRole.Matrix => Of(matrices),
        _ => StorageType.Float32,
    };

    /// <summary>How weights of a type that GPUs read are stored.</summary>
    public static StorageType Of(WeightType weights) => (StorageType)weights;

    /// <summary>A program's kernels for what is chosen for the input and for the matrices.</summary>
    public static Type Kernels(GpuProgram program, StorageType input, WeightType matrices)
    {
        return program.Kernels.MakeGenericType(Element(GpuBufferRole.Input), Element(GpuBufferRole.Matrix));

        // All buffers of a role have the same width: their type is one type parameter of the kernels.
        Type Element(GpuBufferRole role) => Packed(
            Of(role, input, matrices),
            program.Buffers.Where(b => b.Role == role).Select(b => b.Width).Distinct().DefaultIfEmpty(4).Single());
    }

    /// <summary>How values of a type are stored.</summary>
    public static StorageType Of<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? StorageType.Float32
        : typeof(T) == typeof(Half) ? StorageType.Float16
        : typeof(T) == typeof(BFloat16) ? StorageType.BFloat16
        : typeof(T) == typeof(byte) ? StorageType.UInt8
        : throw new NotSupportedException($"Inputs of {typeof(T)} are not supported.");

    /// <summary>Rounds values to a type of weights and writes them to the memory's start.</summary>
    public static void Convert(ReadOnlySpan<float> values, StorageType type, HostMemory target)
    {
        switch (type)
        {
            case StorageType.Float32:
                values.CopyTo(target.Span<float>(values.Length));
                break;
            case StorageType.Float16:
                Span<Half> halves = target.Span<Half>(values.Length);
                for (int i = 0; i < values.Length; i++)
                    halves[i] = (Half)values[i];
                break;
            default:
                Span<BFloat16> brains = target.Span<BFloat16>(values.Length);
                for (int i = 0; i < values.Length; i++)
                    brains[i] = (BFloat16)values[i];
                break;
        }
    }
}
