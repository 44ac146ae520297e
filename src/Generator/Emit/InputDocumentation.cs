using Fused.Generator.Graph;
using Fused.Generator.Model;

namespace Fused.Generator.Emit;

/// <summary>What all members say that take samples, in one type of features.</summary>
internal static class InputDocumentation
{
    /// <summary>Writes which overload is preferred, what it does, and what it takes.</summary>
    /// <param name="members">Where to.</param>
    /// <param name="features">The type of features.</param>
    /// <param name="input">The shape of one sample; null where it is not known.</param>
    /// <param name="summary">What becomes of the samples, as it goes on behind "Predicts ... samples".</param>
    public static void Write(MemberWriter members, FeatureType features, Shape? input, string summary)
    {
        members.Prefer(features.Priority);
        members.Documentation("summary", $"Predicts n = input.Length / InputLength samples{summary}{features.Remark}");
        members.Documentation("param name=\"input\"", $"n * InputLength values{(input is null ? "" : $", each sample {input}")}.");
        if (features.HasQuantization)
        {
            members.Documentation("param name=\"quantization\"", "What the bytes mean.");
        }
    }

    /// <summary>Writes that arguments do not fit, or bytes mean nothing.</summary>
    /// <param name="members">Where to.</param>
    /// <param name="features">The type of features.</param>
    /// <param name="misfit">What does not fit, as a sentence without its point.</param>
    public static void Misfit(MemberWriter members, FeatureType features, string misfit) => members.Documentation(
        "exception cref=\"global::System.ArgumentException\"", misfit + (features.HasQuantization ? ", or the quantization is <c>default</c>." : "."), raw: true);
}
