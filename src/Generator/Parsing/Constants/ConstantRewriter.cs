using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator.Parsing;

/// <summary>
/// Puts values in the place of names: of models' constants, of a block's constants that a use states other values for, and of the user's own
/// constants that are made of them. What else there is in an expression stays, for the compiler knows what it means.
/// </summary>
internal sealed class ConstantRewriter : CSharpSyntaxRewriter
{
    private readonly ModelConstants _constants;
    private readonly SemanticModel _semantics;

    public ConstantRewriter(ModelConstants constants, ExpressionSyntax expression, SemanticModel semantics)
    {
        _constants = constants;
        _semantics = semantics;
        Result = (ExpressionSyntax)Visit(expression);
    }

    /// <summary>The expression with values; itself where it names no such constant.</summary>
    public ExpressionSyntax Result { get; }

    /// <summary>Whether a constant in it has no value.</summary>
    public bool IsUnknown { get; private set; }

    /// <summary>Whether a constant in it cannot be computed with the values that a use of a block states.</summary>
    public bool IsMisfit { get; private set; }

    /// <summary>A constant in it that stands in generated code and is no model's.</summary>
    public string? Generated { get; private set; }

    /// <summary>A constant has its name from the left on, so that what is on the right alone is not looked at.</summary>
    public override SyntaxNode? VisitMemberAccessExpression(MemberAccessExpressionSyntax node) =>
        Replace(node, node.Name.Identifier.ValueText) ?? node;

    public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node) =>
        Replace(node, node.Identifier.ValueText) ?? node;

    /// <summary>A name's name needs no value, and is known where the compiler does not know what is named.</summary>
    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (node is not { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" }, ArgumentList.Arguments: [{ Expression: var named }] })
            return base.VisitInvocationExpression(node);

        SimpleNameSyntax? name = named as SimpleNameSyntax ?? (named as MemberAccessExpressionSyntax)?.Name;
        return name is null || _semantics.GetConstantValue(node).HasValue ? node : ConstantLiteral.Of(name.Identifier.ValueText, "string");
    }

    private ExpressionSyntax? Replace(ExpressionSyntax node, string name)
    {
        if (ModelConstants.IsConstant(name) && NamedModel.Find(node, name, _semantics) is { } model)
        {
            object? value = _constants.Value(model, name);
            IsUnknown |= value is null;
            return value is null ? null : ConstantLiteral.Of(value, value is long ? "long" : "int");
        }

        return _semantics.GetSymbolInfo(node).Symbol is IFieldSymbol { IsConst: true } field ? _constants.Stated(field) ?? OwnConstant(field) : null;
    }

    /// <summary>The value of a constant of the user's; null where it has one without a model's, which the compiler knows.</summary>
    private ExpressionSyntax? OwnConstant(IFieldSymbol field)
    {
        if (field.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference || !_semantics.Compilation.ContainsSyntaxTree(reference.SyntaxTree))
            return null;

        if (GeneratedCode.Contains(reference.SyntaxTree))
            Generated ??= field.ToDisplayString();

        SyntaxNode declaration = reference.GetSyntax();
        EqualsValueClauseSyntax? initializer = (declaration as VariableDeclaratorSyntax)?.Initializer ?? (declaration as EnumMemberDeclarationSyntax)?.EqualsValue;
        return initializer is not null ? Initialized(field, initializer)
            : Before(field) is { } previous && OwnConstant(previous) is { } value ? SyntaxFactory.ParseExpression($"({value} + 1)")
            : null;
    }

    private ExpressionSyntax? Initialized(IFieldSymbol field, EqualsValueClauseSyntax initializer)
    {
        SemanticModel semantics = _semantics.Compilation.GetSemanticModel(initializer.SyntaxTree);
        ConstantRewriter? inner = _constants.Inside(field, initializer.Value, semantics);
        IsUnknown |= inner?.IsUnknown != false;
        IsMisfit |= inner?.IsMisfit == true;
        Generated ??= inner?.Generated;
        if (inner is null or { IsUnknown: true } || inner.Result == initializer.Value)
            return null;

        ITypeSymbol type = field.ContainingType.EnumUnderlyingType ?? field.Type;
        Optional<object?> constant = SpeculativeBinding.Of(initializer, initializer.WithValue(inner.Result), type, semantics);
        IsMisfit |= !constant.HasValue;
        return constant.HasValue ? ConstantLiteral.Of(constant.Value, field.Type) : null;
    }

    /// <summary>The member of an enumeration that is one less than this one.</summary>
    private static IFieldSymbol? Before(IFieldSymbol field) => field.ContainingType.TypeKind == TypeKind.Enum
        ? field.ContainingType.GetMembers().OfType<IFieldSymbol>().TakeWhile(member => !SymbolEqualityComparer.Default.Equals(member, field)).LastOrDefault()
        : null;
}
