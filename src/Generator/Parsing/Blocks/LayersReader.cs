using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Parsing;

/// <summary>
/// Reads the layers of a model, or of a block for its own sake. The layers of the blocks that it uses stand in the places of the uses, with whole names, so that
/// what comes out is a network as if it had been written layer by layer.
/// </summary>
/// <param name="root">The model or block.</param>
/// <param name="constants">Reads the attributes.</param>
/// <param name="cancellation">Whether to go on.</param>
internal sealed class LayersReader(INamedTypeSymbol root, ModelConstants constants, CancellationToken cancellation)
{
    /// <summary>How many blocks may stand in one another: a bound for the stack.</summary>
    private const int MaxDepth = 64;

    private readonly Compilation _compilation = ((ISourceAssemblySymbol)root.ContainingAssembly).Compilation;
    private readonly List<(BlockUse Use, BlockBody Body)> _bodies = [];
    private readonly ImmutableArray<Layer>.Builder _layers = ImmutableArray.CreateBuilder<Layer>();
    private readonly ImmutableArray<LayerOrigin>.Builder _origins = ImmutableArray.CreateBuilder<LayerOrigin>();
    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>What is wrong inside the use that is being read, and with which layer.</summary>
    private readonly List<(string Layer, Problem Problem)> _inside = [];

    /// <summary>The names of the root's members, and of what is inside them.</summary>
    private NameScope? _names;

    /// <summary>The name of the layer that was read last.</summary>
    private string _last = Layer.NetworkInput;

    private int _count;

    /// <summary>The layers in order; some are missing where there are diagnostics.</summary>
    public ImmutableArray<Layer> Layers => _layers.ToImmutable();

    /// <summary>Where each is declared.</summary>
    public ImmutableArray<LayerOrigin> Origins => _origins.ToImmutable();

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Whether an argument of a block has an error that the C# compiler reports.</summary>
    public bool IsMisread { get; private set; }

    /// <summary>Whether an argument of a block needs a constant of a model that is not compiled.</summary>
    public bool IsUnknown { get; private set; }

    /// <summary>The layer that a name in the root means, once it is read: a use's means its last one. The name itself where it means nothing.</summary>
    public string LayerOf(string name) => _names?.LayerOf(name) ?? name;

    /// <summary>Reads the layers.</summary>
    /// <param name="attributes">The root's attributes of layers; their arguments are known.</param>
    public void Read(IEnumerable<AttributeArguments> attributes)
    {
        bool isBlock = root.GetAttributes().Any(FusedAttributes.IsBlock);
        var members = ImmutableArray.CreateBuilder<Member>();
        foreach (AttributeArguments arguments in attributes)
        {
            Member member = MemberReader.Read(arguments, _compilation, place: null, out IReadOnlyList<Problem> problems);
            _diagnostics.AddRange(problems.Select(problem => problem.ToDiagnostic(AttributePlace.Of(member.Attribute, problem))));
            members.Add(member);
        }

        _names = new NameScope(members.ToImmutable(), isBlock, use: null, Layer.NetworkInput, from: null);
        Expand(members.ToImmutable(), _names, isBlock ? [root] : [], use: null);
    }

    /// <summary>Reads members in order.</summary>
    /// <param name="members">The members of the root or of a block.</param>
    /// <param name="scope">Their names.</param>
    /// <param name="path">The blocks that they are in, from the outside in; the root, if it is a block, first.</param>
    /// <param name="use">The use in the root that they are in; null for the root's own.</param>
    private void Expand(ImmutableArray<Member> members, NameScope scope, ImmutableArray<INamedTypeSymbol> path, LayerOrigin? use)
    {
        foreach ((int member, Problem problem) in scope.Duplicates())
            Report(problem, scope.WholeName(member), members[member].Attribute, use);

        // A model without blocks is read as it is written; its names are looked up with its shapes.
        bool isResolved = !path.IsEmpty || members.Any(member => FusedAttributes.IsUse(member.Attribute));
        for (int i = 0; i < members.Length && !IsFull(members[i], use); i++)
        {
            Member member = members[i];
            string name = scope.WholeName(i);
            EquatableArray<string> from = isResolved ? Resolved(member, i, scope, use) : member.From;
            if (member.Layer is { } layer)
            {
                Add(layer, from, name, scope, i, use ?? new LayerOrigin(member.Attribute));
                scope.Add(i, name);
            }
            else
            {
                Enter(member, i, name, from, scope, path, use);
            }
        }
    }

    private void Add(Layer layer, EquatableArray<string> from, string name, NameScope scope, int member, LayerOrigin origin)
    {
        // What is not read from the layer before has to be named, and so has a layer that is not called as it is declared.
        EquatableArray<string> sources = member == 0 && scope.From is { } first && layer.ReadsBefore ? [first, .. from] : from;
        _layers.Add(layer with { From = sources, DeclaredName = origin.Use is null ? layer.DeclaredName : name });
        _origins.Add(origin.Use is null ? origin : origin with { Name = name });
        _last = name;
    }

