using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Parsing;

/// <summary>Reads the arguments of one attribute, and collects what is wrong with them.</summary>
/// <param name="arguments">The arguments; their values are known.</param>
internal sealed class AttributeReader(AttributeArguments arguments)
{
    private readonly List<Problem> _problems = [];

    /// <summary>The attribute's class without its suffix: <c>Dense</c>.</summary>
    public string Kind { get; } = FusedAttributes.KindOf(arguments.Attribute);

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The folder of the file that the attribute stands in; empty where there is none.</summary>
    public string Folder => Path.GetDirectoryName(arguments.Attribute.ApplicationSyntaxReference?.SyntaxTree.FilePath ?? "") ?? "";

    public void Report(DiagnosticDescriptor descriptor, string? argument, params string[] messageArguments) =>
        _problems.Add(new Problem(descriptor, [.. messageArguments], argument));

    public void Report(Problem problem) => _problems.Add(problem);

    /// <summary>Whether the attribute gives the argument, by parameter or property name.</summary>
    public bool Has(string argument) => arguments.Values.ContainsKey(argument);

    /// <summary>The value of an argument, or the attribute's own default.</summary>
    public T Value<T>(string argument, T otherwise) => arguments.Values.TryGetValue(argument, out object? given) && given is T value ? value : otherwise;

    /// <summary>The strings of an argument that is an array of them.</summary>
    public ImmutableArray<string?> Strings(string argument) =>
        [.. Value<ImmutableArray<object?>>(argument, []).Select(value => value as string)];

    /// <summary>The values of an argument that is one or an array of them.</summary>
    public ImmutableArray<T> List<T>(string argument) =>
        Value<object?>(argument, null) is T value ? [value] : [.. Value<ImmutableArray<object?>>(argument, []).OfType<T>()];

    /// <summary>A size, by the name that the message gives it.</summary>
    public int Size(string argument, string? called = null)
    {
        int size = Value(argument, 0);
        if (size <= 0)
            Report(Descriptors.SizeNotPositive, argument, called ?? argument, Kind, Numbers.Count(size));

        return size;
    }

    /// <summary>An integer between bounds; the default of one that must be given is 0, and wrong.</summary>
    public int Count(string argument, int otherwise = 0, int least = 1, int most = Limits.MaxWindow)
    {
        int count = Value(argument, otherwise);
        if (least == 1 && count < least)
            Report(Descriptors.SizeNotPositive, argument, argument, Kind, Numbers.Count(count));
        else if (count < least)
            Report(Descriptors.OutOfRange, argument, argument, Kind, "0 or more", Numbers.Count(count));
        else if (count > most)
            Report(Descriptors.OutOfRange, argument, argument, Kind, $"at most {Numbers.Count(most)}", Numbers.Count(count));

        return count;
    }

    /// <summary>A number in a range, which the text describes.</summary>
    public double Number(string argument, double otherwise, Func<double, bool> isInRange, string range)
    {
        double number = Value(argument, otherwise);
        if (!isInRange(number))
            Report(Descriptors.OutOfRange, argument, argument, Kind, range, Numbers.Value(number));

        return number;
    }

    /// <summary>A member of an enumeration of the compiler's that mirrors one of the runtime's; its default is 0 on both sides.</summary>
    public T Member<T>(string argument)
        where T : struct, Enum
    {
        int value = Value(argument, 0);
        if (!Enum.IsDefined(typeof(T), value))
            Report(Descriptors.UndefinedValue, argument, argument, Kind, Numbers.Count(value));

        return (T)(object)value;
    }
}
