using System.Collections.Immutable;
using Fused.Generator.Model;

namespace Fused.Generator.Emit;

/// <summary>
/// Writes what users call of a model of several outputs: where each lies in a sample's row, and the ways to get each in memory of its own. Kernels, on a
/// CPU as on a GPU, make rows, so that what is written for any model takes these too; to take rows apart is a copy of what is small beside what made it.
/// </summary>
/// <param name="members">Where to.</param>
/// <param name="title">The class's name, as messages give it.</param>
/// <param name="facts">What is known of the network.</param>
internal sealed class OutputsSurface(MemberWriter members, string title, NetworkFacts facts)
{
    private const string Rows = Header.RuntimeServices + "OutputRows";
    private const string Span = "global::System.Span<float>";

    private ImmutableArray<OutputFacts> Outputs => facts.Outputs;

    /// <summary>The outputs as parameters, and as arguments.</summary>
    private string Parameters => string.Join(", ", Outputs.Select(output => $"{Span} {Identifier(output)}"));

    private string Arguments => string.Join(", ", Outputs.Select(Identifier));

    public void Write()
    {
        members.Documentation("summary", "Where each output lies in what Predict gives of a sample: a row with all of them, one after the other.");
        members.Class("public static class Outputs", Places);
        foreach (FeatureType features in FeatureType.Of(facts.InputType))
        {
            Predict(features);
        }
    }

    private void Places(MemberWriter places)
    {
        foreach (OutputFacts output in Outputs)
        {
            places.Documentation("summary", $"Where {output.Name} begins in a sample's row.");
            places.Constant($"public const int {output.Stem}Offset", Literals.Int(output.Offset));
            places.Documentation("summary", $"The number of values in {output.Name}{(output.Shape is { } shape ? $", {shape}" : "")}.");
            places.Constant($"public const int {output.Stem}Length", Literals.Int(output.Length));
            if (output.HasLabels)
            {
                places.Documentation("summary", $"The names of the values in {output.Name}, in their order.");
                places.Expression($"public static global::System.Collections.Generic.IReadOnlyList<string> {output.Stem}Labels", $"Compiled.{LabelsEmitter.ClassName}.All");
            }
        }

        places.Documentation("summary", "Takes rows apart, as Predict gives them here or on a GPU. Allocates nothing.");
        places.Documentation("param name=\"rows\"", "n * OutputLength values.");
        DocumentOutputs(places);
        places.Documentation("exception cref=\"global::System.ArgumentException\"", "A length does not fit.", raw: true);
        places.Method(
            $"public static void Split(global::System.ReadOnlySpan<float> rows, {Parameters})",
            [
                $"int samples = {Rows}.Count({Literals.Text(title)}, OutputLength, rows.Length);",
                .. Checks(""),
                .. Outputs.Select(output => $"{Rows}.Copy(rows, OutputLength, {output.Stem}Offset, {output.Stem}Length, {Identifier(output)});"),
            ]);
    }

    private void Predict(FeatureType features)
    {
        InputDocumentation.Write(
            members, features, facts.Input,
            ", each output into memory of its own, and allocates nothing once it has predicted as many. Safe to call from many threads at once.");
        DocumentOutputs(members);
        InputDocumentation.Misfit(members, features, "A length does not fit");
        members.Method(
            $"public void Predict({features.Span} input{features.Quantization}, {Parameters})",
            [
                $"int samples = {Header.RuntimeServices}PredictArguments.Count({Literals.Text(title)}, InputLength, OutputLength, input.Length);",
                .. Checks("Outputs."),
                $"using var rows = new {Rows}(samples, OutputLength);",
                $"Predict(input{features.Passed}, rows.Values);",
                $"Outputs.Split(rows.Values, {Arguments});",
            ]);
    }

    /// <summary>Checks of the outputs' lengths.</summary>
    /// <param name="scope">What stands before the names of constants.</param>
    private IEnumerable<string> Checks(string scope) => Outputs.Select(output =>
        $"{Rows}.Check({Literals.Text(title)}, {Literals.Text(output.Name)}, nameof({Identifier(output)}), samples, {scope}{output.Stem}Length, {Identifier(output)}.Length);");

    private void DocumentOutputs(MemberWriter of)
    {
        foreach (OutputFacts output in Outputs)
        {
            of.Documentation($"param name=\"{output.Parameter}\"", $"n * {output.Stem}Length values{(output.Shape is { } shape ? $", each sample {shape}" : "")}.");
        }
    }

    private static string Identifier(OutputFacts output) => KernelSyntax.Identifier(output.Parameter);
}
