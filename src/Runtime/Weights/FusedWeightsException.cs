using System.Globalization;

namespace Fused;

/// <summary>A file's tensors do not fit, or the file is malformed. All that is wrong is listed at once.</summary>
public sealed class FusedWeightsException : Exception
{
    internal FusedWeightsException(
        FileLabel file, IReadOnlyList<string> problems, IReadOnlyList<TensorSpec>? expected = null, Exception? inner = null)
        : base(Describe(file, problems, expected), inner)
    {
        Path = file.Path;
        Problems = problems;
    }

    private FusedWeightsException(string message, string path, string problem)
        : base(message)
    {
        Path = path;
        Problems = [problem];
    }

    /// <summary>The file, as the caller named it; empty where the weights came from none that has a name.</summary>
    public string Path { get; }

    /// <summary>Everything that is wrong, one sentence each; at least one.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>A weight that a narrow type cannot hold; <paramref name="value"/> has what is folded into it.</summary>
    internal static FusedWeightsException NotStorable(string? path, WeightType type, TensorSpec kernel, int row, int output, double value)
    {
        // A convolution's row is a place in its window and an input; a phase of a transposed one has rows of its own.
        string place = kernel.Shape.Length == 2 ? "input" : "row";
        string problem = string.Create(
            CultureInfo.InvariantCulture, $"the weight of '{kernel.Name}' for {place} {row} and output {output} is {value:R}, which {type} cannot hold");
        return new FusedWeightsException(
            (path is null ? "The weights" : $"The weights of '{path}'") + $" cannot be stored as {type}:" + Bullets([problem]), path ?? "", problem);
    }

    private static string Describe(FileLabel file, IReadOnlyList<string> problems, IReadOnlyList<TensorSpec>? expected)
    {
        string verdict = expected is null ? "cannot be read" : "does not fit the model";
        string message = $"{file.Subject} {verdict}:" + Bullets(problems);
        return expected is not { Count: > 0 } ? message : message + "\nThe model expects:" + Bullets(expected);
    }

    private static string Bullets<T>(IEnumerable<T> lines) => string.Concat(lines.Select(line => $"\n  - {line}"));
}
