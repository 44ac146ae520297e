namespace Fused.Generator.Emit;

/// <summary>
/// Writes members of a model's class. Whoever adds one says how it is declared and what it does; all that every generated member has
/// is added here.
/// </summary>
internal sealed class MemberWriter(SourceWriter writer)
{
    /// <summary>An XML documentation element of the member that follows.</summary>
    public void Documentation(string element, string text, bool raw = false) => writer.Documentation(element, text, raw);

    /// <summary>A constant.</summary>
    /// <param name="declaration">Such as <c>public const int InputLength</c>.</param>
    /// <param name="value">Its value.</param>
    public void Constant(string declaration, string value)
    {
        writer.Line($"{declaration} = {value};");
        writer.Line();
    }

    /// <summary>A method, or a property without a setter, that is an expression.</summary>
    /// <param name="declaration">Such as <c>public static Head Load(string path)</c>.</param>
    /// <param name="body">The expression.</param>
    public void Expression(string declaration, string body)
    {
        writer.Line($"{declaration} => {body};");
        writer.Line();
    }

    /// <summary>A method of several lines.</summary>
    /// <param name="declaration">Such as <c>public float[] Predict(global::System.ReadOnlySpan&lt;float&gt; input)</c>.</param>
    /// <param name="body">The lines.</param>
    public void Method(string declaration, params string[] body)
    {
        using (writer.Open(declaration))
        {
            writer.Lines(body);
        }

        writer.Line();
    }

    /// <summary>A property with a setter.</summary>
    /// <param name="declaration">Such as <c>public global::Fused.FusedOptions Options</c>.</param>
    /// <param name="get">The expression that it gives.</param>
    /// <param name="set">The expression that sets it.</param>
    public void Property(string declaration, string get, string set)
    {
        using (writer.Open(declaration))
        {
            writer.Line($"get => {get};");
            writer.Line($"set => {set};");
        }

        writer.Line();
    }
}
