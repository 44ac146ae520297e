using Half = System.Half;

namespace Fused.GpuCheck;

/// <summary>The nearest values of narrow types.</summary>
internal static class Rounding
{
    public static float To(WeightType type, float value) => type switch
    {
        WeightType.Float16 => (float)(Half)value,
        WeightType.BFloat16 => (float)(BFloat16)value,
        _ => value,
    };

    public static int Size(WeightType type) => type == WeightType.Float32 ? sizeof(float) : sizeof(ushort);
}
