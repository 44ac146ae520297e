using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Generator.Tests.Snapshots;

/// <summary>
/// The seam to Verify, compiled and run against <see cref="VerifyStandIns"/>, since hardly any build has Verify itself. The text extensions
/// are those of EmptyFiles, the library that Verify asks, loaded for each test anew.
/// </summary>
public sealed class VerifySeamTests
{
    private const string EmptyFiles = "EmptyFiles.dll";

    private static readonly string[] SeamFiles = ["SnapshotEngine.Verify.cs", "Snapshot.cs"];

    /// <summary>What the SDK adds where ImplicitUsings is enabled.</summary>
    private static readonly string ImplicitUsings = string.Concat(
        new[] { "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks" }
            .Select(space => $"global using global::{space};\n"));

    /// <summary>A using that is superfluous is a hidden diagnostic of the compiler, and an error of the project's builds.</summary>
    [Fact]
    public void The_seam_compiles_without_any_diagnostic() =>
        Assert.Empty(Compile().GetDiagnostics().Where(d => SeamFiles.Contains(Path.GetFileName(d.Location.SourceTree?.FilePath))));

    [Fact]
    public async Task A_text_goes_to_Verify_with_its_test_and_without_a_byte_order_mark() =>
        Assert.Equal(
            [$"{Folder}|SomeTests.Method||txt|some text|False"],
            await Verify("some text", "txt", SourceFile, "Method"));

    [Fact]
    public async Task Several_texts_go_to_Verify_with_their_names() =>
        Assert.Equal(
            [$"{Folder}|SomeTests.Method|Shop.A.g|cs|a|False", $"{Folder}|SomeTests.Method|Shop.B.g|cs|b|False"],
            await Verify(new[] { ("Shop.A.g", "a"), ("Shop.B.g", "b") }, "cs", SourceFile, "Method"));

    /// <summary>EmptyFiles knows txt, md and cs; Verify refuses a text of any other extension.</summary>
    [Fact]
    public async Task Texts_have_whatever_extension_the_snapshots_of_this_repository_have()
    {
        string[] extensions =
        [
            .. Directory.EnumerateFiles(Tests, "*.verified.*", SearchOption.AllDirectories)
                .Select(path => Path.GetExtension(path)[1..]).Append("unheard-of").Distinct().Order(StringComparer.Ordinal),
        ];
        Assert.Contains("ptx", extensions);

        foreach (string extension in extensions)
            Assert.Equal([$"{Folder}|SomeTests.Method||{extension}|text|False"], await Verify("text", extension, SourceFile, "Method"));
    }

    private static string Tests => Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    private static string Folder => Path.Combine(Path.GetTempPath(), "Shop");

    private static string SourceFile => Path.Combine(Folder, "SomeTests.cs");

    /// <summary>Calls <c>Snapshot.Verify</c> of an assembly in a context of its own, and gives what came to the stand-ins.</summary>
    private static async Task<string[]> Verify(object texts, params object[] others)
    {
        using var image = new MemoryStream();
        Assert.Empty(Compile().Emit(image).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning));
        image.Position = 0;
        var context = new AssemblyLoadContext(name: null, isCollectible: true);
        try
        {
            context.LoadFromAssemblyPath(PathOf(EmptyFiles));
            Assembly seam = context.LoadFromStream(image);
            MethodInfo verify = seam.GetType("Fused.Testing.Snapshots.Snapshot", throwOnError: true)!.GetMethods()
                .Single(m => m.Name == "Verify" && m.GetParameters() is [var first, ..] && first.ParameterType.IsInstanceOfType(texts)
                    && m.GetParameters().Length == 1 + others.Length);
            await (Task)verify.Invoke(null, [texts, .. others])!;
            var log = (IEnumerable)seam.GetType("VerifyTests.SettingsTask")!.GetProperty("Log")!.GetValue(null)!;
            return [.. log.Cast<string>()];
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>The files of the seam with the settings and the name of their project, and what the packages add to it.</summary>
    private static CSharpCompilation Compile() => CSharpCompilation.Create(
        "Fused.Testing",
        [
            Parse(ImplicitUsings, "ImplicitUsings.cs"),
            Parse(VerifyStandIns.Usings, "Usings.cs"),
            Parse(VerifyStandIns.Types, "Verify.cs"),
            .. SeamFiles.Select(file => Path.Combine(Tests, "Testing", "Snapshots", file)).Select(path => Parse(File.ReadAllText(path), path)),
        ],
        [
            .. Compilations.References,
            MetadataReference.CreateFromFile(PathOf(EmptyFiles)),
            MetadataReference.CreateFromFile(typeof(GeneratedFile).Assembly.Location),
        ],
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error,
            specificDiagnosticOptions: [new("CS1591", ReportDiagnostic.Suppress)]));

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, Compilations.ParseOptions, path);

    private static string PathOf(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
