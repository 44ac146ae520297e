using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator.Parsing;

/// <summary>What the generator adds to a model, and what it may therefore not declare itself.</summary>
internal static class GeneratedMembers
{
    private const string Output = ", global::System.Span<float>";
    private const string LoadOptions = ", global::Fused.WeightLoadOptions";

    private static readonly ImmutableArray<string> LoadSources = ["string", "global::System.IO.Stream", "global::System.ReadOnlyMemory<byte>"];

    /// <summary>By name, the parameter lists of the methods that all models have; none for what is not a method, and so shares its name with nothing.</summary>
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Signatures = ImmutableDictionary
        .Create<string, ImmutableArray<string>>(StringComparer.Ordinal)
        .Add("InputLength", [])
        .Add("OutputLength", [])
        .Add("ParameterCount", [])
        .Add("Summary", [])
        .Add("Options", [])
        .Add("Compiled", [])
        .Add("_compiled", [])
        .Add("LoadReport", [])
        .Add("Load", [.. LoadSources.Select(source => source + LoadOptions)])
        .Add("FromWeights", ["global::System.Collections.Generic.IEnumerable<global::Fused.WeightArray>" + LoadOptions])
        .Add("Create", ["int"])
        .Add("Save", ["string"]);

    private static ImmutableDictionary<string, ImmutableArray<string>> SignaturesOf(INamedTypeSymbol symbol)
    {
        ImmutableArray<FeatureType> features = FeatureType.Of(InputReader.TypeOf(symbol));
        ImmutableArray<string> predict = Both(features, "", Output);
        if (OutputReader.Several(symbol).Length is > 0 and var outputs)
        {
            return Signatures.Add("Outputs", []).Add("Predict", predict.AddRange(features.Select(type => Input(type) + string.Concat(Enumerable.Repeat(Output, outputs)))));
        }

        ImmutableDictionary<string, ImmutableArray<string>> signatures = Signatures.Add("Predict", predict);
        return symbol.GetAttributes().Any(FusedAttributes.IsLabels)
            ? signatures.Add("Labels", []).Add("Top", Both(features, ", int", ", global::System.Span<global::Fused.Prediction>"))
            : signatures;

        static ImmutableArray<string> Both(ImmutableArray<FeatureType> features, string giving, string writing) =>
            [.. features.SelectMany(type => new[] { Input(type) + giving, Input(type) + writing })];
    }

    /// <summary>By key, the types of those that a base class may declare for the model to override.</summary>
    private static readonly ImmutableDictionary<string, string> InstanceTypes = ImmutableDictionary
        .Create<string, string>(StringComparer.Ordinal)
        .Add("Options", "global::Fused.FusedOptions")
        .Add("Save(string)", "void")
        .AddRange(FeatureType.Of(InputType.UInt8).SelectMany(features => new KeyValuePair<string, string>[]
        {
            new($"Predict({Input(features)})", "float[]"),
            new($"Predict({Input(features)}{Output})", "void"),
        }));

    /// <summary>The same of one key; null where it is of none. What else is called Predict has a span for each output.</summary>
    private static string? InstanceType(string key) =>
        InstanceTypes.TryGetValue(key, out string? type) ? type : key.StartsWith("Predict(", StringComparison.Ordinal) ? "void" : null;

    /// <summary>What tells the members from each other, in ordinal order: their names, for methods with the types of the parameters, such as <c>Load(string)</c>.</summary>
    public static IEnumerable<string> KeysOf(INamedTypeSymbol symbol) => SignaturesOf(symbol)
        .SelectMany(member => member.Value.IsEmpty ? [member.Key] : member.Value.Select(parameters => $"{member.Key}({parameters})"))
        .OrderBy(key => key, StringComparer.Ordinal);

    private static string Input(FeatureType features) => features.Span + (features.HasQuantization ? ", global::Fused.Quantization" : "");

    /// <summary>The name of the member with a key.</summary>
    public static string NameOf(string key) => key.Split('(')[0];

    /// <summary>
    /// Whether a member is a generated one: the analyzer runs after the generator, and so sees those too. They are in the
    /// file of the hint name.
    /// </summary>
    public static bool IsGenerated(ISymbol member, string hintName) =>
        member.Locations.Any(place => Path.GetFileName(place.SourceTree?.FilePath) == hintName);

    /// <summary>The model's own members that collide with generated ones.</summary>
    public static IEnumerable<Diagnostic> Collisions(INamedTypeSymbol symbol, TypeDeclarationSyntax declaration, string hintName)
    {
        ImmutableDictionary<string, ImmutableArray<string>> signatures = SignaturesOf(symbol);
        if (signatures.ContainsKey(symbol.Name))
            yield return Collision(symbol, symbol.Name, declaration.Identifier.GetLocation()); // C# forbids a member of its class's name

        foreach (string name in signatures.Keys.OrderBy(name => name, StringComparer.Ordinal))
        {
            foreach (ISymbol member in symbol.GetMembers(name).Where(member => Collides(member, signatures[name]) && !IsGenerated(member, hintName)))
                yield return Collision(member, name, member.Locations.FirstOrDefault() ?? declaration.Identifier.GetLocation());
        }

        foreach ((string key, ISymbol member) in InheritedMembers.Unimplemented(symbol))
            yield return Collision(member, NameOf(key), declaration.Identifier.GetLocation());
    }

    /// <summary>The keys of the generated members whose places are taken.</summary>
    public static IEnumerable<string> Taken(INamedTypeSymbol symbol, string hintName) => KeysOf(symbol).Where(key =>
        symbol.Name == NameOf(key)
        || symbol.GetMembers(NameOf(key)).Any(member => !member.IsImplicitlyDeclared && Replaces(key, member) && !IsGenerated(member, hintName))
        || InheritedMembers.Unimplemented(symbol).Any(member => member.Key == key));

    /// <summary>Whether a member of a class, or of its base, has the place of the generated member with the key.</summary>
    public static bool Replaces(string key, ISymbol member) =>
        member is not IMethodSymbol method || key == method.Name || (method.Arity == 0 && key == KeyOf(method));

    /// <summary>The key of a member.</summary>
    public static string KeyOf(ISymbol member) => member is IMethodSymbol method ? $"{method.Name}({Signature(method)})" : member.Name;

    /// <summary>Whether the generated member with the key can override a base class's.</summary>
    public static bool Overrides(string key, ISymbol member) =>
        InstanceType(key) is { } type
        && member is { IsSealed: false, DeclaredAccessibility: Accessibility.Public }
        && (member.IsAbstract || member.IsVirtual || member.IsOverride)
        && member switch
        {
            IPropertySymbol { RefKind: RefKind.None, GetMethod: not null, SetMethod.IsInitOnly: false } property => FullName(property.Type) == type,
            IMethodSymbol { RefKind: RefKind.None } method => FullName(method.ReturnType) == type,
            _ => false,
        };

    private static bool Collides(ISymbol member, ImmutableArray<string> signatures) =>
        !member.IsImplicitlyDeclared
        && (member is not IMethodSymbol method
            || signatures.IsEmpty
            || (method.Arity == 0 && signatures.Contains(Signature(method))));

    private static string Signature(IMethodSymbol method) => string.Join(", ", method.Parameters.Select(parameter =>
        (parameter.RefKind == RefKind.None ? "" : "ref ") + FullName(parameter.Type)));

    private static string FullName(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static Diagnostic Collision(ISymbol symbol, string name, Location place) =>
        new Problem(Descriptors.MemberCollision, [symbol.Name, name]).ToDiagnostic(place);
}
