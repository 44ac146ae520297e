using Fused.CodeFixes;

namespace Fused.Generator.Tests.CodeFixes;

/// <summary>The remedy for FUSED206: a Dense's own activation becomes a layer, one that is a layer changes places.</summary>
public class MoveActivationTests
{
    [Theory]
    [InlineData(
        "partial class Outer\n{\n    [FusedModel, Input(3)]\n    [Dense(4, Activation = Activation.Relu)] // four\n    [{|FUSED206:BatchNormalization|}] // normalised\n    partial class Head;\n}\n",
        "partial class Outer\n{\n    [FusedModel, Input(3)]\n    [Dense(4)] // four\n    [BatchNormalization] // normalised\n    [Activation(Activation.Relu)]\n    partial class Head;\n}\n")]
    [InlineData(
        "[FusedModel, Input(3), Dense(4, Activation = Activation.LeakyRelu, Alpha = 0.1, Name = \"d\"), {|FUSED206:BatchNormalization(Epsilon = 1e-5)|}, Softmax] partial class Head;",
        "[FusedModel, Input(3), Dense(4, Name = \"d\"), BatchNormalization(Epsilon = 1e-5), Activation(Activation.LeakyRelu, Alpha = 0.1), Softmax] partial class Head;")]
    [InlineData(
        "[FusedModel, Input(3), Dense(4, Activation = Activation.Tanh)]\n[{|FUSED206:F::BatchNormalizationAttribute()|}, Softmax] partial class Head;",
        "[FusedModel, Input(3), Dense(4)]\n[F::BatchNormalizationAttribute(), F::ActivationAttribute(Activation.Tanh), Softmax] partial class Head;")]
    [InlineData(
        "[FusedModel, Input(3), Dense(4)]\n[Activation(Activation.Elu, Alpha = 2)] // bent\n[Dropout(0.5)]\n[{|FUSED206:BatchNormalization|}] // straight\n[Activation(Activation.Tanh)]\n[Dense(2)]\npartial class Head;",
        "[FusedModel, Input(3), Dense(4)]\n[BatchNormalization] // bent\n[Dropout(0.5)]\n[Activation(Activation.Elu, Alpha = 2)] // straight\n[Activation(Activation.Tanh)]\n[Dense(2)]\npartial class Head;")]
    public Task It_goes_after_the_normalisation(string source, string remedied) => Remedy.Check<MoveActivationCodeFix>(source, remedied);
}
