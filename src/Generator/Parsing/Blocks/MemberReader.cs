using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Parsing;

/// <summary>Reads one attribute that stands in the order of layers.</summary>
internal static class MemberReader
{
    /// <param name="arguments">The attribute's arguments; their values are known.</param>
    /// <param name="compilation">What it is part of.</param>
    /// <param name="place">Where to report what is wrong with the layers of a block that it uses.</param>
    /// <param name="problems">What is wrong with it.</param>
    public static Member Read(AttributeArguments arguments, Compilation compilation, Location? place, out IReadOnlyList<Problem> problems)
    {
        AttributeData attribute = arguments.Attribute;
        var reader = new AttributeReader(arguments);
        problems = reader.Problems;
        if (FusedAttributes.IsUse(attribute))
        {
            BlockUse? use = BlockUseReader.Read(reader, compilation, place ?? AttributePlace.Of(attribute));
            return new Member(attribute, SourceReader.Name(reader), SourceReader.From(reader), Layer: null, use);
        }

        Layer? layer = FusedAttributes.IsOwn(attribute) ? LayerReaders.Read(reader) : null;
        if (layer is null)
            reader.Report(Descriptors.UnknownLayer, null, attribute.AttributeClass!.Name);

        return new Member(attribute, layer?.DeclaredName, layer?.From ?? [], layer, Use: null);
    }
}
