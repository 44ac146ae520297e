using Fused.Generator.Model;

namespace Fused.Generator.Emit;

/// <summary>
/// Writes the file with a model's labels, of which there may be many, apart from what there is to read about the model. They are in a class of
/// their own, so that only who asks for them has them made.
/// </summary>
internal static class LabelsEmitter
{
    /// <summary>The class inside the compiled model.</summary>
    public const string ClassName = "OutputLabels";

    public static string Emit(ModelSpec spec, LabelsSpec labels)
    {
        var writer = new SourceWriter();
        Header.Write(writer, spec, isKernels: false, [$"The names of the outputs of {spec.TypeName}."]);
        using (Header.OpenModel(writer, spec))
        using (writer.Open("private sealed partial class Compiled"))
        {
            writer.Documentation("summary", "The names of the outputs, in their order.");
            using (writer.Open($"public static class {ClassName}"))
            {
                writer.Line("public static readonly global::System.Collections.Generic.IReadOnlyList<string> All =");
                writer.Line("[");
                foreach (string label in labels.Labels)
                {
                    writer.Line($"    {Literals.Text(label)},");
                }

                writer.Line("];");
            }
        }

        return writer.ToString();
    }
}
