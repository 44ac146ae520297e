using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Parsing;

/// <summary>Reads the arguments of one attribute, and collects what is wrong with them.</summary>
internal sealed class AttributeReader(AttributeData attribute)
{
    private readonly List<Problem> _problems = [];

    /// <summary>The attribute's class without its suffix: <c>Dense</c>.</summary>
    public string Kind { get; } = FusedAttributes.KindOf(attribute);

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The folder of the file that the attribute stands in; empty where there is none.</summary>
    public string Folder => Path.GetDirectoryName(attribute.ApplicationSyntaxReference?.SyntaxTree.FilePath ?? "") ?? "";

    /// <summary>Whether all arguments fit the attribute. Where not, the compiler has said so, and their values mean nothing.</summary>
    public static bool IsBound(AttributeData attribute) =>
        attribute.AttributeConstructor is { } constructor
        && attribute.ConstructorArguments.Length == constructor.Parameters.Length
        && attribute.ConstructorArguments.All(argument => argument.Kind != TypedConstantKind.Error)
        && attribute.NamedArguments.All(argument => argument.Value.Kind != TypedConstantKind.Error);

    public void Report(DiagnosticDescriptor descriptor, string? argument, params string[] messageArguments) =>
        _problems.Add(new Problem(descriptor, [.. messageArguments], argument));

    /// <summary>Whether the attribute gives the argument, by parameter or property name.</summary>
    public bool Has(string argument) => Find(argument) is not null;

    /// <summary>The value of an argument, or the attribute's own default.</summary>
    public T Value<T>(string argument, T otherwise) => Find(argument) is { Value: T value } ? value : otherwise;

    /// <summary>The strings of an argument that is an array of them.</summary>
    public ImmutableArray<string?> Strings(string argument) =>
        Find(argument) is { Kind: TypedConstantKind.Array, IsNull: false } array ? [.. array.Values.Select(value => value.Value as string)] : [];

    /// <summary>A size, by the name that the message gives it.</summary>
    public int Size(string argument, string? called = null)
    {
        int size = Value(argument, 0);
        if (size <= 0)
            Report(Descriptors.SizeNotPositive, argument, called ?? argument, Kind, Numbers.Count(size));

        return size;
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

    private TypedConstant? Find(string argument)
    {
        foreach (KeyValuePair<string, TypedConstant> named in attribute.NamedArguments)
        {
            if (named.Key == argument)
                return named.Value;
        }

        IParameterSymbol? parameter = attribute.AttributeConstructor?.Parameters.FirstOrDefault(p => p.Name == argument);
        return parameter is null ? null : attribute.ConstructorArguments[parameter.Ordinal];
    }
}
