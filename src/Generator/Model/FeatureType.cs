using System.Collections.Immutable;
using Fused.Generator.Graph;

namespace Fused.Generator.Model;

/// <summary>A type in which a model takes features on the CPU; a new one is a line here and a struct of the runtime.</summary>
/// <param name="Element">What holds a feature, as C# spells it.</param>
/// <param name="Reader">The runtime's struct that makes floats of features.</param>
/// <param name="Meaning">
/// The quantization that tells what the elements mean, as an expression; null where they need none. <see cref="CallersWord"/> where the
/// caller says it.
/// </param>
/// <param name="Remark">What becomes of a feature, for the documentation; empty where nothing does.</param>
internal sealed record FeatureType(string Element, string Reader, string? Meaning, string Remark)
{
    private const string CallersWord = "quantization";

    /// <summary>What kernels take. Float32 first: what others are converted to.</summary>
    public static ImmutableArray<FeatureType> All { get; } =
    [
        new("float", "SingleFeatures", Meaning: null, "") { Priority = 1 },
        new("global::System.Half", "HalfFeatures", Meaning: null, " Each value is converted to float32, exactly, when it is read."),
        new("byte", "QuantizedFeatures", CallersWord, " Each byte is converted to float32 when it is read."),
    ];

    /// <summary>Bytes of a network whose input is declared as such: kernels take them as bytes with a quantization that changes nothing.</summary>
    private static FeatureType Bytes { get; } =
        new("byte", "QuantizedFeatures", "global::Fused.Quantization.Identity", " Each byte is its own value, 0 to 255, converted to float32 when it is read.") { Priority = 2 };

    /// <summary>
    /// What members of a model take, whose input is declared as of a type: that first. Floats are in any case what the bytes would be; and bytes
    /// with <c>new(1, 0)</c>, which could make a span for the results as well, are bytes with a quantization, as they are for other models.
    /// </summary>
    public static ImmutableArray<FeatureType> Of(InputType input) => input == InputType.UInt8
        ? [Bytes, .. All.Select(features => features.HasQuantization ? features with { Priority = 3 } : features with { Remark = features.Remark + " The values are those of bytes, 0 to 255." })]
        : All;

    /// <summary>
    /// Which type <c>[1, 2]</c> and <c>default</c> mean, which fit features of every type: that of the greatest number. What fits bytes is the same as floats.
    /// </summary>
    public int Priority { get; init; }

    /// <summary>Whether the caller says what the elements mean.</summary>
    public bool HasQuantization => Meaning == CallersWord;

    /// <summary>The type of a call's input.</summary>
    public string Span => $"global::System.ReadOnlySpan<{Element}>";

    /// <summary>The parameter after a call's input, where there is one.</summary>
    public string Quantization => HasQuantization ? $", global::Fused.Quantization {CallersWord}" : "";

    /// <summary>What a call hands on after its input.</summary>
    public string Given => Meaning is null ? "" : $", {Meaning}";

    /// <summary>The same where it is handed on to an overload for the same type, which knows what nobody is asked.</summary>
    public string Passed => HasQuantization ? Given : "";

    /// <summary>What is handed to a kernel: the first feature, and what the elements mean.</summary>
    public string Parameters => $"ref readonly {Element} input{Quantization}";

    /// <summary>The same as arguments of what is generic over the type.</summary>
    public string Arguments => $"new {FrameworkNames.RuntimeServices}{Reader}({Meaning}), ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in input)";
}
