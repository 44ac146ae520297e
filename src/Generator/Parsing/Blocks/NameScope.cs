using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.Inference;

namespace Fused.Generator.Parsing;

/// <summary>
/// The names that can be read in a model, or in the use of a block: those of its members, and behind a use's name and a point those inside the
/// use. Nothing outside a block can be read in it but its input.
/// </summary>
internal sealed class NameScope
{
    private readonly ImmutableArray<Member> _members;
    private readonly bool _isBlock;
    private readonly string? _use;

    /// <summary>By name, the layer whose output it means.</summary>
    private readonly Dictionary<string, string> _outputs = new(StringComparer.Ordinal);

    /// <param name="members">The members of the model or block.</param>
    /// <param name="isBlock">Which of the two it is.</param>
    /// <param name="use">The whole name of the use; null in a model, and in a block that is read for its own sake.</param>
    /// <param name="input">The layer whose output is called <c>input</c>.</param>
    /// <param name="from">The same where it is not the one before; null where it is.</param>
    public NameScope(ImmutableArray<Member> members, bool isBlock, string? use, string input, string? from)
    {
        _members = members;
        _isBlock = isBlock;
        _use = use;
        Input = input;
        From = from;
        Names = NamesOf(members);
    }

    public string Input { get; }

    public string? From { get; }

    /// <summary>The names of the members.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The name of a member in the network.</summary>
    public string WholeName(int member) => Joined(_use, Names[member]);

    /// <summary>The layer whose output a name means; null where it means none.</summary>
    public string? LayerOf(string name) => _outputs.TryGetValue(name, out string? output) ? output : null;

    /// <summary>The layer that a member's name means; null, and why, where it is none before the member.</summary>
    /// <param name="member">The member that reads it.</param>
    /// <param name="source">Which of its names it is.</param>
    /// <param name="problem">What is wrong.</param>
    public string? Resolve(int member, int source, out Problem? problem)
    {
        string name = _members[member].From[source], kind = _members[member].Kind;
        bool isNamed = _outputs.TryGetValue(name, out string? output);
        problem = name == Layer.NetworkInput && isNamed
                ? SourceNames.Ambiguous(kind, Math.Max(0, Names.IndexOf(name)), _members[Math.Max(0, Names.IndexOf(name))].Kind, source, _isBlock ? "block" : "network")
            : name != Layer.NetworkInput && !isNamed ? SourceNames.Unknown(kind, name, member, Names, source)
            : null;
        return problem is not null ? null : isNamed ? output : Input;
    }

    /// <summary>Makes a member's name known to those behind it.</summary>
    /// <param name="member">The member.</param>
    /// <param name="output">The layer whose output the name means.</param>
    /// <param name="inside">For a use, the names inside it.</param>
    public void Add(int member, string output, NameScope? inside = null)
    {
        Add(Names[member], output);
        foreach (KeyValuePair<string, string> inner in inside?._outputs ?? [])
            Add(Joined(Names[member], inner.Key), inner.Value);
    }

    /// <summary>
    /// Members of one name, as files spell names. In a model layers are compared where all of them are known, those of blocks as well; here the
    /// uses, which are in no file.
    /// </summary>
    public IEnumerable<(int Member, Problem Problem)> Duplicates()
    {
        foreach (var (i, first, problem) in LayerNames.Duplicates(Names, member => _members[member].Kind))
        {
            bool hasUse = _members[i].Layer is null || _members[first].Layer is null;
            if (hasUse ? Names[i].Length > 0 : _isBlock)
                yield return (i, problem);
        }
    }

    /// <summary>Uses are counted by themselves, for layers are called what they are called without them.</summary>
    private static ImmutableArray<string> NamesOf(ImmutableArray<Member> members)
    {
        var layers = new Queue<string>(Of(isUse: false));
        var uses = new Queue<string>(Of(isUse: true));
        return [.. members.Select(member => (member.Use is null ? layers : uses).Dequeue())];

        ImmutableArray<string> Of(bool isUse) =>
            LayerNames.Of(members.Where(member => member.Use is not null == isUse).Select(member => (member.DeclaredName, member.DefaultName)));
    }

    private void Add(string name, string output)
    {
        if (!_outputs.ContainsKey(name))
            _outputs.Add(name, output);
    }

    private static string Joined(string? use, string name) =>
        string.IsNullOrEmpty(use) ? name : name.Length == 0 ? use! : $"{use}.{name}";
}
