using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Fused.Generator.Tests.Folders;

/// <summary>The compiler's folders stand in an order, and what is in one uses only what is in those before it.</summary>
public sealed partial class FolderTests
{
    /// <summary>
    /// From what everything is made of to what makes everything of it. A layer's formulas are IR; shapes, names and problems need no compiler;
    /// the stages of it follow, in the order in which a model goes through them.
    /// </summary>
    private static readonly string[] Order =
    [
        "Collections", "IR", "Diagnostics", "Graph", "Model", "Inference", "Parsing", "Fusion", "Rewrites", "Computing", "Scheduling", "Lowering", "Planning",
        "Emit", "Analyzers",
    ];

    /// <summary>Every <c>using</c> in a folder names the folder itself or one before it in the order.</summary>
    [Fact]
    public void ArrowsGoOneWay()
    {
        var wrong = new List<string>();
        int read = 0;
        foreach (string file in Sources())
        {
            string[] parts = Path.GetRelativePath(Root(), file).Split(Path.DirectorySeparatorChar);
            if (parts.Length == 1)
                continue; // the wiring knows all

            int own = Array.IndexOf(Order, parts[0]);
            Assert.True(own >= 0, $"{parts[0]} has no place in the order.");
            foreach (Match match in Usings().Matches(File.ReadAllText(file)))
            {
                read++;
                if (Array.IndexOf(Order, match.Groups[1].Value) is var used && (used < 0 || used > own))
                    wrong.Add($"{parts[0]}/{parts[^1]} uses {match.Groups[1].Value}");
            }
        }

        Assert.True(read > 100, $"Only {read} usings were found.");
        Assert.Empty(wrong);
    }

    /// <summary>No file is so long that it does several things.</summary>
    [Fact]
    public void FilesAreShort()
    {
        Assert.All(Sources(), file => Assert.InRange(File.ReadLines(file).Count(), 1, 500));
    }

    private static IEnumerable<string> Sources() => Directory
        .EnumerateFiles(Root(), "*.cs", SearchOption.AllDirectories)
        .Where(file => Path.GetRelativePath(Root(), file).Split(Path.DirectorySeparatorChar)[0] is not ("obj" or "bin"));

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Generator"));

    [GeneratedRegex(@"^using (?:static )?Fused\.Generator\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Usings();
}
