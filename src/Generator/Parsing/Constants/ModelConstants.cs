using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator.Parsing;

/// <summary>
/// Reads attributes whose arguments name constants of other models, such as <c>[Input(First.OutputLength)]</c>. These are generated, so
/// that the generator does not see them; but it can work out what they will be. In a copy of the attribute they are replaced by their values, and the
/// compiler is asked what that means: conversions, operators and overflow stay its business. The analyzer, which does see the constants, goes the same
/// way, so that the two agree, and so that a model is silent about constants of a broken one.
/// </summary>
/// <param name="root">The model that is read for its own sake; others are for their constants.</param>
/// <param name="compilation">What it is part of.</param>
/// <param name="cancellation">Whether to go on.</param>
internal sealed class ModelConstants(INamedTypeSymbol root, Compilation compilation, CancellationToken cancellation)
{
    /// <summary>How many constants may stand for one another, one behind the other: a bound for the stack.</summary>
    private const int MaxDepth = 64;

    private const string InputLength = "InputLength";
    private const string OutputLength = "OutputLength";

    private readonly Dictionary<ISymbol, NetworkGraph?> _graphs = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _pending = new(SymbolEqualityComparer.Default) { root };
    private readonly HashSet<ISymbol> _pendingInputs = new(SymbolEqualityComparer.Default);
    private readonly List<Diagnostic> _diagnostics = [];
    private int _depth;

    /// <summary>Why the argument that is being read has no value, where nobody but this model can say so.</summary>
    private string? _fault;

    /// <summary>The use of a block whose attributes are being read; null for those of the root and of models.</summary>
    private BlockValues? _use;

    /// <summary>What is wrong with the arguments of a model that were read; of others than the root, it is theirs to say.</summary>
    public IEnumerable<Diagnostic> DiagnosticsOf(INamedTypeSymbol model) =>
        SymbolEqualityComparer.Default.Equals(model, root) ? _diagnostics : [];

    /// <summary>Whether a model that was asked has attributes that nobody knows, so that its constants may turn out to be others.</summary>
    public bool IsUncertain { get; set; }

    /// <summary>The root's first argument with a constant that stands in generated code, and that constant.</summary>
    public (Location Place, string Name)? Generated { get; private set; }

    /// <summary>Whether the name is that of a constant which models have.</summary>
    public static bool IsConstant(string name) => name is InputLength or OutputLength or "ParameterCount";

    /// <summary>The arguments of an attribute, of the root's or of a model's that the root names.</summary>
    public AttributeArguments Read(AttributeData attribute) => Read(attribute, use: null);

    /// <summary>The arguments of an attribute, of a block's with the values that a use of it states.</summary>
    public AttributeArguments Read(AttributeData attribute, BlockValues? use)
    {
        (BlockValues? outer, _use) = (_use, use);
        AttributeArguments arguments = Rewritten(attribute);
        _use = outer;
        return arguments;
    }

    /// <summary>The value that the use of a block states for a constant of it.</summary>
    public ExpressionSyntax? Stated(IFieldSymbol constant) =>
        _use is not null && _use.TryGet(constant, out object? value) ? ConstantLiteral.Of(value, constant.Type) : null;

    /// <summary>That source of the root's stands in generated code, or names what does.</summary>
    public void NoteGenerated(Location place, string name) => Generated ??= (place, name);

    private AttributeArguments Rewritten(AttributeData attribute)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } syntax)
            return AttributeArguments.Of(attribute);

        SemanticModel semantics = compilation.GetSemanticModel(syntax.SyntaxTree);
        bool isUnknown = false, isMisfit = false;
        var values = new Dictionary<ExpressionSyntax, SyntaxNode>();
        foreach (AttributeArgumentSyntax argument in arguments)
        {
            ConstantRewriter rewriter = Rewrite(argument.Expression, semantics);
            isUnknown |= rewriter.IsUnknown;
            isMisfit |= rewriter.IsMisfit && _use is not null; // else the compiler has no value either, and says so
            if (rewriter.Result != argument.Expression)
                values.Add(argument.Expression, rewriter.Result);
        }

        return isUnknown ? AttributeArguments.Without(attribute, ArgumentState.Unknown)
            : isMisfit ? AttributeArguments.Without(attribute, ArgumentState.Misread)
            : values.Count == 0 ? AttributeArguments.Of(attribute)
            : SpeculativeBinding.Of(attribute, syntax, syntax.ReplaceNodes(values.Keys, (old, _) => values[old]), semantics);
    }

    /// <summary>The value that a model's constant will have; null where the model does not compile.</summary>
    public object? Value(INamedTypeSymbol model, string name)
    {
        if (name == InputLength)
            return Guarded(model, _pendingInputs, () => ModelParser.ReadInput(model, this)?.Length as object);

        if (!_graphs.TryGetValue(model, out NetworkGraph? graph))
        {
            graph = Guarded(model, _pending, () => Graph(model));
            _graphs[model] = graph;
        }

        return graph is null ? null : name == OutputLength ? graph.Output.Length : (object)graph.ParameterCount;
    }

    /// <summary>What the initializer of a constant of the user's means; null where that goes round in a circle.</summary>
    public ConstantRewriter? Inside(IFieldSymbol constant, ExpressionSyntax initializer, SemanticModel semantics) =>
        Guarded(constant, _pending, () => new ConstantRewriter(this, initializer, semantics));

    /// <summary>Runs something for a symbol, unless that is being done already or there is too much of it.</summary>
    private T? Guarded<T>(ISymbol symbol, HashSet<ISymbol> pending, Func<T?> run)
        where T : class
    {
        cancellation.ThrowIfCancellationRequested();
        if (_depth == MaxDepth)
        {
            _fault = $"it goes through more than {Numbers.Count(MaxDepth)} other constants";
            return null;
        }

        if (!pending.Add(symbol))
        {
            if (SymbolEqualityComparer.Default.Equals(symbol, root))
                _fault = "it depends on this very argument";

            return null;
        }

        _depth++;
        T? result = run();
        _depth--;
        pending.Remove(symbol);
        return result;
    }

    private ConstantRewriter Rewrite(ExpressionSyntax argument, SemanticModel semantics)
    {
        string? before = _fault;
        _fault = null;
        var rewriter = new ConstantRewriter(this, argument, semantics);
        if (_depth == 0)
        {
            if (rewriter.IsUnknown && _fault is { } fault)
                Report(new Problem(Descriptors.UnknownConstant, [argument.ToString(), fault]), argument);

            if (rewriter.Generated is { } generated)
                NoteGenerated(_use?.Place ?? argument.GetLocation(), generated);
        }

        _fault ??= before;
        return rewriter;
    }

    /// <summary>Says that of the root's arguments where they stand, and leaves that of a block's to who reads the block.</summary>
    private void Report(Problem problem, ExpressionSyntax argument)
    {
        if (_use is not null)
            _use.Faults.Add(problem);
        else
            _diagnostics.Add(problem.ToDiagnostic(argument.GetLocation()));
    }

    private NetworkGraph? Graph(INamedTypeSymbol model)
    {
        ParsedModel parsed = ModelParser.Parse(model, this, cancellation);
        return parsed.Spec is { } spec ? ShapeInference.Build(spec).Graph : null;
    }
}
