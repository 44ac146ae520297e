using Fused.Generator.Graph;

namespace Fused.Generator.Model;

/// <summary>
/// A model that is not compiled. It gets the members that it would have, so that the code which uses them compiles and the only error is
/// the one that is the model's; each throws and says why.
/// </summary>
/// <param name="Namespace">As it stands in source (<c>Shop.@event</c>), empty for the global namespace.</param>
/// <param name="TypeName">As it stands in source (<c>@class</c>).</param>
/// <param name="ContainingTypes">The types around it, the outermost first.</param>
/// <param name="HintName">The name of the generated file: qualified, unique in the compilation, the same in every run.</param>
/// <param name="HasDocumentation">Whether the user documented the class, so that a generated summary would be a second one.</param>
/// <param name="Reason">What is wrong, without the name of the model.</param>
internal sealed record BrokenModel(
    string Namespace,
    string TypeName,
    EquatableArray<ContainingType> ContainingTypes,
    string HintName,
    bool HasDocumentation,
    string Reason)
    : ModelDeclaration(Namespace, TypeName, ContainingTypes, HintName, HasDocumentation)
{
    /// <summary>What is wrong, in one line of what comments and their XML can hold: it may name what the user called something.</summary>
    public string Reason { get; init; } = string.Concat(Reason.Select((c, i) => IsReadable(Reason, i) ? c : ' '));

    /// <summary>Whether the fault is the compiler's and not the declaration's.</summary>
    public bool IsFailure { get; init; }

    /// <summary>The shape of one sample, where the declaration tells.</summary>
    public Shape? Input { get; init; }

    /// <summary>What one value of the input is, as far as the declaration tells.</summary>
    public InputType InputType { get; init; }

    /// <summary>How the members can be added.</summary>
    public Addition Addition { get; init; }

    /// <summary>What follows <c>partial</c>; a class where the declaration is right about that.</summary>
    public string Keyword { get; init; } = "class";

    /// <summary>Such as <c>&lt;T&gt;</c>; empty where there are none.</summary>
    public string TypeParameters { get; init; } = "";

    /// <summary>What the generated constructor hands to the base class's; null where there is to be none.</summary>
    public string? BaseArguments { get; init; } = "";

    /// <summary>The names of the outputs where the declaration has several, right or wrong, so that there are members for each.</summary>
    public EquatableArray<string> Outputs { get; init; }

    /// <summary>Whether the declaration has labels, right or wrong, so that there are members that use them.</summary>
    public bool HasLabels { get; init; }

    /// <summary>The output that the labels are said to be of.</summary>
    public string? LabeledOutput { get; init; }

    /// <summary>The members that the class declares itself and which are therefore not generated.</summary>
    public EquatableArray<OwnMember> OwnMembers { get; init; }

    public override string Declaration => $"partial {Keyword} {TypeName}{TypeParameters}";

    /// <summary>A model whose declaration can be read, but not compiled.</summary>
    public static BrokenModel Of(ModelSpec spec, string reason) =>
        new(spec.Namespace, spec.TypeName, spec.ContainingTypes, spec.HintName, spec.HasDocumentation, reason)
        {
            Input = spec.Input,
            InputType = spec.InputType,
            Outputs = spec.Outputs.Count > 1 ? spec.Outputs.Select(output => output.Name).ToEquatableArray() : [],
            HasLabels = spec.Labels is not null,
            LabeledOutput = spec.Labels?.Output,
            Surroundings = spec.Surroundings,
        };

    private static bool IsReadable(string text, int i) =>
        !char.IsControl(text[i])
        && text[i] is not ('\u2028' or '\u2029' or '\ufffe' or '\uffff')
        && (!char.IsSurrogate(text[i]) || char.IsSurrogatePair(text, i) || (i > 0 && char.IsSurrogatePair(text, i - 1)));
}

/// <summary>A member of the user's in the place of a generated one.</summary>
/// <param name="Key">Its name, for methods with the types of the parameters: <c>Load(string)</c>.</param>
/// <param name="IsOfInterface">Whether <c>IFusedModel</c> has the member, which is implemented explicitly then.</param>
internal sealed record OwnMember(string Key, bool IsOfInterface);

/// <summary>How members are added to a model that is not compiled.</summary>
internal enum Addition
{
    /// <summary>In another part of the class.</summary>
    Part,

    /// <summary>In another part of a static class, which can have no instances: those are of a nested class.</summary>
    StaticPart,

    /// <summary>As extensions, since there can be no other part.</summary>
    Extensions,

    /// <summary>Not at all.</summary>
    None,
}
