namespace Fused.Generator.Tests.Diagnostics;

/// <summary>FUSED1xx: layers whose shapes do not go together.</summary>
public class ShapeDiagnosticTests
{
    [Theory]
    [InlineData("Input(3), {|#0:GlobalAveragePooling2D|}", "GlobalAveragePooling2D", 3)]
    [InlineData("Input(3), {|#0:GlobalMaxPooling2D(Name = \"max\")|}", "GlobalMaxPooling2D", 3)]
    [InlineData("Input(1, 2, 3), Flatten, Dropout(0.5), {|#0:Fused.AdaptiveConcatPooling2D()|}", "AdaptiveConcatPooling2D", 6)]
    public Task FUSED101_pooling_of_a_vector(string layers, string kind, int length) => Analysis.Run(
        $"[FusedModel, {layers}] partial class Head;",
        $"FUSED101 Error: {kind} takes a feature map, but its input ({length}) is a vector");

    [Theory]
    [InlineData("Dense(2)", "Dense")]
    [InlineData("Softmax", "Softmax")]
    [InlineData("Activation(Activation.LogSoftmax)", "Activation")]
    public Task FUSED102_last_axis_of_a_channels_first_map(string layer, string kind) => Analysis.Run(
        $"[FusedModel, Input(2048, 8, 9, Layout = DataLayout.ChannelsFirst), {{|#0:{layer}|}}] partial class Head;",
        $"FUSED102 Error: {kind} works over the last axis, which is the width of its channels-first input (2048, 8, 9): put a pooling layer or Flatten before it");

    [Theory]
    [InlineData("Input(8, 8, 2048), Dense(2), Softmax, GlobalMaxPooling2D")]
    [InlineData("Input(8, 8, 4, Layout = DataLayout.ChannelsFirst), Activation(Activation.Relu), BatchNormalization, Flatten, Dense(2)")]
    [InlineData("Input(8), {|FUSED207:Flatten(ChannelsLastOrder = true)|}, {|FUSED207:Flatten|}, Softmax, {|FUSED202:Softmax|}")]
    public Task Shapes_that_fit(string layers) => Analysis.Run($"[FusedModel, {layers}] partial class Head;");

    [Theory]
    [InlineData("{|#0:Input(65536, 65536, 1)|}, GlobalMaxPooling2D", "Input", "(65536, 65536, 1)")]
    [InlineData("{|#0:Input(int.MaxValue, int.MaxValue, int.MaxValue)|}, Flatten", "Input", "(2147483647, 2147483647, 2147483647)")]
    [InlineData("Input(1024, 1024, 1), {|#0:Dense(1000)|}", "Dense", "(1024, 1024, 1000)")]
    [InlineData("Input(1, 1, 536870911), {|#0:AdaptiveConcatPooling2D|}", "AdaptiveConcatPooling2D", "(1073741822)")]
    public Task FUSED103_sample_too_large(string layers, string kind, string shape) => Analysis.Run(
        $"[FusedModel, {layers}] partial class Head;",
        $"FUSED103 Error: {kind} has the shape {shape}, of more than 536,870,911 values");

    [Fact]
    public Task FUSED104_too_many_weights() => Analysis.Run(
        "[FusedModel, Input(23170), Dense(23170, UseBias = false), {|#0:Dense(2)|}, Dense(23170)] partial class Head;",
        "FUSED104 Error: With Dense the model has 536,895,242 weights, more than the 536,870,911 float32 values that 2^31 - 1 bytes hold");
}
