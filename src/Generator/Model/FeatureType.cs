using System.Collections.Immutable;

namespace Fused.Generator.Model;

/// <summary>A type in which a model takes features on the CPU; a new one is a line here and a struct of the runtime.</summary>
/// <param name="Element">What holds a feature, as C# spells it.</param>
/// <param name="Reader">The runtime's struct that makes floats of features.</param>
/// <param name="HasQuantization">Whether the caller says what the elements mean.</param>
/// <param name="Remark">What becomes of a feature, for the documentation; empty where nothing does.</param>
internal sealed record FeatureType(string Element, string Reader, bool HasQuantization, string Remark)
{
    /// <summary>Float32 first: what others are converted to.</summary>
    public static ImmutableArray<FeatureType> All { get; } =
    [
        new("float", "SingleFeatures", HasQuantization: false, ""),
        new("global::System.Half", "HalfFeatures", HasQuantization: false, " Each value is converted to float32, exactly, when it is read."),
        new("byte", "QuantizedFeatures", HasQuantization: true, " Each byte is converted to float32 when it is read."),
    ];

    /// <summary>Whether <c>[1, 2]</c> and <c>default</c>, which fit features of every type, mean this one.</summary>
    public bool IsPreferred => this == All[0];

    /// <summary>The type of a call's input.</summary>
    public string Span => $"global::System.ReadOnlySpan<{Element}>";

    /// <summary>What is handed to a kernel: the first feature, and what the elements mean.</summary>
    public string Parameters => $"ref readonly {Element} input" + (HasQuantization ? ", global::Fused.Quantization quantization" : "");

    /// <summary>The same as arguments of what is generic over the type.</summary>
    public string Arguments => $"new {FrameworkNames.RuntimeServices}{Reader}({(HasQuantization ? "quantization" : "")}), "
        + "ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in input)";
}
