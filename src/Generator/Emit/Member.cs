using System.Text.RegularExpressions;

namespace Fused.Generator.Emit;

/// <summary>What declares a member, without what the member does.</summary>
/// <param name="Modifiers">Such as <c>public static</c>.</param>
/// <param name="Type">What it gives; in full, as all types of generated code.</param>
/// <param name="Name">Its name; of what implements a member of an interface explicitly, with that interface.</param>
/// <param name="Parameters">What stands between the parentheses; null for what is no method.</param>
internal sealed record Member(string Modifiers, string Type, string Name, string? Parameters)
{
    private static readonly Regex Form = new(
        @"^(?<modifiers>(?:(?:public|private|static|readonly|const) )+)(?<type>\S.*?) (?<name>@?\w+)(?:\((?<parameters>.*)\))?$", RegexOptions.CultureInvariant);

    public bool IsStatic => IsConstant || Modifiers.Split(' ').Contains("static");

    public bool IsConstant => Modifiers.Split(' ').Contains("const");

    public bool IsClass => Type == "class";

    /// <summary>What tells it from other members: its name, for methods with the types of the parameters, such as <c>Load(string)</c>.</summary>
    public string Key => Parameters is null ? Name : $"{Name}({string.Join(", ", Split(Parameters).Select(TypeOf))})";

    /// <summary>The line that declares it.</summary>
    public string Declaration => $"{Modifiers}{(Modifiers.Length == 0 ? "" : " ")}{Type} {Name}{(Parameters is null ? "" : $"({Parameters})")}";

    /// <summary>Takes a declaration apart, such as <c>public static Head Load(string path)</c>.</summary>
    public static Member Of(string declaration)
    {
        Match match = Form.Match(declaration);
        if (!match.Success)
        {
            throw new ArgumentException($"'{declaration}' declares no member.", nameof(declaration));
        }

        Group parameters = match.Groups["parameters"];
        return new Member(
            match.Groups["modifiers"].Value.TrimEnd(), match.Groups["type"].Value, match.Groups["name"].Value, parameters.Success ? parameters.Value : null);
    }

    /// <summary>The same as the explicit implementation of an interface's member.</summary>
    public Member Implementing(string face) => this with
    {
        Modifiers = IsStatic ? "static" : "",
        Name = face + "." + Name,
        Parameters = Parameters is null ? null : string.Join(", ", Split(Parameters).Select(WithoutDefault)),
    };

    private static string WithoutDefault(string parameter)
    {
        int value = parameter.IndexOf(" = ", StringComparison.Ordinal);
        return value < 0 ? parameter : parameter.Substring(0, value);
    }

    /// <summary>The type of a parameter, whether or not it may be null.</summary>
    private static string TypeOf(string parameter)
    {
        string declared = WithoutDefault(parameter);
        return declared.Substring(0, declared.LastIndexOf(' ')).TrimEnd('?');
    }

    /// <summary>The parameters, between the commas that stand in no type's arguments.</summary>
    private static IEnumerable<string> Split(string parameters)
    {
        int depth = 0, start = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            depth += parameters[i] switch { '<' or '(' => 1, '>' or ')' => -1, _ => 0 };
            if (parameters[i] == ',' && depth == 0)
            {
                yield return parameters.Substring(start, i - start).Trim();
                start = i + 1;
            }
        }

        if (start < parameters.Length)
        {
            yield return parameters.Substring(start).Trim();
        }
    }
}
