using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Fused.Generator.Analyzers;
using Fused.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fused.Generator.Tests.Diagnostics;

/// <summary>The table of diagnostics is whole, and docs/diagnostics.md follows it.</summary>
public partial class DescriptorTests
{
    [Fact]
    public void All_are_listed_in_order_of_their_ids()
    {
        IEnumerable<string> fields = typeof(Descriptors).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>()
            .Select(descriptor => descriptor.Id);

        Assert.Equal(fields.Order(StringComparer.Ordinal), Descriptors.All.Select(descriptor => descriptor.Id));
        Assert.Equal(Descriptors.All.Length, Descriptors.All.Distinct().Count());
    }

    [Fact]
    public void Each_has_its_section_in_the_documentation()
    {
        string[] sections = [.. Heading().Matches(Documentation()).Select(match => match.Value.TrimEnd())];

        Assert.Equal(
            Descriptors.All.Select(descriptor => $"## {descriptor.Id}\n\n**{descriptor.Title}.**"),
            sections);
        Assert.All(Descriptors.All, descriptor => Assert.EndsWith(
            $"docs/diagnostics.md of the package Fused, in section {descriptor.Id}.",
            descriptor.Description.ToString(CultureInfo.InvariantCulture),
            StringComparison.Ordinal));
    }

    /// <summary>Links lead to the project's home, and nowhere while it has none.</summary>
    [Theory]
    [InlineData(null, null)]
    [InlineData("https://home.test/fused", "https://home.test/fused/docs/diagnostics.md#fused001")]
    [InlineData("https://home.test/fused/", "https://home.test/fused/docs/diagnostics.md#fused001")]
    public void Links_lead_home(string? home, string? link)
    {
        Assert.Equal(link, Help.Link(home, "FUSED001"));
        string? own = typeof(Descriptors).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().SingleOrDefault(metadata => metadata.Key == "FusedHome")?.Value;
        Assert.All(Descriptors.All, descriptor => Assert.Equal(Help.Link(own, descriptor.Id) ?? "", descriptor.HelpLinkUri));
    }

    /// <summary>What the project or the compiler is at fault for, no declaration shows.</summary>
    private static readonly string[] WithoutExamples = ["FUSED020", "FUSED021", "FUSED022"];

    [Fact]
    public async Task The_examples_in_the_documentation_are_true()
    {
        foreach (string section in Documentation().Split("\n## ")[1..])
        {
            string id = section[..section.IndexOf('\n', StringComparison.Ordinal)];
            string[] examples = [.. Example().Matches(section).Select(match => "using Fused;\n" + match.Groups[1].Value)];

            Assert.Equal(WithoutExamples.Contains(id) ? 0 : 2, examples.Length);
            if (examples.Length == 0)
                continue;

            Assert.Contains(id, await Ids(examples[0]));
            Assert.Empty(await Ids(examples[1]));
        }
    }

    /// <summary>What is said of a project in which another generator writes a constant.</summary>
    private static async Task<IEnumerable<string>> Ids(string source)
    {
        AdditionalText[] files = [new LabelFile("/labels.txt", "cat\ndog\n"), new LabelFile("/animals/names.txt", "cat\ndog\n"), new LabelFile("/fruit/names.txt", "fig\nkiwi\n")];
        CSharpGeneratorDriver
            .Create(WithoutKernels.OfConstants(), new StandInGenerator(), new FileWriter("static class Written { public const int Size = 4; }"))
            .AddAdditionalTexts([.. files])
            .RunGeneratorsAndUpdateCompilation(Compilations.Create(source), out Compilation compilation, out _);
        ImmutableArray<Diagnostic> found = await compilation
            .WithAnalyzers([new FusedModelAnalyzer()], new AnalyzerOptions([.. files]))
            .GetAllDiagnosticsAsync(CancellationToken.None);
        return found.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden).Select(diagnostic => diagnostic.Id);
    }

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("^## FUSED.*\n\n.*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    private static string Documentation() => Documents.Read("diagnostics.md");
}
