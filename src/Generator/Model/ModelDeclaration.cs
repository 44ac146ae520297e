namespace Fused.Generator.Model;

/// <summary>
/// What is known of a model's class, whether its declaration is right, a <see cref="ModelSpec"/>, or wrong, a <see cref="BrokenModel"/>. It is
/// the only value that the generator keeps between two keystrokes, so it is equal whenever the declaration means the same: it holds no symbol
/// and no syntax, which would keep whole compilations alive, and no location, which the edit of a comment above the class would change.
/// </summary>
/// <param name="Namespace">As it stands in source (<c>Shop.@event</c>), empty for the global namespace.</param>
/// <param name="TypeName">As it stands in source (<c>@class</c>).</param>
/// <param name="ContainingTypes">The types around it, the outermost first.</param>
/// <param name="HintName">The name of the generated file: qualified, unique in the compilation, the same in every run.</param>
/// <param name="HasDocumentation">Whether the user documented the class, so that a generated summary would be a second one.</param>
internal abstract record ModelDeclaration(
    string Namespace, string TypeName, EquatableArray<ContainingType> ContainingTypes, string HintName, bool HasDocumentation)
{
    /// <summary>What around the class changes how the code is written.</summary>
    public Surroundings Surroundings { get; init; } = Surroundings.Plain;

    /// <summary>How another part of the class begins.</summary>
    public virtual string Declaration => $"partial class {TypeName}";

    /// <summary>The class's name as people know it.</summary>
    public string Title => TypeName.TrimStart('@');
}

/// <summary>A type around the model, which the generated file opens again.</summary>
/// <param name="Keyword">What follows <c>partial</c>: <c>class</c>, <c>struct</c>, <c>interface</c>, <c>record</c>, <c>record struct</c>.</param>
/// <param name="Name">As it stands in source (<c>@class</c>), with its type parameters.</param>
internal sealed record ContainingType(string Keyword, string Name)
{
    /// <summary>The whole line, such as <c>partial class Outer</c>.</summary>
    public string Declaration => $"partial {Keyword} {Name}";
}
