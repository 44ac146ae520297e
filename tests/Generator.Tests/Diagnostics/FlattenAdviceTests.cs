using Fused.Generator.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fused.Generator.Tests.Diagnostics;

/// <summary>FUSED201, the founding advice: what it says, when, how loudly, and how it is silenced.</summary>
public class FlattenAdviceTests
{
    private const string Founding = "[FusedModel, Input(8, 8, 2048), {|#0:Flatten|}, Dense(1000)] partial class Head;";

    private const string FoundingMessage =
        "FUSED201 Warning: Flatten gives dense 131,072 inputs: 131,073,000 parameters, 500 MiB; with GlobalAveragePooling2D 2,049,000";

    [Fact]
    public Task The_founding_network() => Analysis.Run(Founding, FoundingMessage);

    [Theory]
    [InlineData("Input(8, 8, 512), {|#0:Flatten|}, Dense(10, Name = \"digits\")", "digits 32,768 inputs: 327,690 parameters, 1.3 MiB; with GlobalAveragePooling2D 5,130")]
    [InlineData("Input(10, 10, 100), {|#0:Flatten|}, Dense(10)", "dense 10,000 inputs: 100,010 parameters, 0.4 MiB; with GlobalAveragePooling2D 1,010")]
    [InlineData("Input(2, 1, 8000), {|#0:Flatten|}, Dense(999, UseBias = false)", "dense 16,000 inputs: 15,984,000 parameters, 61 MiB; with GlobalAveragePooling2D 7,992,000")]
    [InlineData("Input(512, 8, 8, Layout = DataLayout.ChannelsFirst), {|#0:Flatten(ChannelsLastOrder = true)|}, Dense(10)", "dense 32,768 inputs: 327,690 parameters, 1.3 MiB; with GlobalAveragePooling2D 5,130")]
    [InlineData("Input(8, 8, 512), {|#0:Flatten|}, Dropout(0.5), BatchNormalization, Activation(Activation.Relu), Dense(10)", "dense 32,768 inputs: 327,690 parameters, 1.3 MiB; with GlobalAveragePooling2D 5,130")]
    [InlineData("Input(8, 8, 512), BatchNormalization, {|#0:Flatten|}, Dense(10), Softmax, Dense(10)", "dense 32,768 inputs: 327,690 parameters, 1.3 MiB; with GlobalAveragePooling2D 5,130")]
    public Task Information_from_100_000_weights_up(string layers, string message) =>
        Analysis.Run($"[FusedModel, {layers}] partial class Head;", "FUSED201 Info: Flatten gives " + message);

    [Fact]
    public Task A_warning_from_16_million_weights_up() => Analysis.Run(
        "[FusedModel, Input(2, 1, 8000), {|#0:Flatten|}, Dense(1000, UseBias = false)] partial class Head;",
        "FUSED201 Warning: Flatten gives dense 16,000 inputs: 16,000,000 parameters, 61 MiB; with GlobalAveragePooling2D 8,000,000");

    [Fact]
    public Task Beside_an_error_that_pooling_would_mend() => Analysis.Run(
        "[FusedModel, Input(64, 64, 2048), {|#0:Flatten|}, {|#1:Dense(1000)|}] partial class Head;",
        "FUSED201 Warning: Flatten gives dense 8,388,608 inputs: 8,388,609,000 parameters, 32,000 MiB; with GlobalAveragePooling2D 2,049,000",
        "FUSED104 Error: With Dense the model has 8,388,609,000 weights, more than the 536,870,911 float32 values that 2^31 - 1 bytes hold");

    [Theory]
    [InlineData("Input(9999), {|FUSED207:Flatten|}, Dense(1000)")] // a vector
    [InlineData("Input(1, 1, 9999), Flatten, Dense(1000)")] // one position
    [InlineData("Input(8, 8, 156), Flatten, Dense(10)")] // 99,840 weights
    [InlineData("Input(8, 8, 2048), Flatten, Softmax, Dense(10)")] // a distribution over the positions
    [InlineData("Input(8, 8, 2048), Flatten, Softmax")]
    [InlineData("Input(8, 8, 2048), GlobalMaxPooling2D, {|FUSED207:Flatten|}, Dense(1000)")]
    [InlineData("Input(8, 8, 2048), Dense(1000), Flatten")]
    [InlineData("Input(8, 8, 2048), Flatten(Name = \"a\"), GlobalMaxPooling2D(From = \"input\", Name = \"b\"), Dense(1000), Concatenate(\"a\")")] // the Dense reads the maxima
    [InlineData("Input(8, 8, 2048), Flatten, Dense(1000, Name = \"a\"), Softmax(From = \"flatten\"), Concatenate(\"a\")")] // the positions are needed elsewhere
    public Task Silent_elsewhere(string layers) => Analysis.Run($"[FusedModel, {layers}] partial class Head;");

    [Theory]
    [InlineData("#pragma warning disable FUSED201\n")]
    [InlineData("[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"Fused\", \"FUSED201\")]\n")]
    public Task Silenced_in_source(string silencer) =>
        Analysis.Run(silencer + Founding.Replace("{|#0:Flatten|}", "Flatten", StringComparison.Ordinal));

    [Theory]
    [InlineData(ReportDiagnostic.Suppress, null)]
    [InlineData(ReportDiagnostic.Info, DiagnosticSeverity.Info)]
    [InlineData(ReportDiagnostic.Default, DiagnosticSeverity.Warning)]
    [InlineData(ReportDiagnostic.Error, DiagnosticSeverity.Error)]
    public async Task Set_by_the_project(ReportDiagnostic configured, DiagnosticSeverity? severity)
    {
        CSharpCompilation compilation = Compilations.Create("using Fused;" + Founding.Replace("{|#0:Flatten|}", "Flatten", StringComparison.Ordinal));
        CompilationWithAnalyzers analyzed = compilation
            .WithOptions(compilation.Options.WithSpecificDiagnosticOptions([KeyValuePair.Create("FUSED201", configured)]))
            .WithAnalyzers([new FusedModelAnalyzer()]);

        Assert.Equal(severity, (await analyzed.GetAnalyzerDiagnosticsAsync(CancellationToken.None)).SingleOrDefault()?.Severity);
    }
}