    /// <summary>Reads the block that a member uses.</summary>
    private void Enter(
        Member member, int place, string name, EquatableArray<string> from, NameScope scope, ImmutableArray<INamedTypeSymbol> path, LayerOrigin? use)
    {
        LayerOrigin origin = use ?? new LayerOrigin(member.Attribute, new UseName(member.Use?.Block.Name ?? "", name), name);
        string? source = from.Count > 0 ? from[0] : place == 0 ? scope.From : null;
        NameScope? inside = null;
        if (member.Use is { } called && WhyNot(called.Block, path) is var problem && problem is not null)
        {
            Report(problem, name, member.Attribute, use);
        }
        else if (member.Use is { } entered)
        {
            BlockBody body = Body(entered);
            inside = new NameScope(body.Members, isBlock: true, name, source ?? _last, source);
            foreach ((int? at, Problem found) in body.Problems)
                _inside.Add((at is { } index ? inside.WholeName(index) : name, found));

            if (body.Problems.IsEmpty)
                Expand(body.Members, inside, path.Add(entered.Block), origin);
        }

        scope.Add(place, _last, inside);
        if (use is null && _inside.Count > 0)
        {
            _diagnostics.Add(origin.Use!.ToDiagnostic([.. _inside], member.Attribute));
            _inside.Clear();
        }
    }

    /// <summary>Why a block cannot be used there, whatever its parameters are.</summary>
    private static Problem? WhyNot(INamedTypeSymbol block, ImmutableArray<INamedTypeSymbol> path) =>
        path.IndexOf(block, 0, SymbolEqualityComparer.Default) is >= 0 and var first
            ? new Problem(Descriptors.CircularBlock, [block.Name, string.Join(", ", path.Skip(first).Append(block).Select(each => each.Name))])
        : path.Length >= MaxDepth ? TooLarge($"more than {Numbers.Count(MaxDepth)} blocks in one another")
        : null;

    /// <summary>A block with values is read once, however often it is used with them.</summary>
    private BlockBody Body(BlockUse use)
    {
        cancellation.ThrowIfCancellationRequested();
        if (use.Block.DeclaringSyntaxReferences.All(reference => GeneratedCode.Contains(reference.SyntaxTree)))
            constants.NoteGenerated(use.Values.Place, use.Block.ToDisplayString());

        BlockBody? body = _bodies
            .Where(known => SymbolEqualityComparer.Default.Equals(known.Use.Block, use.Block) && known.Use.Values.AreThoseOf(use.Values))
            .Select(known => known.Body)
            .FirstOrDefault();
        if (body is null)
        {
            body = BlockBody.Read(use, constants, _compilation);
            _bodies.Add((use, body));
        }

        IsMisread |= body.IsMisread;
        IsUnknown |= body.IsUnknown;
        return body;
    }

    /// <summary>The layers that a member names, by their whole names.</summary>
    private EquatableArray<string> Resolved(Member member, int place, NameScope scope, LayerOrigin? use)
    {
        var sources = ImmutableArray.CreateBuilder<string>();
        for (int i = 0; i < member.From.Count; i++)
        {
            if (scope.Resolve(place, i, out Problem? problem) is { } source)
                sources.Add(source);
            else
                Report(problem!, scope.WholeName(place), member.Attribute, use);
        }

        return sources.ToImmutable().ToEquatableArray();
    }

    /// <summary>Whether there are more layers than a network may have, which a few blocks in one another have soon.</summary>
    private bool IsFull(Member member, LayerOrigin? use)
    {
        _count++;
        if (_count == Limits.MaxLayers + 1)
            Report(TooLarge($"more than {Numbers.Count(Limits.MaxLayers)} layers"), member.Attribute.AttributeClass!.Name, use?.Attribute ?? member.Attribute, use: null);

        return _count > Limits.MaxLayers;
    }

    private static Problem TooLarge(string what) => new(Descriptors.TooManyLayers, [what]);

    /// <summary>Says what is wrong with a member of the root at its attribute, and with a layer of a block at the use.</summary>
    private void Report(Problem problem, string name, AttributeData attribute, LayerOrigin? use)
    {
        if (use is null)
            _diagnostics.Add(problem.ToDiagnostic(AttributePlace.Of(attribute, problem)));
        else if (problem.Descriptor == Descriptors.CircularBlock && problem.Arguments[0] == root.Name)
            _diagnostics.Add(problem.ToDiagnostic(AttributePlace.Of(use.Attribute)));
        else
            _inside.Add((name, problem));
    }
}
