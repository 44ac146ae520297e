using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fused.Generator.Tests.Diagnostics;

/// <summary>FUSED04x: what is wrong with a block is told there and where it is used, what is wrong with a use at the use.</summary>
public class BlockDiagnosticTests
{
    private const string Hidden = "[FusedBlock, Dense(Hidden.Units, Activation = Hidden.Function, Name = \"hidden\")] class Hidden { public const int Units = 4; public const Activation Function = Activation.Relu; } ";

    [Fact]
    public Task A_good_block_has_no_diagnostic() => Analysis.Run(Hidden + Model("Block(typeof(Hidden), \"Units\", 8), Block(typeof(Hidden)), Dense(2)"));

    [Theory]
    [InlineData("typeof(Plain)", "Plain", "it has no [FusedBlock]")]
    [InlineData("typeof(string)", "string", "it has no [FusedBlock]")]
    [InlineData("typeof(int[])", "int[]", "it is no class")]
    [InlineData("typeof(System.DayOfWeek)", "DayOfWeek", "it is no class")]
    [InlineData("null", "null", "name a class that is one")]
    [InlineData("typeof(Model)", "Model", "it has no [FusedBlock]")]
    public Task FUSED040_no_block(string type, string name, string why) => Analysis.Run(
        "class Plain; [FusedModel, Input(4), Dense(2)] partial class Model; " + Model($"Block({{|#0:{type}|}})").Replace("null", "null!", StringComparison.Ordinal),
        $"FUSED040 Error: '{name}' cannot be used as a block: {why}");

    [Fact]
    public Task FUSED040_generic() => Analysis.Run(
        "[FusedBlock, Dense(2)] class {|#0:Any|}<T>; " + Model("Block({|#1:typeof(Any<int>)|})"),
        "FUSED040 Error: 'Any' cannot be used as a block: it is generic, and attributes cannot name constants of type parameters",
        "FUSED040 Error: 'Any<int>' cannot be used as a block: it is generic, and attributes cannot name constants of type parameters");

