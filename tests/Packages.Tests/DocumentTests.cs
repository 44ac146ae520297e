using System.Text;
using System.Text.RegularExpressions;

namespace Fused.Packages.Tests;

/// <summary>What stands in the packages to be read, and that what refers to it is right.</summary>
[Collection(nameof(Packages))]
public sealed partial class DocumentTests(Packages packages)
{
    [Theory]
    [InlineData("Fused")]
    [InlineData("Fused.Gpu")]
    public void Each_package_has_all_documents(string package)
    {
        IEnumerable<string> documents = Directory.GetFiles(Path.Combine(Packages.Root, "docs")).Select(file => "docs/" + Path.GetFileName(file));

        Assert.All(documents.Concat(["README.md", "LICENSE"]), document => Assert.Equal(
            File.ReadAllBytes(Path.Combine(Packages.Root, document)), packages.Files[$"{package}/{document}"]));
    }

    [Fact]
    public void Links_in_the_packages_lead_to_files_and_sections() => Assert.Empty(packages.Files.Keys
        .Where(file => file.EndsWith(".md", StringComparison.Ordinal))
        .SelectMany(file => Dangling(file, Text(file))));

    [Fact]
    public void A_link_that_leads_nowhere_is_found() => Assert.Equal(
        ["Fused/docs/gpu.md: ../samples", "Fused/docs/gpu.md: gpu.md#not-there"],
        Dangling("Fused/docs/gpu.md", "[a](../samples), [b](gpu.md#not-there), [c](../README.md), [d](diagnostics.md#fused001)"));

    [Fact]
    public void The_advice_at_publishing_names_a_file_of_the_package()
    {
        Assert.Contains("../docs/diagnostics.md", Text("Fused/build/Fused.targets"), StringComparison.Ordinal);
        Assert.Equal(Text("Fused/build/Fused.targets"), Text("Fused/buildTransitive/Fused.targets"));
        Assert.Contains("FUSED900", Text("Fused/docs/diagnostics.md"), StringComparison.Ordinal);
    }

    /// <summary>One property says where the project is to be found, and the packages and the compiler's messages get it from there.</summary>
    [Theory]
    [InlineData("src/Runtime/Fused.csproj", "-getProperty:PackageProjectUrl", "https://home.test/fused")]
    [InlineData("src/Runtime.Gpu/Fused.Gpu.csproj", "-getProperty:PackageProjectUrl", "https://home.test/fused")]
    [InlineData("src/Generator/Fused.Generator.csproj", "-getItem:AssemblyMetadata", "\"Value\": \"https://home.test/fused\"")]
    public async Task One_property_is_the_home(string project, string question, string answer)
    {
        Assert.Contains(answer, (await DotNet.Run(Packages.Root, "msbuild", project, question, "-p:FusedHome=https://home.test/fused")).Check(), StringComparison.Ordinal);
        Assert.DoesNotContain("http", (await DotNet.Run(Packages.Root, "msbuild", project, question, "-p:FusedHome=")).Check(), StringComparison.Ordinal);
    }

    private string Text(string file) => Encoding.UTF8.GetString(packages.Files[file]);

    private IEnumerable<string> Dangling(string file, string text) => Link().Matches(text)
        .Select(match => match.Groups[1].Value)
        .Where(link => !link.Contains("://", StringComparison.Ordinal) && !Leads(file, link))
        .Select(link => $"{file}: {link}");

    private bool Leads(string file, string link)
    {
        string[] parts = link.Split('#');
        string target = parts[0].Length == 0 ? file : new Uri(new Uri("http://package/" + file), parts[0]).AbsolutePath[1..];
        return packages.Files.ContainsKey(target)
            && (parts.Length == 1 || Heading().Matches(Text(target)).Any(heading => Anchor(heading.Groups[1].Value) == parts[1]));
    }

    /// <summary>The name that a heading's section has in a link.</summary>
    private static string Anchor(string heading) =>
        string.Concat(heading.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
