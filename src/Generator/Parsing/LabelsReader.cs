using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Model;

namespace Fused.Generator.Parsing;

/// <summary>Reads the labels of the outputs, or the name of the file that has them, from their attribute.</summary>
internal static class LabelsReader
{
    private const string File = "File";

    /// <summary>The output whose values they name, where the attribute says it.</summary>
    public static string? OutputOf(AttributeReader attribute) => attribute.Value<string?>("Output", null);

    public static LabelsSpec Read(AttributeReader attribute)
    {
        ImmutableArray<string?> labels = attribute.Strings("labels");
        string? file = attribute.Value<string?>(File, null);
        int blank = labels.TakeWhile(label => !string.IsNullOrWhiteSpace(label)).Count();
        if (file is not null && string.IsNullOrWhiteSpace(file))
            attribute.Report(Descriptors.InvalidLabels, File, "names no file");
        else if (file is not null && !labels.IsEmpty)
            attribute.Report(Descriptors.InvalidLabels, File, "lists labels and names a file: give one or the other");
        else if (file is null && labels.IsEmpty)
            attribute.Report(Descriptors.InvalidLabels, null, "lists no label and names no file");
        else if (blank < labels.Length)
            attribute.Report(Descriptors.InvalidLabels, null, "has nothing as label " + Numbers.Count(blank + 1));

        return new LabelsSpec(labels.OfType<string>().ToEquatableArray(), file, attribute.Folder) { Output = OutputOf(attribute) };
    }
}
