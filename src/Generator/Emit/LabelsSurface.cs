using Fused.Generator.Model;

namespace Fused.Generator.Emit;

/// <summary>Writes what users call of a model that has labels: those, and the best few outputs with theirs.</summary>
/// <param name="members">Where to.</param>
/// <param name="facts">What is known of the network.</param>
internal sealed class LabelsSurface(MemberWriter members, NetworkFacts facts)
{
    private const string Predictions = Header.RuntimeServices + "TopPredictions";
    private const string Prediction = "global::Fused.Prediction";
    private const string Order = "sample after sample, those of a sample from the largest score to the smallest; equal scores keep the order of the outputs, and NaN comes last.";

    /// <summary>The interface that all models with labels have, beside that of all models.</summary>
    public static string Interface(string self) => $"global::Fused.ILabeledModel<{self}>";

    /// <summary>Whether a member with such a key, as <see cref="Member.Key"/>, is one of these.</summary>
    public static bool Has(string key) => key == "Labels" || key.StartsWith("Top(", StringComparison.Ordinal);

    public void Write()
    {
        members.Documentation("summary", "The names of the outputs, OutputLength of them.");
        members.Expression("public static global::System.Collections.Generic.IReadOnlyList<string> Labels", $"Compiled.{LabelsEmitter.ClassName}.All");
        foreach (FeatureType features in FeatureType.Of(facts.InputType))
        {
            Top(features, "", $"{Prediction}[]", "int count");
            Top(features, " Allocates nothing. Safe to call from many threads at once.", "void", $"global::System.Span<{Prediction}> best");
        }
    }

    /// <summary>One form of <c>Top</c>, which gives its predictions or writes them.</summary>
    private void Top(FeatureType features, string promise, string type, string last)
    {
        bool gives = type != "void";
        InputDocumentation.Write(members, features, facts.Input, ", and gives the best few outputs of each with their labels." + promise);
        members.Documentation(
            gives ? "param name=\"count\"" : "param name=\"best\"",
            gives ? "How many to give of each sample, from 1 to OutputLength." : "Gets n * k predictions, k = best.Length / n being from 1 to OutputLength: " + Order);
        if (gives)
        {
            members.Documentation("returns", "n * count predictions, " + Order);
        }

        InputDocumentation.Misfit(members, features, gives ? "The length is no multiple of InputLength" : "A length does not fit");
        if (gives)
        {
            members.Documentation("exception cref=\"global::System.ArgumentOutOfRangeException\"", "The count is not from 1 to OutputLength.");
        }

        members.Expression(
            $"public {type} Top({features.Span} input{features.Quantization}, {last})", $"{Predictions}.Of(this, input{features.Given}, {(gives ? "count" : "best")})");
    }
}
