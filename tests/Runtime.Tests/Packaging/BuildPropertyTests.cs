namespace Fused.Runtime.Tests.Packaging;

/// <summary>The properties that the package's targets show to the compiler.</summary>
public sealed class BuildPropertyTests
{
    [Fact]
    public async Task The_compiler_sees_whether_to_fuse() =>
        Assert.Contains("\"FusedFusion\"", await TargetsBuild.Run("-getItem:CompilerVisibleProperty"), StringComparison.Ordinal);

    [Theory]
    [InlineData("true")]
    [InlineData("false", "-p:FusedFusion=false")]
    public async Task Layers_are_fused_unless_a_project_says_otherwise(string expected, params string[] properties) =>
        Assert.Equal(expected, (await TargetsBuild.Run(["-getProperty:FusedFusion", .. properties])).Trim());
}
