using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Parsing;

/// <summary>Where a layer of a network is declared.</summary>
/// <param name="Attribute">The attribute of the model that it comes from: its own, or that of the block's use.</param>
/// <param name="Use">The use that it comes from; null for a layer with an attribute of its own.</param>
/// <param name="Name">Its whole name; empty for a layer with an attribute of its own.</param>
internal sealed record LayerOrigin(AttributeData Attribute, UseName? Use = null, string Name = "")
{
    /// <summary>
    /// A problem of the layer where the model declares it. An error of a block's layer is one of the use; advice has its number there too,
    /// and names the layer.
    /// </summary>
    public Diagnostic ToDiagnostic(Problem problem) =>
        Use is null ? problem.ToDiagnostic(AttributePlace.Of(Attribute, problem))
        : problem.Descriptor.DefaultSeverity == DiagnosticSeverity.Error ? Use.ToDiagnostic([(Name, problem)], Attribute)
        : problem.ToDiagnostic(AttributePlace.Of(Attribute));
}

/// <summary>The use of a block in the model that is read.</summary>
/// <param name="Block">The block's class.</param>
/// <param name="Name">What the use is called.</param>
internal sealed record UseName(string Block, string Name)
{
    /// <summary>What is wrong inside the block: the first problem, with the name of its layer, and how many more there are.</summary>
    public Diagnostic ToDiagnostic(ImmutableArray<(string Layer, Problem Problem)> problems, AttributeData use)
    {
        (string layer, Problem problem) = problems[0];
        if (problem.Descriptor == Descriptors.NoValue)
            return (problem with { Arguments = problem.Arguments.Add(layer) }).ToDiagnostic(AttributePlace.Of(use)); // the values are the use's

        string more = problems.Length == 1 ? "" : $" (one of {Numbers.Count(problems.Length)} errors)";
        string message = problem.ToDiagnostic(Location.None).GetMessage(CultureInfo.InvariantCulture);
        return new Problem(Descriptors.InBlock, [Block, Name, problem.Descriptor.Id, layer, message + more]).ToDiagnostic(AttributePlace.Of(use));
    }
}
