using System.Text;
using System.Text.RegularExpressions;

namespace Fused.Packages.Tests;

/// <summary>
/// Nothing sends anybody to a place that does not exist. What may be named is listed here, after somebody has been there; a home of
/// this project's own is named by the property <c>FusedHome</c> of Directory.Build.props alone.
/// </summary>
[Collection(nameof(Packages))]
public sealed partial class AddressTests(Packages packages)
{
    private static readonly string[] Real =
    [
        // Formats and what they are specified by.
        "https://github.com/huggingface/safetensors",
        "https://github.com/onnx/onnx/blob/main/onnx/onnx.proto",
        "https://git-lfs", // the beginning of what stands in the place of a file that git left elsewhere
        "https://protobuf.dev/programming-guides/encoding",
        "http://www.w3.org/2000/svg",

        // Tools.
        "https://dotnet.microsoft.com/",
        "https://learn.microsoft.com/",
        "https://github.com/dotnet/",

        // Papers, data and their licences.
        "https://arxiv.org/abs/",
        "https://doi.org/",
        "https://creativecommons.org/licenses/",

        // What NuGet writes into every package, and the licence it is told.
        "http://schemas.microsoft.com/",
        "http://schemas.openxmlformats.org/",
        "http://purl.org/dc/",
        "http://www.w3.org/2001/XMLSchema",
        "https://licenses.nuget.org/MIT",
        "https://aka.ms/deprecateLicenseUrl",
    ];

    private static readonly string[] Documents = [".md", ".cs", ".csproj", ".props", ".targets", ".svg", ".py", ".sh", ".json"];

    [Fact]
    public void The_packages_name_no_place_that_does_not_exist() =>
        Assert.Empty(packages.Files.SelectMany(file => Unreal(file.Key, file.Value)));

    /// <summary>The documents, and the code with its messages.</summary>
    [Fact]
    public void The_repository_names_none_either()
    {
        string[] folders = ["docs", "samples", "src"];
        IEnumerable<string> files = Directory.GetFiles(Packages.Root, "*.md")
            .Append(Path.Combine(Packages.Root, "Directory.Build.props"))
            .Concat(folders.SelectMany(folder => Directory.GetFiles(Path.Combine(Packages.Root, folder), "*", SearchOption.AllDirectories)))
            .Concat(Directory.GetFiles(Path.Combine(Packages.Root, "tests"), "*.md", SearchOption.AllDirectories))
            .Where(file => Documents.Contains(Path.GetExtension(file)) && !Output().IsMatch(file));

        Assert.Empty(files.SelectMany(file => Unreal(Path.GetRelativePath(Packages.Root, file), File.ReadAllBytes(file))));
    }

    [Theory]
    [InlineData("see https://github.com/fused-net/fused for more", "https://github.com/fused-net/fused")]
    [InlineData("github.com/fused-net", "github.com/fused-net")]
    [InlineData("<a href='http://fused.dev'>", "http://fused.dev")]
    [InlineData("the package nuget.org/packages/Fused", "nuget.org/packages/Fused")]
    [InlineData("https://dotnet.microsoft.com.fused.dev/x", "https://dotnet.microsoft.com.fused.dev/x")]
    [InlineData("Fused is not on nuget.org yet; https://dotnet.microsoft.com/download (https://doi.org/10.24432/C50P49).")]
    public void The_search_finds_what_it_is_for(string text, params string[] found)
    {
        Assert.Equal(found, Unreal("", Encoding.UTF8.GetBytes(text)).Select(place => place[2..]));
        Assert.Equal(found, Unreal("", [1, .. Encoding.Unicode.GetBytes(text)]).Select(place => place[2..])); // as an assembly holds its strings
    }

    /// <summary>The addresses in a file that are not listed, whether the file holds them in one byte a character or in two.</summary>
    private static IEnumerable<string> Unreal(string file, byte[] content) =>
        new[] { Encoding.Latin1.GetString(content), Encoding.Unicode.GetString(content), Encoding.Unicode.GetString(content, Math.Min(1, content.Length), Math.Max(0, content.Length - 1)) }
            .SelectMany(text => Address().Matches(text))
            .Select(match => match.Value.TrimEnd('.', ',', ';', ':'))
            .Where(address => !Real.Any(real => address.StartsWith(real, StringComparison.Ordinal)))
            .Distinct()
            .Select(address => $"{file}: {address}");

    [GeneratedRegex(@"https?://[!-~-[""'<>()\[\]`{}|\\^]]+|(?<![\w./@-])(www\.)?(github|gitlab|bitbucket|codeberg|nuget)\.(com|org)/[\w./-]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex Output();
}
