using System.Text.RegularExpressions;

namespace Fused.Runtime.Tests.Packaging;

/// <summary>What the package's targets say when a program is published with NativeAOT. A target of the same name stands for its compiler.</summary>
public sealed partial class InstructionSetAdviceTests
{
    [Theory]
    [InlineData("linux-x64", "", true)]
    [InlineData("win-x64", "", true)]
    [InlineData("linux-x64", "x86-64-v3", false)]
    [InlineData("linux-x64", "native", false)]
    [InlineData("linux-arm64", "", false)]
    [InlineData("osx-arm64", "", false)]
    public async Task Without_an_instruction_set_x64_is_advised_to_choose_one(string runtime, string instructionSet, bool advised)
    {
        string output = await TargetsBuild.Run("-t:IlcCompile", $"-p:RuntimeIdentifier={runtime}", $"-p:IlcInstructionSet={instructionSet}");
        Assert.Equal(advised, output.Contains("warning FUSED900", StringComparison.Ordinal));
        Assert.Contains("compiled", output, StringComparison.Ordinal);
    }

    /// <summary>There is no page to link to, but a file: here the repository's, in the package the package's.</summary>
    [Fact]
    public async Task The_advice_names_a_file_that_explains_it()
    {
        string output = await TargetsBuild.Run("-t:IlcCompile", "-p:RuntimeIdentifier=linux-x64");
        string file = Explained().Match(output).Groups[1].Value;

        Assert.Contains("### FUSED900", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_builds_hear_nothing() =>
        Assert.DoesNotContain("FUSED900", await TargetsBuild.Run("-t:Build", "-p:RuntimeIdentifier=linux-x64"), StringComparison.Ordinal);

    [GeneratedRegex(@"(\S+diagnostics\.md) has more, under FUSED900")]
    private static partial Regex Explained();
}
