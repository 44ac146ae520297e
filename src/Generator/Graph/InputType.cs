namespace Fused.Generator.Graph;

/// <summary>What one value of a network's input is: the members and values of the runtime's <c>Fused.ElementType</c>.</summary>
internal enum InputType
{
    Float32,

    /// <summary>A byte, which is its own value.</summary>
    UInt8,
}

/// <summary>What follows from the type of an input.</summary>
internal static class InputTypes
{
    public static int Bytes(this InputType type) => type == InputType.UInt8 ? 1 : sizeof(float);

    /// <summary>A sample, for people: <c>(224, 224, 3) of bytes</c>; of floats nothing is said, as they are what all other shapes are of.</summary>
    public static string Describe(this InputType type, Shape sample) => sample + (type == InputType.UInt8 ? " of bytes" : "");
}
