// The names of number formats are what the members are about.
#pragma warning disable CA1720

namespace Fused;

/// <summary>What one value of a model's input is.</summary>
public enum ElementType
{
    /// <summary>IEEE single precision, 4 bytes.</summary>
    Float32,

    /// <summary>A byte, which is its own value: 0 to 255, as images have them.</summary>
    UInt8,
}
