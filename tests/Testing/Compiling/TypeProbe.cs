using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Testing.Compiling;

/// <summary>
/// Somebody else's generator: it asks for the types of the lambdas of a compilation, as ASP.NET's does, and sees what all
/// generators see.
/// </summary>
internal sealed class TypeProbe : IIncrementalGenerator
{
    /// <summary>What the lambdas return, in the order of the source; <c>?</c> where nobody knows.</summary>
    public List<string> Returned { get; } = [];

    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
        context.CompilationProvider,
        (_, compilation) => Returned.AddRange(compilation.SyntaxTrees.SelectMany(tree => tree
            .GetRoot()
            .DescendantNodes()
            .OfType<LambdaExpressionSyntax>()
            .Select(lambda => Returns(compilation.GetSemanticModel(tree), lambda)))));

    private static string Returns(SemanticModel semantics, LambdaExpressionSyntax lambda) =>
        semantics.GetSymbolInfo(lambda).Symbol is IMethodSymbol { ReturnType: { TypeKind: not TypeKind.Error } type } ? type.ToDisplayString() : "?";
}