    /// <summary>The same for an editor, which has the sources of a referenced project, and for a build, which has none.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FUSED040_in_another_assembly(bool hasSource)
    {
        CSharpCompilation library = CSharpCompilation.Create(
            "Blocks",
            [CSharpSyntaxTree.ParseText("using Fused; [FusedBlock, Dense(2)] public class Pair { public const int Units = 1; }", Compilations.ParseOptions)],
            Compilations.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        CSharpCompilation compilation = Compilations.Create("using Fused; " + Model("Block(typeof(Pair))"))
            .AddReferences(hasSource ? library.ToMetadataReference() : MetadataReference.CreateFromImage(image.ToArray()));

        Assert.Equal(
            ["FUSED040: 'Pair' cannot be used as a block: it is compiled already, in Blocks, and values can be put into source alone: add its file to this project too"],
            await Texts(compilation));
    }

    [Theory]
    [InlineData("Hidden", "\"Size\"", "'Size' is no constant of Hidden: there are 'Units', 'Function'")]
    [InlineData("Hidden", "\"units\"", "'units' is no constant of Hidden: there are 'Units', 'Function'")]
    [InlineData("Fixed", "\"Secret\"", "'Secret' is no constant of Fixed: it has no constant that a model can see")]
    public Task FUSED041_unknown_parameter(string block, string name, string message) => Analysis.Run(
        Hidden + "[FusedBlock, Dense(2)] class Fixed { private const int Secret = 1; public static readonly int Other = 2; } " + Model($"Block(typeof({block}), {{|#0:{name}|}}, 1)"),
        "FUSED041 Error: " + message);

    [Theory]
    [InlineData("{|#0:\"Units\"|}", "end with the name 'Units', and no value")]
    [InlineData("{|#0:4|}, \"Units\"", "have the int 4 where a name belongs")]
    [InlineData("{|#0:null|}, 4", "have null where a name belongs")]
    [InlineData("{|#0:typeof(int)|}, 4", "have a Type where a name belongs")]
    [InlineData("\"Units\", 4, {|#0:\"Units\"|}, 5", "have 'Units' twice")]
    [InlineData("\"Units\", 4, {|#0:5|}, \"Units\"", "have the int 5 where a name belongs")]
    [InlineData("{|#0:new object[] { \"Units\", 4, 1.5 }|}", "have the double 1.5 where a name belongs")]
    public Task FUSED042_unpaired(string values, string what) => Analysis.Run(
        Hidden + Model($"Block(typeof(Hidden), {values})"),
        $"FUSED042 Error: The values of Hidden {what}: they are names of its constants and their values by turns, each once");

    [Theory]
    [InlineData("\"Units\", {|#0:4.0|}", "Units", "int", "the double 4")]
    [InlineData("\"Units\", {|#0:4L|}", "Units", "int", "the long 4")]
    [InlineData("\"Units\", {|#0:\"4\"|}", "Units", "int", "the string \"4\"")]
    [InlineData("\"Units\", {|#0:true|}", "Units", "int", "the bool true")]
    [InlineData("\"Units\", {|#0:null|}", "Units", "int", "null")]
    [InlineData("\"Units\", {|#0:new[] { 1, 2 }|}", "Units", "int", "a int[]")]
    [InlineData("\"Units\", {|#0:typeof(int)|}", "Units", "int", "a Type")]
    [InlineData("\"Units\", {|#0:Activation.Relu|}", "Units", "int", "the Activation 1")]
    [InlineData("\"Function\", {|#0:1|}", "Function", "Activation", "the int 1")]
    [InlineData("\"Units\", 3, \"Function\", {|#0:Padding.Same|}", "Function", "Activation", "the Padding 1")]
    public Task FUSED043_type(string values, string constant, string type, string given) => Analysis.Run(
        Hidden + Model($"Block(typeof(Hidden), {values})"),
        $"FUSED043 Error: '{constant}' of Hidden is of type {type}, to which {given} does not convert");

    [Fact]
    public Task FUSED044_itself() => Analysis.Run(
        "[FusedBlock, Dense(4), {|#0:Block(typeof(A))|}] class A; " + Model("{|#1:Block(typeof(A))|}"),
        "FUSED044 Error: 'A' uses itself: A, A",
        "FUSED047 Error: The block A, used as 'a', has FUSED044 in 'a.a': 'A' uses itself: A, A");

    [Fact]
    public Task FUSED044_each_other() => Analysis.Run(
        "[FusedBlock, {|#0:Block(typeof(B))|}] class A; [FusedBlock, {|#1:Block(typeof(A))|}] class B;",
        "FUSED044 Error: 'A' uses itself: A, B, A",
        "FUSED044 Error: 'B' uses itself: B, A, B");

    [Theory]
    [InlineData("FusedBlock, {|#0:Input(3)|}, Dense(2)", "Input")]
    [InlineData("FusedBlock, Dense(2), {|#0:Labels(\"a\", \"b\")|}", "Labels")]
    [InlineData("{|#0:FusedModel|}, FusedBlock, Input(3), Dense(2)", "FusedModel")]
    public Task FUSED045_of_a_model(string attributes, string name) => Analysis.Run(
        $"[{attributes}] partial class Pair;",
        $"FUSED045 Error: [{name}] says something of a model, but 'Pair' is a block: models that use it have their own");

    [Fact]
    public Task FUSED046_empty() => Analysis.Run(
        "[FusedBlock] class {|#0:Empty|}; " + Model("{|#1:Block(typeof(Empty))|}, Dense(2)"),
        "FUSED046 Error: 'Empty' declares no layers: put their attributes, in order, after [FusedBlock]",
        "FUSED047 Error: The block Empty, used as 'empty', has FUSED046 in 'empty': 'Empty' declares no layers: put their attributes, in order, after [FusedBlock]");

    /// <summary>What is wrong whatever the block reads is told at its attribute and at each use.</summary>
    [Theory]
    [InlineData("Dense({|#0:0|})", "FUSED011", "'b.dense'", "The units of Dense must be positive, but is 0")]
    [InlineData("Dense(3), Dense(3, {|#0:From = \"outside\"|})", "FUSED105", "'b.dense_1'", "Dense reads 'outside', which is no layer before it: there are 'input', 'dense'")]
    [InlineData("Dense(3), Dense(3, {|#0:Name = \"dense\"|}), Softmax", "FUSED016", "'b.dense'", "The name 'dense' is that of layer 1, Dense, too: weight files could not tell the two apart; give one of them another name")]
    [InlineData("Dense(3, Name = \"input\"), Dense(3, {|#0:From = \"input\"|})", "FUSED106", "'b.dense'", "Dense reads 'input', the block's input, but layer 1, Dense, is called so, too: give it another name")]
    [InlineData("Dense(3), {|#0:Dense(3)|}, Dense(3, From = \"dense\")", "FUSED113", "'b.dense_1'", "Nothing reads the output of {0}dense_1, and the model's output is that of {1}, its last layer: name it in From, in a join or in Output, or leave it out")]
    public Task FUSED047_of_the_block(string layers, string id, string layer, string message) => Analysis.Run(
        $"[FusedBlock, {layers}] class Pair; " + Model("{|#1:Block(typeof(Pair), Name = \"b\")|}, Softmax(Name = \"outside\")"),
        $"{id} Error: " + string.Format(CultureInfo.InvariantCulture, message, "", "dense_2"),
        $"FUSED047 Error: The block Pair, used as 'b', has {id} in {layer}: " + string.Format(CultureInfo.InvariantCulture, message, "b.", "outside"));

    /// <summary>What is wrong with the shapes or the values of a use is told there.</summary>
    [Theory]
    [InlineData("GlobalMaxPooling2D", "", "FUSED101 in 'pair.global_max_pooling2d': GlobalMaxPooling2D takes a feature map, but its input (4) is a vector")]
    [InlineData("Dense(Pair.Units)", ", \"Units\", 0", "FUSED011 in 'pair.dense': The units of Dense must be positive, but is 0")]
    [InlineData("Dense(Pair.Units), Dense(Pair.Units)", ", \"Units\", -1", "FUSED011 in 'pair.dense': The units of Dense must be positive, but is -1 (one of 2 errors)")]
    [InlineData("Dense(2, Name = Pair.Name)", ", \"Name\", \"a\\n\"", "FUSED015 in 'pair.a\\n': The name of Dense holds U+000A, a control character")]
    [InlineData("Block(typeof(Inner), \"Units\", Pair.Units - 1)", ", \"Units\", 1", "FUSED011 in 'pair.inner.dense': The units of Dense must be positive, but is 0")]
    public Task FUSED047_of_the_use(string layers, string values, string message) => Analysis.Run(
        "[FusedBlock, Dense(Inner.Units)] class Inner { public const int Units = 1; } "
            + $"[FusedBlock, {layers}] class Pair {{ public const int Units = 2; public const byte Half = Units * 2; public const string Name = \"pair\"; }} "
            + Model($"{{|#0:Block(typeof(Pair){values})|}}"),
        "FUSED047 Error: The block Pair, used as 'pair', has " + message.Replace("\\n", "\n", StringComparison.Ordinal));

    [Theory]
    [InlineData("Dense(6 / Pair.Units)", "0")]
    [InlineData("Dense(Pair.Half)", "200")]
    public Task FUSED049_values_that_give_none(string layer, string value) => Analysis.Run(
        $"[FusedBlock, {layer}] class Pair {{ public const int Units = 2; public const byte Half = Units * 2; }} "
            + $"[FusedBlock, Block(typeof(Pair), \"Units\", Outer.Units, Name = \"inner\")] class Outer {{ public const int Units = 2; }} "
            + Model($"{{|#0:Block(typeof(Pair), \"Units\", {value})|}}, {{|#1:Block(typeof(Outer), \"Units\", {value})|}}"),
        $"FUSED049 Error: The arguments of 'pair.dense', a Dense, have no value with Units = {value}",
        $"FUSED049 Error: The arguments of 'outer.inner.dense', a Dense, have no value with Units = {value}");

    [Fact]
    public Task FUSED007_a_spread_block() => Analysis.Run(
        "[FusedBlock, Dense(2)] partial class Pair; [{|#0:Softmax|}] partial class Pair;",
        "FUSED007 Error: The layers of 'Pair' stand on several partial declarations, so that their order is unknown: put Input and all layers on one of them");

    [Theory]
    [InlineData("Block(typeof(Hidden), Name = \"a\"), Block(typeof(Hidden), {|#0:Name = \"a\"|}), Dense(2)", "'a' is that of layer 1, Block, too")]
    [InlineData("Dense(4, Name = \"a/b\"), Block(typeof(Hidden), {|#0:Name = \"a.b\"|})", "'a.b' is that of layer 1, Dense, too, whose 'a/b' is the same with '.' for '/'")]
    public Task FUSED016_uses_of_one_name(string layers, string message) => Analysis.Run(
        Hidden + Model(layers),
        $"FUSED016 Error: The name {message}: weight files could not tell the two apart; give one of them another name");

    [Fact]
    public Task FUSED016_a_layer_inside_and_one_outside() => Analysis.Run(
        Hidden + Model("Dense(4, Activation = Activation.Relu, Name = \"a.hidden\"), {|#0:Block(typeof(Hidden), Name = \"a\")|}"),
        "FUSED047 Error: The block Hidden, used as 'a', has FUSED016 in 'a.hidden': The name 'a.hidden' is that of layer 1, Dense, too: weight files could not tell the two apart; give one of them another name");

    [Theory]
    [InlineData("Block(typeof(Hidden), Name = \"a\"), Dense(2, {|#0:From = \"b\"|})", "Dense reads 'b', which is no layer before it: there are 'input', 'a'")]
    [InlineData("Dense(3), Block(typeof(Hidden), {|#0:From = \"hidden\"|})", "Block reads 'hidden', which is no layer before it: it is the layer itself")]
    public Task FUSED105_names_and_uses(string layers, string message) => Analysis.Run(Hidden + Model(layers), "FUSED105 Error: " + message);

    [Fact]
    public Task FUSED106_a_use_called_input() => Analysis.Run(
        Hidden + Model("Block(typeof(Hidden), Name = \"input\"), Dense(2, {|#0:From = \"input\"|})"),
        "FUSED106 Error: Dense reads 'input', the network's input, but layer 1, Block, is called so, too: give it another name");

    /// <summary>Advice keeps its number, so that it can be switched off as all advice.</summary>
    [Fact]
    public Task Advice_is_given_at_the_use() => Analysis.Run(
        "[FusedBlock, Dense(4), Flatten] class Pair; " + Model("{|#0:Block(typeof(Pair))|}"),
        "FUSED207 Info: pair.flatten changes nothing: its input (4) is a vector already");

    [Fact]
    public Task What_the_compiler_reports_is_its_own() => Analysis.Run(
        "[FusedBlock, Dense({|CS0103:Unknown|})] class Pair; [FusedBlock, {|CS0246:{|CS0246:Dens|}|}(3), Dense(2, From = \"x\")] class Misspelt; "
            + Model("Block(typeof(Pair)), Block(typeof(Misspelt)), Block(typeof({|CS0246:Nothing|}))"));

    /// <summary>Numbers of layers that grow as powers do end early.</summary>
    [Fact]
    public async Task FUSED048_too_many()
    {
        string blocks = string.Concat(Enumerable.Range(1, 12).Select(i => $"[FusedBlock, {string.Join(", ", Enumerable.Repeat($"Block(typeof(B{i - 1}))", 10))}] class B{i}; "));
        string[] found = await Texts(Compilations.Create("using Fused; [FusedBlock, Dense(4, Activation = Activation.Relu)] class B0; " + blocks + Model("Block(typeof(B12))")));
        Assert.Equal(12 - 3 + 1, found.Length); // B4 to B12, and the model
        Assert.All(found, text => Assert.Equal("FUSED048: With the layers of its blocks this declaration has more than 5,000 layers", text));
    }

    [Fact]
    public async Task FUSED048_too_deep()
    {
        string blocks = string.Concat(Enumerable.Range(1, 70).Select(i => $"[FusedBlock, Block(typeof(B{i - 1}), Name = \"\")] class B{i}; "));
        string[] found = await Texts(Compilations.Create("using Fused; [FusedBlock, Dense(4, Activation = Activation.Relu)] class B0; " + blocks + Model("Block(typeof(B70))")));
        Assert.Contains("FUSED047: The block B70, used as 'b70', has FUSED048 in 'b70': With the layers of its blocks this declaration has more than 64 blocks in one another", found);
    }

    private static async Task<string[]> Texts(CSharpCompilation compilation)
    {
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new FusedModelAnalyzer()]).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        return [.. found.Select(d => $"{d.Id}: {d.GetMessage(CultureInfo.InvariantCulture)}")];
    }

    private static string Model(string layers) => $"[FusedModel, Input(4), {layers}] partial class Head;";
}
