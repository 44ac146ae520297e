using Fused.CodeFixes;

namespace Fused.Generator.Tests.CodeFixes;

/// <summary>The remedy for FUSED203, however the function is spelt.</summary>
public class ReplaceSoftmaxWithSigmoidTests
{
    [Theory]
    [InlineData("Dense(1, {|FUSED203:Activation = Activation.Softmax|})", "Dense(1, Activation = Activation.Sigmoid)")]
    [InlineData("Dense(1, UseBias = false, {|FUSED203:Activation = global::Fused.Activation.LogSoftmax|}, Name = \"d\")", "Dense(1, UseBias = false, Activation = global::Fused.Activation.Sigmoid, Name = \"d\")")]
    [InlineData("Dense(1, {|FUSED203:Activation = (Activation)15|})", "Dense(1, Activation = Activation.Sigmoid)")]
    [InlineData("Dense(1), {|FUSED203:Softmax|}", "Dense(1), Activation(Activation.Sigmoid)")]
    [InlineData("Dense(1), {|FUSED203:Fused.SoftmaxAttribute(Name = \"s\")|}", "Dense(1), Fused.ActivationAttribute(Activation.Sigmoid, Name = \"s\")")]
    [InlineData("Dense(1), {|FUSED203:Activation(Activation.Softmax)|}", "Dense(1), Activation(Activation.Sigmoid)")]
    [InlineData("Dense(1), {|FUSED203:Activation(activation: Activation.Softmax, Name = \"s\")|}", "Dense(1), Activation(activation: Activation.Sigmoid, Name = \"s\")")]
    public Task Sigmoid_is_meant(string layers, string remedied) => Remedy.Check<ReplaceSoftmaxWithSigmoidCodeFix>(
        $"[FusedModel, Input(3), {layers}] partial class Head;", $"[FusedModel, Input(3), {remedied}] partial class Head;");

    [Fact]
    public Task Without_the_name_of_the_enumeration() => Remedy.Check<ReplaceSoftmaxWithSigmoidCodeFix>(
        Remedy.NamesFunctions + "[FusedModel, Input(3), Dense(1, {|FUSED203:Activation = Softmax|})] partial class Head;",
        Remedy.NamesFunctions + "[FusedModel, Input(3), Dense(1, Activation = Sigmoid)] partial class Head;");
}
