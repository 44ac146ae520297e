using Fused.CodeFixes;

namespace Fused.Generator.Tests.CodeFixes;

/// <summary>A remedy for FUSED204: the attributes change places, and what stands around the places stays.</summary>
public class MoveDropoutTests
{
    [Theory]
    [InlineData(
        "[FusedModel, Input(3)]\n[Dense(2)] // two classes\n[{|FUSED204:Dropout(0.5)|}] // half of it\npartial class Head;",
        "[FusedModel, Input(3)]\n[Dropout(0.5)] // two classes\n[Dense(2)] // half of it\npartial class Head;")]
    [InlineData(
        "[FusedModel, Input(3), Dense(2), Softmax, {|FUSED204:F.Dropout(0.5)|}] partial class Head;",
        "[FusedModel, Input(3), F.Dropout(0.5), Dense(2), Softmax] partial class Head;")]
    [InlineData(
        "[FusedModel, Input(3), Dense(9, Activation = Activation.Relu), Dense(2)]\n[{|FUSED204:Dropout(0.5)|}, Softmax] partial class Head;",
        "[FusedModel, Input(3), Dense(9, Activation = Activation.Relu), Dropout(0.5)]\n[Dense(2), Softmax] partial class Head;")]
    public Task It_goes_before_the_Dense(string source, string remedied) => Remedy.Check<MoveDropoutCodeFix>(source, remedied);
}
