using Fused.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Generator.Parsing;

/// <summary>Finds out what around a model changes how its code has to be written.</summary>
internal static class SurroundingsReader
{
    /// <param name="model">The model's class.</param>
    /// <param name="semantics">Of the file with its declaration.</param>
    /// <param name="position">The declaration's place in it.</param>
    public static Surroundings Of(INamedTypeSymbol model, SemanticModel semantics, int position)
    {
        bool hasGpu = semantics.Compilation.GetTypeByMetadataName("Fused.CompilerServices.IGpuModel") is not null;
        IEnumerable<string> names = hasGpu ? FrameworkNames.OfCpu.Concat(FrameworkNames.OfGpu) : FrameworkNames.OfCpu;
        return new Surroundings(
            names.Any(name => IsMember(model, name) || IsVisible(semantics, position, name)),
            semantics.Compilation.Options.CheckOverflow,
            hasGpu)
        {
            Language = LanguageOf(semantics.SyntaxTree),
            Inherited = InheritedMembers.Of(model, semantics.Compilation).ToEquatableArray(),
        };
    }

    /// <summary>What the version of C# in which a file is written has.</summary>
    public static Language LanguageOf(SyntaxTree tree) => (tree.Options as CSharpParseOptions)?.LanguageVersion switch
    {
        >= LanguageVersion.CSharp13 => Language.CSharp13,
        >= LanguageVersion.CSharp12 => Language.CSharp12,
        >= LanguageVersion.CSharp11 => Language.CSharp11,
        >= LanguageVersion.CSharp8 => Language.CSharp8,
        _ => Language.CSharp7,
    };

    /// <summary>Whether the model, a type around it or a base of these has such a member.</summary>
    private static bool IsMember(INamedTypeSymbol model, string name)
    {
        for (INamedTypeSymbol? type = model; type is not null; type = type.ContainingType)
        {
            if (HasMember(type, name))
                return true;
        }

        return false;
    }

    /// <summary>Whether a type has such a member, of its own or by a base.</summary>
    public static bool HasMember(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            if (!t.GetMembers(name).IsEmpty)
                return true;
        }

        return false;
    }

    /// <summary>Whether the name means something else than the framework's type where the model stands.</summary>
    private static bool IsVisible(SemanticModel semantics, int position, string name) =>
        semantics.LookupNamespacesAndTypes(position, name: name).Any(symbol =>
            symbol.ContainingNamespace?.ToDisplayString() is not (
                "System.Runtime.Intrinsics" or "System.Runtime.CompilerServices" or "Fused.CompilerServices" or "ILGPU"));
}
