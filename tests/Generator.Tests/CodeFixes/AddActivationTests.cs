using Fused.CodeFixes;

namespace Fused.Generator.Tests.CodeFixes;

/// <summary>The remedy for FUSED205, in any form of the attribute.</summary>
public class AddActivationTests
{
    [Theory]
    [InlineData("Dense(4)", "Dense(4, Activation = Activation.Relu)")]
    [InlineData("Dense(units: 4)", "Dense(units: 4, Activation = Activation.Relu)")]
    [InlineData("Fused.DenseAttribute(4, Name = \"d\" /* d */)", "Fused.DenseAttribute(4, Name = \"d\" /* d */, Activation = Activation.Relu)")]
    [InlineData("Dense(4, Activation = Activation.Linear, Name = \"d\")", "Dense(4, Activation = Activation.Relu, Name = \"d\")")]
    [InlineData("Dense(4, Activation = default)", "Dense(4, Activation = Activation.Relu)")]
    public Task The_first_gets_one(string dense, string remedied) => Remedy.Check<AddActivationCodeFix>(
        $"[FusedModel, Input(3)]\n[{{|FUSED205:{dense}|}}]\n[Dense(2)]\npartial class Head;",
        $"[FusedModel, Input(3)]\n[{remedied}]\n[Dense(2)]\npartial class Head;");

    [Fact]
    public Task All_in_one_go() => Remedy.Check<AddActivationCodeFix>(
        "[FusedModel, Input(3), {|FUSED205:Dense(4)|}, {|FUSED205:Dense(4)|}, Dropout(0.5), Dense(2)]\npartial class Head;",
        "[FusedModel, Input(3), Dense(4, Activation = Activation.Relu), Dense(4, Activation = Activation.Relu), Dropout(0.5), Dense(2)]\npartial class Head;");

    [Fact]
    public Task Without_the_name_of_the_enumeration() => Remedy.Check<AddActivationCodeFix>(
        Remedy.NamesFunctions + "[FusedModel, Input(3), {|FUSED205:Dense(4, Activation = Linear)|}, {|FUSED205:Dense(4)|}, Dense(2)] partial class Head;",
        Remedy.NamesFunctions + "[FusedModel, Input(3), Dense(4, Activation = Relu), Dense(4, Activation = Relu), Dense(2)] partial class Head;");
}
