using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Fused.Generator;
using Fused.Generator.Model;
using Fused.Generator.Parsing;
using Fused.Testing.Networks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Testing.Compiling;

/// <summary>Compiles declarations as a user's project would: generator, C# compiler, optimised, documentation checked, no unsafe code.</summary>
internal static class ModelCompiler
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Append(typeof(FusedModelAttribute).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path))];

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable);

    /// <summary>Compilations without files, by what they reference beside Fused and the base library.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<CSharpCompilation>> Empty = new();

    /// <summary>The image of one assembly with all the networks: a hundred models compile as fast together as a few do alone.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="references">What the project references beside Fused and the base library.</param>
    /// <exception cref="InvalidOperationException">Some do not compile: says which.</exception>
    public static byte[] Compile(IReadOnlyCollection<Network> networks, params Assembly[] references) =>
        Compile(string.Concat(networks.Select(n => n.Source)), references);

    /// <summary>What the generator's first stage makes of a network's declaration; null where the declaration is wrong.</summary>
    public static ModelSpec? Parse(Network network) => Parse(network.Name, network.Source);

    /// <summary>What it makes of many networks, declared together: to read what a project references takes longer than to read a network.</summary>
    /// <exception cref="InvalidOperationException">One is declared wrongly: says which.</exception>
    public static ImmutableArray<ModelSpec> Parse(IReadOnlyCollection<Network> networks)
    {
        CSharpCompilation declared = DeclareToRead(string.Concat(networks.Select(n => n.Source)));
        return [.. networks.Select(n => ModelParser.Parse(declared.GetTypeByMetadataName($"{Network.Namespace}.{n.Name}")!, CancellationToken.None).Spec
            ?? throw new InvalidOperationException($"{n.Name} is declared wrongly:\n{n.Source}"))];
    }

    /// <summary>The same of the class of a name among some declarations.</summary>
    public static ModelSpec? Parse(string name, string declarations)
    {
        INamedTypeSymbol type = DeclareToRead(declarations).GetTypeByMetadataName($"{Network.Namespace}.{name}")!;
        return ModelParser.Parse(type, CancellationToken.None).Spec;
    }

    /// <summary>What the generator writes for a network.</summary>
    public static IReadOnlyList<GeneratedFile> Generate(Network network, params Assembly[] references)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new FusedGenerator().AsSourceGenerator()], parseOptions: Parsing)
            .RunGenerators(DeclareToRead(network.Source, references));
        return [.. driver.GetRunResult().Results.Single().GeneratedSources.Select(s => new GeneratedFile(s.HintName, s.SourceText.ToString()))];
    }

    /// <summary>What the stages after parsing make of a network, for GPUs too; nothing where the declaration is wrong.</summary>
    public static ImmutableArray<GeneratedFile> CompileForAllTargets(Network network) =>
        Parse(network) is { } spec
        && Compiler.Run(spec with { Surroundings = Surroundings.Plain with { HasGpu = true } }, CancellationToken.None) is { Broken: null } compiled
            ? compiled.Files.Items
            : [];

    /// <summary>The assembly of some declarations, in the namespace <see cref="Network.Namespace"/>.</summary>
    /// <param name="declarations">The declarations, as a user would write them.</param>
    /// <param name="references">What the project references beside Fused and the base library.</param>
    /// <exception cref="InvalidOperationException">The compiler, or the generator, reports a warning or an error.</exception>
    public static byte[] Compile(string declarations, params Assembly[] references) => Compile(declarations, settings => settings, references);

    /// <summary>The image of one assembly with all the networks, from a build in which fusion is switched off.</summary>
    /// <exception cref="InvalidOperationException">The compiler, or the generator, reports a warning or an error.</exception>
    public static byte[] CompileWithoutFusion(IEnumerable<Network> networks) =>
        Compile(Declare(string.Concat(networks.Select(n => n.Source))), BuildProperties.WithoutFusionAndAnalyzers);

    /// <summary>The same under other settings of the project's.</summary>
    /// <param name="declarations">The declarations, as a user would write them.</param>
    /// <param name="settings">Changes the settings.</param>
    /// <param name="references">What the project references beside Fused and the base library.</param>
    /// <exception cref="InvalidOperationException">The compiler, or the generator, reports a warning or an error.</exception>
    public static byte[] Compile(
        string declarations, Func<CSharpCompilationOptions, CSharpCompilationOptions> settings, params Assembly[] references)
    {
        CSharpCompilation declared = Declare(declarations, references);
        return Compile(declared.WithOptions(settings(declared.Options)), BuildProperties.WithoutAnalyzers);
    }

    /// <summary>The assembly of some declarations with files that have been generated of them already.</summary>
    /// <exception cref="InvalidOperationException">The compiler reports a warning or an error.</exception>
    public static byte[] Compile(string declarations, IEnumerable<string> generated, params Assembly[] references) =>
        Emit(Declare(declarations, references).AddSyntaxTrees(generated.Select(text => CSharpSyntaxTree.ParseText(text, Parsing))), []);

    private static byte[] Compile(CSharpCompilation declared, BuildProperties properties)
    {
        CSharpGeneratorDriver.Create([new FusedGenerator().AsSourceGenerator()], parseOptions: Parsing, optionsProvider: properties)
            .RunGeneratorsAndUpdateCompilation(declared, out Compilation compilation, out ImmutableArray<Diagnostic> generator);
        return Emit(compilation, generator);
    }

    private static byte[] Emit(Compilation compilation, ImmutableArray<Diagnostic> generator)
    {
        using var image = new MemoryStream();
        Diagnostic[] problems = [.. generator.Concat(compilation.Emit(image).Diagnostics).Where(d => d.Severity >= DiagnosticSeverity.Warning)];
        return problems.Length == 0 ? image.ToArray()
            : throw new InvalidOperationException($"{problems.Length} problems, such as:\n{string.Join('\n', problems.Take(10).Select(d => d.ToString()))}");
    }

    /// <summary>The declarations before the generator has run, in an assembly that can be loaded beside others.</summary>
    private static CSharpCompilation Declare(string declarations, params Assembly[] references) => CSharpCompilation.Create(
        "Declared" + Guid.NewGuid().ToString("N"),
        [Parsed(declarations)],
        [.. References, .. references.Select(assembly => MetadataReference.CreateFromFile(assembly.Location))],
        Options);

    /// <summary>The same where nothing is loaded: made from one compilation, what its references hold is read once for all.</summary>
    private static CSharpCompilation DeclareToRead(string declarations, params Assembly[] references) => Empty
        .GetOrAdd(string.Join('\n', references.Select(assembly => assembly.Location)), _ => new(() => Bound(references)))
        .Value.AddSyntaxTrees(Parsed(declarations));

    private static CSharpCompilation Bound(Assembly[] references)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Declared", [], [.. References, .. references.Select(assembly => MetadataReference.CreateFromFile(assembly.Location))], Options);

        // To be asked for a type binds the references; compilations with further files share what has been bound.
        _ = compilation.GetTypeByMetadataName(typeof(FusedModelAttribute).FullName!);
        return compilation;
    }

    private static SyntaxTree Parsed(string declarations) =>
        CSharpSyntaxTree.ParseText($"using Fused;\nnamespace {Network.Namespace};\n\n{declarations}", Parsing);

    /// <summary>The models of an image by the names of their classes.</summary>
    public static Func<string, ModelType> Load(byte[] image)
    {
        var context = new AssemblyLoadContext(name: null);
        Assembly assembly = context.LoadFromStream(new MemoryStream(image));
        return name => ModelType.Of(assembly.GetType($"{Network.Namespace}.{name}", throwOnError: true)!);
    }
}
