using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fused.Testing.Data;

namespace Fused.Packages.Tests;

/// <summary>Projects in which other generators look at code that calls models.</summary>
[Collection(nameof(Packages))]
public sealed partial class OtherGeneratorsTests(Packages packages)
{
    /// <summary>Values 1, 2, 3, 4 give 70, 90, 110 with a kernel of 0 to 11 and biases of 10, 20, 30.</summary>
    private static readonly float[] Input = [1, 2, 3, 4], Output = [70, 90, 110];

    [SkippableFact]
    public async Task A_minimal_API_of_native_code_predicts()
    {
        string project = packages.Copy("Api");
        DotNet compiler = await DotNet.Run(project, "restore", "--use-current-runtime");
        Skip.If(compiler.ExitCode != 0, $"NativeAOT's compiler is a package that this machine does not get: {compiler.Output}");

        DotNet published = await DotNet.Run(
            project, ["publish", "--use-current-runtime", "-o", "published", .. await packages.Properties()]);
        Skip.If(NoLinker().IsMatch(published.Output), $"NativeAOT finds no linker on this machine: {published.Output}");
        published.Check();

        string weights = Path.Combine(project, "head.safetensors");
        Safetensors.Write(weights, [("dense.kernel", [4, 3], [.. Enumerable.Range(0, 12).Select(i => (float)i)]), ("dense.bias", [3], [10, 20, 30])]);
        using Api api = await Api.Start(Path.Combine(project, "published", OperatingSystem.IsWindows() ? "Api.exe" : "Api"), weights);

        foreach (string path in new[] { "/injected", "/service", "/block", "/async", "/half", "/results", "/typed", "/method", "/group" })
            Assert.Equal(Output, JsonSerializer.Deserialize<float[]>(await Post(api, path)));

        Assert.Equal("""{"values":[70,90,110],"weights":15}""", await Post(api, "/answer"));
        Assert.Equal("110", await Post(api, "/best"));
        Assert.Equal("bird", await Post(api, "/top"));
        Assert.Equal(1, JsonSerializer.Deserialize<float[]>(await Post(api, "/two"))![2], 1e-6);
        Assert.Equal("4", await api.Client.GetStringAsync("/length"));
        Assert.Contains("Parameters: 15", await api.Client.GetStringAsync("/summary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Components_and_JSON_call_models() =>
        (await DotNet.Run(packages.Copy("Pages"), ["build", .. await packages.Properties()])).Check();

    private static async Task<string> Post(Api api, string path)
    {
        using HttpResponseMessage response = await api.Client.PostAsJsonAsync(path, Input);
        string content = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, string.Create(CultureInfo.InvariantCulture, $"{path}: {(int)response.StatusCode} {content}"));
        return content;
    }

    [GeneratedRegex("Platform linker .* not found")]
    private static partial Regex NoLinker();
}
