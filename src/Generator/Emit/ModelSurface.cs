using Fused.Generator.Model;

namespace Fused.Generator.Emit;

/// <summary>Writes what users call: every member of a model but its compiled part, which the bodies refer to as <c>Compiled</c>.</summary>
/// <param name="members">Where to.</param>
/// <param name="model">The class.</param>
/// <param name="facts">What is known of the network.</param>
internal sealed class ModelSurface(MemberWriter members, ModelSpec model, NetworkFacts facts)
{
    private const string Services = Header.RuntimeServices;
    private const string Quantization = "global::Fused.Quantization quantization";
    private const string Unset = ", or the quantization is <c>default</c>.";

    private string Input => facts.Input is { } input ? $", {input}" : "";

    private string Output => facts.Output is { } output ? $", {output}" : "";

    private string EachInput => facts.Input is { } input ? $", each sample {input}" : "";

    private string EachOutput => facts.Output is { } output ? $", each sample {output}" : "";

    public void Write()
    {
        Constants();
        Summary();
        Options();
        new CreationSurface(members, model.TypeName).Write();
        foreach (FeatureType features in FeatureType.All)
        {
            Predict(features);
        }

        InterfaceMembers();
    }

    private void Constants()
    {
        members.Documentation("summary", $"The number of values in one sample{Input}.");
        members.Constant("public const int InputLength", Literals.Int(facts.Input?.Length ?? 1));
        members.Documentation("summary", $"The number of values that one sample gives{Output}.");
        members.Constant("public const int OutputLength", Literals.Int(facts.Output?.Length ?? 1));
        members.Documentation("summary", "The number of weights, trainable or not.");
        members.Constant("public const long ParameterCount", Literals.Int(facts.ParameterCount ?? 1));
    }

    private void Summary()
    {
        members.Documentation("summary", "The layers with their shapes, parameters and costs, and what was fused with what.");
        members.Expression("public static global::Fused.ModelSummary Summary", "Compiled.Summary");
    }

    private void Options()
    {
        members.Documentation("summary", "How <c>Predict</c> runs; <see cref=\"global::Fused.FusedOptions.Default\"/> unless told otherwise.", raw: true);
        members.Property(
            "public global::Fused.FusedOptions Options",
            "_compiled.Options",
            "_compiled.Options = value ?? throw new global::System.ArgumentNullException(nameof(value))");
    }

    /// <summary>The two forms of <c>Predict</c> for a type of features.</summary>
    private void Predict(FeatureType features)
    {
        string more = features.HasQuantization ? ", quantization" : "", declared = features.HasQuantization ? $", {Quantization}" : "";
        Document("", features);
        members.Documentation("returns", $"n * OutputLength values{EachOutput}.");
        members.Documentation(
            "exception cref=\"global::System.ArgumentException\"", "The length is no multiple of InputLength" + (features.HasQuantization ? Unset : "."), raw: true);
        members.Method(
            $"public float[] Predict({features.Span} input{declared})",
            "float[] output = new float[checked(input.Length / InputLength * OutputLength)];",
            $"Predict(input{more}, output);",
            "return output;");
        Document(" and allocates nothing. Safe to call from many threads at once", features);
        members.Documentation("param name=\"output\"", $"n * OutputLength values{EachOutput}.");
        members.Documentation(
            "exception cref=\"global::System.ArgumentException\"", "A length does not fit" + (features.HasQuantization ? Unset : "."), raw: true);
        members.Method(
            $"public void Predict({features.Span} input{declared}, global::System.Span<float> output)",
            [
                .. features.HasQuantization ? [$"{Services}PredictArguments.Check(quantization);"] : Array.Empty<string>(),
                $"int samples = {Services}PredictArguments.Check({Literals.Text(model.TypeName.TrimStart('@'))}, InputLength, OutputLength, input.Length, output.Length);",
                $"{Services}TileScheduler.Run(_compiled, input{more}, output, InputLength, OutputLength, samples, Compiled.TileRows, Compiled.SamplesApart, _compiled.Options);",
            ]);
    }

    private void Document(string promise, FeatureType features)
    {
        members.Documentation("summary", $"Predicts n = input.Length / InputLength samples{promise}.{features.Remark}");
        members.Documentation("param name=\"input\"", $"n * InputLength values{EachInput}.");
        if (features.HasQuantization)
        {
            members.Documentation("param name=\"quantization\"", "What the bytes mean.");
        }
    }

    private void InterfaceMembers()
    {
        string face = $"global::Fused.IFusedModel<{model.TypeName}>";
        members.Expression($"static int {face}.InputLength", "InputLength");
        members.Expression($"static int {face}.OutputLength", "OutputLength");
        members.Expression($"static long {face}.ParameterCount", "ParameterCount");
    }
}
