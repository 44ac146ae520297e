using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Fused.Generator.Parsing;

/// <summary>
/// Reads labels from the file that a declaration names. A compiler's plug-in opens no files: it takes those that the project gives to the
/// compiler as additional ones, and finds the named one among them.
/// </summary>
internal static class LabelFiles
{
    private const string At = "File";

    /// <summary>The model with the labels of the file that it names, or with what is wrong with that.</summary>
    /// <param name="model">The model.</param>
    /// <param name="files">The files that the compiler is given.</param>
    /// <param name="project">The project's folder; empty where that is not known.</param>
    public static (ModelSpec Model, Problem? Problem) Read(
        ModelSpec model, ImmutableArray<AdditionalText> files, string project, CancellationToken cancellation)
    {
        if (model.Labels is not { } labels)
            return (model, null);

        (LabelsSpec read, Problem? problem) = Read(labels, files, project, cancellation);
        return (model with { Labels = read }, problem);
    }

    private static (LabelsSpec Labels, Problem? Problem) Read(
        LabelsSpec labels, ImmutableArray<AdditionalText> files, string project, CancellationToken cancellation)
    {
        if (labels.File is not { } name)
            return (labels, null);

        ImmutableArray<AdditionalText> found = Find(name, labels.Folder, project, files);
        if (found.Length != 1)
            return (labels, found.IsEmpty ? Missing(name) : Ambiguous(name, found, project));

        if (found[0].GetText(cancellation) is not { } text)
            return (labels, new Problem(Descriptors.LabelFileMissing, [name, "cannot be read"], At));

        ImmutableArray<string> lines = Lines(text);
        int blank = lines.IndexOf("");
        string? fault = lines.IsEmpty ? $"finds none in '{name}'" : blank >= 0 ? $"finds nothing in line {Numbers.Count(blank + 1)} of '{name}'" : null;
        return fault is null
            ? (labels with { Labels = lines.ToEquatableArray(), File = null }, null)
            : (labels, new Problem(Descriptors.InvalidLabels, [fault], At));
    }

    /// <summary>The lines without the white space around them, up to the last that has something else.</summary>
    private static ImmutableArray<string> Lines(SourceText text)
    {
        string[] lines = [.. text.Lines.Select(line => line.ToString().Trim())];
        int last = Array.FindLastIndex(lines, line => line.Length > 0);
        return [.. lines.Take(last + 1)];
    }

    /// <summary>
    /// The file that stands where the name says, from the declaration's folder or the project's; else those whose paths end with the name.
    /// Letters that differ in case count only where no others do.
    /// </summary>
    private static ImmutableArray<AdditionalText> Find(string name, string folder, string project, ImmutableArray<AdditionalText> files)
    {
        (string Path, AdditionalText File)[] candidates =
            [.. files.GroupBy(file => Normalized(file.Path), StringComparer.Ordinal).Select(same => (same.Key, same.First()))];
        string[] places = [Normalized($"{folder}/{name}"), Normalized($"{project}/{name}"), Normalized(name)];
        foreach (StringComparison comparison in new[] { StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase })
        {
            foreach (string place in places)
            {
                if (candidates.Where(candidate => candidate.Path.Equals(place, comparison)).Select(candidate => candidate.File).FirstOrDefault() is { } file)
                    return [file];
            }

            ImmutableArray<AdditionalText> named =
                [.. candidates.Where(candidate => candidate.Path.EndsWith("/" + Normalized(name), comparison)).Select(candidate => candidate.File)];
            if (!named.IsEmpty)
                return named;
        }

        return [];
    }

    /// <summary>A path with slashes, and without the parts that are a point or are taken back by two points.</summary>
    private static string Normalized(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Split('/', '\\'))
        {
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] is not ("" or ".."))
                parts.RemoveAt(parts.Count - 1);
            else if (part != "." && (part.Length > 0 || parts.Count == 0))
                parts.Add(part);
        }

        return string.Join("/", parts);
    }

    private static Problem Missing(string name) => new(
        Descriptors.LabelFileMissing,
        [name, $"is not among the files that the compiler is given: put <AdditionalFiles Include=\"{name}\" /> into an ItemGroup of the project file"],
        At);

    private static Problem Ambiguous(string name, ImmutableArray<AdditionalText> found, string project)
    {
        string[] paths = [.. found.Select(file => Shown(file.Path, project)).OrderBy(path => path, StringComparer.Ordinal)];
        return new Problem(Descriptors.LabelFileAmbiguous, [name, paths[0], paths[1]], At);
    }

    /// <summary>A path from the project's folder on.</summary>
    private static string Shown(string path, string project)
    {
        string whole = Normalized(path), folder = Normalized(project).TrimEnd('/') + "/";
        return project.Length > 0 && whole.StartsWith(folder, StringComparison.Ordinal) ? whole.Substring(folder.Length) : whole;
    }
}
