using Fused.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Parsing;

/// <summary>What the classes under a model declare in the place of generated members, which have to say that they hide or override it.</summary>
internal static class InheritedMembers
{
    /// <summary>The members that the model can see.</summary>
    public static IEnumerable<InheritedMember> Of(INamedTypeSymbol model, Compilation compilation) =>
        from key in GeneratedMembers.KeysOf(model)
        let replaced = Replaced(model, key).FirstOrDefault(member => compilation.IsSymbolAccessibleWithin(member, model))
        where replaced is not null
        select new InheritedMember(key, GeneratedMembers.Overrides(key, replaced));

    /// <summary>The abstract members that generated ones would hide and not implement, which C# forbids.</summary>
    public static IEnumerable<(string Key, ISymbol Member)> Unimplemented(INamedTypeSymbol model) =>
        from key in GeneratedMembers.KeysOf(model)
        let replaced = Replaced(model, key).FirstOrDefault()
        where replaced is { IsAbstract: true } && !GeneratedMembers.Overrides(key, replaced)
        select (key, replaced);

    /// <summary>The members of the base classes in the place of a generated one, the nearest first.</summary>
    private static IEnumerable<ISymbol> Replaced(INamedTypeSymbol model, string key)
    {
        for (INamedTypeSymbol? type = model.BaseType; type is not null; type = type.BaseType)
        {
            foreach (ISymbol member in type.GetMembers(GeneratedMembers.NameOf(key)).Where(member => GeneratedMembers.Replaces(key, member)))
                yield return member;
        }
    }
}
