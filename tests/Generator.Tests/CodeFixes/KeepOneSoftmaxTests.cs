using Fused.CodeFixes;

namespace Fused.Generator.Tests.CodeFixes;

/// <summary>The remedy for FUSED202: what comes out stays probabilities, or their logarithms.</summary>
public class KeepOneSoftmaxTests
{
    [Theory]
    [InlineData(
        "[FusedModel, Input(3)]\n[Dense(2, Activation = Activation.Softmax)]\n[{|FUSED202:Softmax|}]\npartial class Head;",
        "[FusedModel, Input(3)]\n[Dense(2, Activation = Activation.Softmax)]\npartial class Head;")]
    [InlineData(
        "[FusedModel, Input(3), Dense(2), Softmax, {|FUSED202:Activation(Activation.Softmax)|}]\npartial class Head;",
        "[FusedModel, Input(3), Dense(2), Softmax]\npartial class Head;")]
    [InlineData(
        "[FusedModel, Input(3), Dense(2), Softmax]\n[{|FUSED202:Activation(Activation.LogSoftmax)|}]\npartial class Head;",
        "[FusedModel, Input(3), Dense(2)]\n[Activation(Activation.LogSoftmax)]\npartial class Head;")]
    [InlineData(
        "[FusedModel, Input(3), Dense(2, Activation = Activation.Softmax, Name = \"d\"), {|FUSED202:Activation(Activation.LogSoftmax)|}]\npartial class Head;",
        "[FusedModel, Input(3), Dense(2, Name = \"d\"), Activation(Activation.LogSoftmax)]\npartial class Head;")]
    [InlineData(
        "[FusedModel, Input(3), Dense(2), Last, {|FUSED202:Last|}, {|FUSED202:Last|}]\npartial class Head;",
        "[FusedModel, Input(3), Dense(2), Last]\npartial class Head;")]
    public Task One_goes(string source, string remedied) => Remedy.Check<KeepOneSoftmaxCodeFix>(source, remedied);
}
