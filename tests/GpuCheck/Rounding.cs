using Half = System.Half;

namespace Fused.GpuCheck;

/// <summary>The nearest values of narrow types.</summary>
internal static class Rounding
{
    public static float To(SampleType type, float value) => type switch
    {
        SampleType.Float16 => (float)(Half)value,
        SampleType.BFloat16 => (float)(BFloat16)value,
        _ => value,
    };

    public static float To(WeightType type, float value) => To((SampleType)type, value);

    /// <summary>Bytes of a value.</summary>
    public static int Size(SampleType type) => type switch
    {
        SampleType.Float32 => sizeof(float),
        SampleType.UInt8 => sizeof(byte),
        _ => sizeof(ushort),
    };

    /// <summary>Bytes of a weight.</summary>
    public static int Size(WeightType type) => Size((SampleType)type);
}
