using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Parsing;

/// <summary>
/// Reads a block for its own sake: with the values of its constants it must be right as far as can be told without the shape of its input. What
/// else is wrong with it is told where it is used.
/// </summary>
internal static class BlockParser
{
    /// <param name="block">A class with [FusedBlock].</param>
    /// <param name="cancellation">Whether to go on.</param>
    public static ImmutableArray<Diagnostic> Check(INamedTypeSymbol block, CancellationToken cancellation)
    {
        Compilation compilation = ((ISourceAssemblySymbol)block.ContainingAssembly).Compilation;
        var constants = new ModelConstants(block, compilation, cancellation);
        ImmutableArray<AttributeData> attributes = block.GetAttributes();
        ImmutableArray<AttributeArguments> arguments = [.. attributes.Where(FusedAttributes.IsLayer).Select(constants.Read)];
        var layers = new LayersReader(block, constants, cancellation);
        layers.Read(arguments.Where(read => read.State == ArgumentState.Known));

        // As with models: what the C# compiler does not know may be a layer, and then all else is another network.
        bool isUnclear = constants.IsUncertain || attributes.Any(attribute => attribute.AttributeClass is null or { TypeKind: TypeKind.Error });
        if (isUnclear || layers.IsMisread || arguments.Any(read => read.State == ArgumentState.Misread))
            return [];

        Location name = BlockRules.DeclarationOf(block)?.Identifier.GetLocation() ?? Location.None;
        ImmutableArray<Diagnostic> found =
        [
            .. constants.DiagnosticsOf(block),
            .. BlockRules.Check(block).Select(rule => rule.Problem.ToDiagnostic(rule.At is null ? name : AttributePlace.Of(rule.At))),
            .. layers.Diagnostics,
        ];
        return found.IsEmpty && !layers.IsUnknown && arguments.All(read => read.State == ArgumentState.Known) ? [.. Unread(layers)] : found;
    }

    /// <summary>Layers but the last that nothing in the block reads, so that nothing can.</summary>
    private static IEnumerable<Diagnostic> Unread(LayersReader read)
    {
        ImmutableArray<Layer> layers = read.Layers;
        ImmutableArray<string> names = LayerNames.Of(layers);
        ImmutableArray<ImmutableArray<int>?> sources = [.. layers.Select((layer, i) => SourceNames.Resolve(layer, i, layers, names, out _))];
        var isRead = new HashSet<int>(sources.SelectMany(of => of ?? []));
        return Enumerable.Range(0, Math.Max(0, layers.Length - 1))
            .Where(i => !isRead.Contains(i))
            .Select(i => read.Origins[i].ToDiagnostic(new Problem(Descriptors.UnreadOutput, [names[i], OutputNames.OfLast(names[names.Length - 1])])));
    }
}
