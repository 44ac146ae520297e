using System.Globalization;
using System.Runtime.CompilerServices;

namespace Fused;

/// <summary>
/// What the bytes of a quantised feature map mean: value = <paramref name="Scale"/> * (byte - <paramref name="ZeroPoint"/>). The
/// difference is exact and the product is rounded once, to float32.
/// </summary>
/// <param name="Scale">The difference between the values of neighbouring bytes; finite and greater than 0.</param>
/// <param name="ZeroPoint">The byte that stands for 0.</param>
/// <exception cref="ArgumentException">The scale is NaN, infinite, zero or negative.</exception>
public readonly record struct Quantization(float Scale, byte ZeroPoint)
{
    /// <summary>Bytes that are their own values, 0 to 255: a scale of 1 and a zero point of 0.</summary>
    public static Quantization Identity { get; } = new(1, 0);

    /// <summary>The difference between the values of neighbouring bytes; finite and greater than 0, but for <c>default</c>, which no model takes.</summary>
    /// <exception cref="ArgumentException">The value is NaN, infinite, zero or negative.</exception>
    public float Scale { get; init => field = Checked(value); } = Checked(Scale);

    /// <summary>Throws where the scale was never set.</summary>
    /// <param name="argument">The name of the caller's argument.</param>
    internal void ThrowIfDefault(string argument) => Checked(Scale, argument);

    private static float Checked(float value, [CallerArgumentExpression(nameof(value))] string argument = "") => float.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"A quantization's scale is finite and greater than 0, not {value}."), argument);
}
