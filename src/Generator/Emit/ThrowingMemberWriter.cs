using Fused.Generator.Model;

namespace Fused.Generator.Emit;

/// <summary>Writes the members of a model that is not compiled: they are declared as those of others, and throw.</summary>
/// <param name="writer">Where to.</param>
/// <param name="model">The model.</param>
/// <param name="self">The class as other code refers to it.</param>
/// <param name="isIncluded">Which members are to be written.</param>
internal sealed class ThrowingMemberWriter(SourceWriter writer, BrokenModel model, string self, Func<Member, bool> isIncluded)
    : MemberWriter(writer, model.Surroundings)
{
    private readonly string _throw = $"throw new global::System.InvalidOperationException({Literals.Text(Message(model))})";

    /// <summary>What whoever calls a member is told.</summary>
    public static string Message(BrokenModel model) =>
        $"The model '{model.Title}' is not compiled: {model.Reason}{(model.IsFailure ? "" : " Mend its declaration and build again.")}";

    /// <summary>A constant, which code may need to compile; an extension can only be a property.</summary>
    public override void Constant(string declaration, string value)
    {
        if (model.Addition == Addition.Extensions)
        {
            Expression(Member.Of(declaration) with { Modifiers = "public static" }, value);
        }
        else
        {
            base.Constant(declaration, value);
        }
    }

    public override void Expression(string declaration, string body) => base.Expression(declaration, _throw);

    public override void Method(string declaration, params string[] body) => base.Expression(declaration, _throw);

    public override void Property(string declaration, string get, string set) => base.Property(declaration, _throw, _throw);

    public override void Implementation(string face, string declaration, string body) => base.Implementation(face, declaration, _throw);

    protected override MemberWriter Inside() => new ThrowingMemberWriter(
        Writer, model with { OwnMembers = [], Surroundings = model.Surroundings with { Inherited = [] } }, self, _ => true);

    protected override Member? Place(Member member)
    {
        // Extensions can have no classes in them.
        if (!isIncluded(member) || (member.IsClass && model.Addition == Addition.Extensions))
        {
            return null;
        }

        OwnMember? own = model.OwnMembers.FirstOrDefault(own => own.Key == member.Key || own.Key == member.Name);
        Member known = model.Surroundings.Language < Language.CSharp8 ? WithoutAnnotations(member) : member;
        return own is null ? base.Place(known)
            : own.IsOfInterface && !member.IsConstant && BrokenEmitter.ImplementsInterface(model) ? known.Implementing(ModelSurface.Interface(self))
            : null;
    }

    /// <summary>Types that are not said to be null or not; no type of a member's but a reference's may be null.</summary>
    private static Member WithoutAnnotations(Member member) => member with { Type = member.Type.Replace("?", ""), Parameters = member.Parameters?.Replace("?", "") };
}
