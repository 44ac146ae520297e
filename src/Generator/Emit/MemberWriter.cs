using Fused.Generator.Model;

namespace Fused.Generator.Emit;

/// <summary>
/// Writes the members of a class. Whoever adds one says how it is declared and what it does; all that every generated member has
/// is added here.
/// </summary>
internal class MemberWriter(SourceWriter writer, Surroundings surroundings)
{
    private const string Generated = "[global::System.CodeDom.Compiler.GeneratedCode(\"Fused.Generator\", null)]";

    /// <summary>A tool that measures what tests reach has nothing to say of generated code, and leaves out what is marked so.</summary>
    private const string Uncovered = "[global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]";

    private readonly List<Action> _documentation = [];
    private int _priority;
    private bool _hasMembers;

    protected SourceWriter Writer => writer;

    /// <summary>An XML documentation element of the member that follows.</summary>
    public void Documentation(string element, string text, bool raw = false) => _documentation.Add(() => writer.Documentation(element, text, raw));

    /// <summary>
    /// The member that follows is meant where an argument, such as <c>[1, 2]</c> or <c>default</c>, fits its overloads as well.
    /// Before C# 13 nothing can say so.
    /// </summary>
    /// <param name="priority">Greater than that of the overloads that are meant less; 0 says nothing.</param>
    public void Prefer(int priority) => _priority = surroundings.Language >= Language.CSharp13 ? priority : 0;

    /// <summary>A constant.</summary>
    /// <param name="declaration">Such as <c>public const int InputLength</c>.</param>
    /// <param name="value">Its value.</param>
    public virtual void Constant(string declaration, string value)
    {
        if (Begin(Member.Of(declaration), isCode: false) is { } line)
        {
            writer.Line($"{line} = {value};");
        }
    }

    /// <summary>A field.</summary>
    /// <param name="declaration">Such as <c>private readonly Compiled _compiled</c>.</param>
    public void Field(string declaration)
    {
        if (Begin(Member.Of(declaration), isCode: false) is { } line)
        {
            writer.Line($"{line};");
        }
    }

    /// <summary>A constructor.</summary>
    /// <param name="declaration">Such as <c>private Head(Compiled compiled)</c>.</param>
    /// <param name="body">The statements.</param>
    public void Constructor(string declaration, params string[] body)
    {
        Attributes(isCode: true);
        Block(declaration, body);
    }

    /// <summary>A method, or a property without a setter, that is an expression.</summary>
    /// <param name="declaration">Such as <c>public static Head Load(string path)</c>.</param>
    /// <param name="body">The expression.</param>
    public virtual void Expression(string declaration, string body) => Expression(Member.Of(declaration), body);

    /// <summary>A method of several lines.</summary>
    /// <param name="declaration">Such as <c>public float[] Predict(global::System.ReadOnlySpan&lt;float&gt; input)</c>.</param>
    /// <param name="body">The lines.</param>
    public virtual void Method(string declaration, params string[] body)
    {
        if (Begin(Member.Of(declaration), isCode: true) is { } line)
        {
            Block(line, body);
        }
    }

    /// <summary>A property with a setter.</summary>
    /// <param name="declaration">Such as <c>public global::Fused.FusedOptions Options</c>.</param>
    /// <param name="get">The expression that it gives.</param>
    /// <param name="set">The expression that sets it.</param>
    public virtual void Property(string declaration, string get, string set)
    {
        if (Begin(Member.Of(declaration), isCode: true) is { } line)
        {
            Block(line, $"get => {get};", $"set => {set};");
        }
    }

    /// <summary>A class for others, inside the class.</summary>
    /// <param name="declaration">Such as <c>public static class Outputs</c>.</param>
    /// <param name="write">Writes its members.</param>
    public void Class(string declaration, Action<MemberWriter> write)
    {
        if (Begin(Member.Of(declaration), isCode: true) is { } line)
        {
            using (writer.Open(line))
            {
                write(Inside());
            }
        }
    }

    /// <summary>What implements an interface's member and is no member of the class's own.</summary>
    /// <param name="face">The interface.</param>
    /// <param name="declaration">The member as if it were the class's, such as <c>public static int InputLength</c>.</param>
    /// <param name="body">The expression.</param>
    public virtual void Implementation(string face, string declaration, string body)
    {
        Attributes(isCode: true);
        writer.Line($"{Member.Of(declaration).Implementing(face).Declaration} => {body};");
    }

    /// <summary>Writes what stands before a nested class, and opens the class.</summary>
    /// <param name="modifiers">Its modifiers.</param>
    /// <param name="name">Its name.</param>
    /// <param name="bases">What follows its name.</param>
    public SourceWriter.Block Nested(string modifiers, string name, string bases = "")
    {
        string hides = surroundings.Inherited.Any(inherited => inherited.Key == name) ? "new " : "";
        Attributes(isCode: true);
        return writer.Open($"{hides}{modifiers} class {name}{bases}");
    }

    protected void Expression(Member member, string body)
    {
        if (Begin(member, isCode: true) is { } line)
        {
            writer.Line($"{line} => {body};");
        }
    }

    /// <summary>Writes the members of a class inside the class, which inherits nothing.</summary>
    protected virtual MemberWriter Inside() => new(writer, surroundings with { Inherited = [] });

    /// <summary>How a member is declared here; null where it is not.</summary>
    protected virtual Member? Place(Member member)
    {
        InheritedMember? inherited = surroundings.Inherited.FirstOrDefault(inherited => inherited.Key == member.Key);
        if (inherited is null)
        {
            return member;
        }

        // An override is preferred where what it overrides is; it cannot say so itself.
        _priority = inherited.IsOverridden ? 0 : _priority;
        string[] modifiers = member.Modifiers.Split(' ');
        return member with { Modifiers = string.Join(" ", [modifiers[0], inherited.IsOverridden ? "override" : "new", .. modifiers.Skip(1)]) };
    }

    /// <summary>Writes the documentation and the attributes of a member, and gives its declaration; null where it has no place.</summary>
    private string? Begin(Member member, bool isCode)
    {
        Member? placed = Place(member);
        if (placed is null)
        {
            _documentation.Clear();
            _priority = 0;
            return null;
        }

        Attributes(isCode);
        return placed.Declaration;
    }

    /// <summary>Writes all that stands before a member's declaration, and a line that parts it from the member before.</summary>
    private void Attributes(bool isCode)
    {
        if (_hasMembers)
        {
            writer.Line();
        }

        _hasMembers = true;
        foreach (Action line in _documentation)
        {
            line();
        }

        writer.Line(Generated);
        if (isCode)
        {
            writer.Line(Uncovered);
        }

        if (_priority > 0)
        {
            writer.Line($"[global::System.Runtime.CompilerServices.OverloadResolutionPriority({Literals.Int(_priority)})]");
        }

        _documentation.Clear();
        _priority = 0;
    }

    private void Block(string declaration, params string[] body)
    {
        using (writer.Open(declaration))
        {
            writer.Lines(body);
        }
    }
}
