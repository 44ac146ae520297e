using Fused.Generator.Model;

namespace Fused.Generator.Emit;

/// <summary>
/// Writes what users call: every member of a model but its compiled part, which the bodies refer to as <c>Compiled</c>. Models that are not
/// compiled have the same members.
/// </summary>
/// <param name="members">Where to.</param>
/// <param name="title">The class's name, as messages give it.</param>
/// <param name="self">The class, as code refers to it.</param>
/// <param name="facts">What is known of the network.</param>
internal sealed class ModelSurface(MemberWriter members, string title, string self, NetworkFacts facts)
{
    /// <summary>What a model implements where GPUs can run it.</summary>
    public const string GpuInterface = Header.RuntimeServices + "IGpuModel";

    private const string Services = Header.RuntimeServices;

    private string Input => facts.Input is { } input ? $", {input}" : "";

    private string Output => facts.Gives is { } output ? $", {output}" : "";

    private string EachOutput => facts.Gives is { } output ? $", each sample {output}" : "";

    public void Write()
    {
        Constants();
        Summary();
        Options();
        new CreationSurface(members, self).Write();
        foreach (FeatureType features in FeatureType.Of(facts.InputType))
        {
            Predict(features);
        }

        if (!facts.Outputs.IsEmpty)
        {
            new OutputsSurface(members, title, facts).Write();
        }

        if (facts.IsLabeled)
        {
            new LabelsSurface(members, facts).Write();
        }
    }

    /// <summary>The interface that all models have.</summary>
    public static string Interface(string self) => $"global::Fused.IFusedModel<{self}>";

    /// <summary>The interface that models have beside it whose input is bytes.</summary>
    public static string ByteInterface(string self) => $"global::Fused.IByteModel<{self}>";

    /// <summary>Whether a member with such a key, as <see cref="Member.Key"/>, is one of that interface's.</summary>
    public static bool IsOfBytes(string key) => key is "Predict(global::System.ReadOnlySpan<byte>)" or "Predict(global::System.ReadOnlySpan<byte>, global::System.Span<float>)";

    /// <summary>Writes the interface's members that are constants of the class.</summary>
    public void WriteInterface()
    {
        string face = Interface(self);
        members.Implementation(face, "public static int InputLength", "InputLength");
        members.Implementation(face, "public static int OutputLength", "OutputLength");
        members.Implementation(face, "public static long ParameterCount", "ParameterCount");
    }

    /// <summary>Writes what the GPU's runtime calls.</summary>
    public static void WriteGpu(MemberWriter members) =>
        members.Implementation(GpuInterface, $"public {Services}GpuProgram CreateGpuProgram()", "_compiled.CreateGpuProgram()");

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
        InputDocumentation.Write(members, features, facts.Input, ".");
        members.Documentation("returns", $"n * OutputLength values{EachOutput}.");
        InputDocumentation.Misfit(members, features, "The length is no multiple of InputLength");
        members.Method(
            $"public float[] Predict({features.Span} input{features.Quantization})",
            "float[] output = new float[checked(input.Length / InputLength * OutputLength)];",
            $"Predict(input{features.Passed}, output);",
            "return output;");
        InputDocumentation.Write(members, features, facts.Input, " and allocates nothing. Safe to call from many threads at once.");
        members.Documentation("param name=\"output\"", $"n * OutputLength values{EachOutput}.");
        InputDocumentation.Misfit(members, features, "A length does not fit");
        members.Method(
            $"public void Predict({features.Span} input{features.Quantization}, global::System.Span<float> output)",
            [
                .. features.HasQuantization ? [$"{Services}PredictArguments.Check(quantization);"] : Array.Empty<string>(),
                $"int samples = {Services}PredictArguments.Check({Literals.Text(title)}, InputLength, OutputLength, input.Length, output.Length);",
                $"{Services}TileScheduler.Run(_compiled, input{features.Given}, output, InputLength, OutputLength, samples, Compiled.TileRows, Compiled.GrainSize, _compiled.Options);",
            ]);
    }
}
