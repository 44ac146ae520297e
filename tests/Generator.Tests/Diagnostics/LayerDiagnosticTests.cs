namespace Fused.Generator.Tests.Diagnostics;

/// <summary>What is wrong with the arguments of the layers of whole networks, each at its place, and what is right beside it.</summary>
public class LayerDiagnosticTests
{
    [Theory]
    [InlineData("Conv2D({|#0:0|}, 3)", "filters of Conv2D must be positive, but is 0")]
    [InlineData("Conv2D(8, {|#0:0|})", "kernelSize of Conv2D must be positive, but is 0")]
    [InlineData("Conv2D(8, 3, {|#0:-1|})", "kernelWidth of Conv2D must be positive, but is -1")]
    [InlineData("Conv2D(8, {|#0:kernelHeight: 0|}, kernelWidth: 3)", "kernelHeight of Conv2D must be positive, but is 0")]
    [InlineData("Conv2D(8, 3, {|#0:Strides = 0|})", "Strides of Conv2D must be positive, but is 0")]
    [InlineData("Conv2D(8, 3, {|#0:DilationRate = -2|})", "DilationRate of Conv2D must be positive, but is -2")]
    [InlineData("Conv2D(8, 3, {|#0:Groups = 0|})", "Groups of Conv2D must be positive, but is 0")]
    [InlineData("DepthwiseConv2D({|#0:0|})", "kernelSize of DepthwiseConv2D must be positive, but is 0")]
    [InlineData("DepthwiseConv2D(3, {|#0:DepthMultiplier = 0|})", "DepthMultiplier of DepthwiseConv2D must be positive, but is 0")]
    [InlineData("SeparableConv2D({|#0:0|}, 3)", "filters of SeparableConv2D must be positive, but is 0")]
    [InlineData("Conv2DTranspose(8, 3, {|#0:Strides = 0|})", "Strides of Conv2DTranspose must be positive, but is 0")]
    [InlineData("MaxPooling2D({|#0:0|})", "poolSize of MaxPooling2D must be positive, but is 0")]
    [InlineData("AveragePooling2D(3, {|#0:0|})", "poolWidth of AveragePooling2D must be positive, but is 0")]
    [InlineData("AdaptiveAveragePooling2D({|#0:0|})", "outputSize of AdaptiveAveragePooling2D must be positive, but is 0")]
    [InlineData("AdaptiveMaxPooling2D(1, {|#0:0|})", "outputWidth of AdaptiveMaxPooling2D must be positive, but is 0")]
    [InlineData("AdaptiveConcatPooling2D({|#0:-1|})", "outputSize of AdaptiveConcatPooling2D must be positive, but is -1")]
    [InlineData("UpSampling2D({|#0:0|})", "size of UpSampling2D must be positive, but is 0")]
    [InlineData("UpSampling2D(2, {|#0:0|})", "width of UpSampling2D must be positive, but is 0")]
    public Task FUSED011_size_not_positive(string layer, string message) => One(layer, "FUSED011 Error: The " + message);

    [Theory]
    [InlineData("Conv2D(8, 3, {|#0:StridesHeight = -1|})", "StridesHeight of Conv2D must be 0 or more, but is -1")]
    [InlineData("Conv2D(8, 3, {|#0:PaddingLeft = -1|})", "PaddingLeft of Conv2D must be 0 or more, but is -1")]
    [InlineData("Conv2D(8, {|#0:32769|}, Padding = Padding.Same)", "kernelSize of Conv2D must be at most 32,768, but is 32,769")]
    [InlineData("MaxPooling2D(3, {|#0:Strides = -1|})", "Strides of MaxPooling2D must be 0 or more, but is -1")]
    [InlineData("MaxPooling2D(3, {|#0:PaddingTop = 3|})", "PaddingTop of MaxPooling2D must be smaller than the window, 3, but is 3")]
    [InlineData("AveragePooling2D(3, 2, {|#0:PaddingRight = 5|})", "PaddingRight of AveragePooling2D must be smaller than the window, 2, but is 5")]
    [InlineData("ZeroPadding2D({|#0:-1|})", "padding of ZeroPadding2D must be 0 or more, but is -1")]
    [InlineData("ZeroPadding2D(1, {|#0:-1|})", "horizontal of ZeroPadding2D must be 0 or more, but is -1")]
    [InlineData("Cropping2D(1, 1, {|#0:-2|}, 1)", "left of Cropping2D must be 0 or more, but is -2")]
    [InlineData("Reshape({|#0:12|}, 16)", "shape of Reshape must be one dimension, of a vector, or three, of a map, but is (12, 16)")]
    [InlineData("Reshape({|#0:-1|}, 0, -1)", "shape of Reshape must be of positive dimensions, one of which may be -1, but is (-1, 0, -1)")]
    [InlineData("Reshape({|#0:-2|})", "shape of Reshape must be of positive dimensions, one of which may be -1, but is (-2)")]
    [InlineData("Reshape({|#0:-1|}, -1, 3)", "shape of Reshape must be of positive dimensions, one of which may be -1, but is (-1, -1, 3)")]
    [InlineData("{|#0:Reshape|}", "shape of Reshape must be one dimension, of a vector, or three, of a map, but is ()")]
    [InlineData("{|#0:Permute(1, 1, 2)|}", "order of Permute must be 1, 2 and 3, each once, but is (1, 1, 2)")]
    [InlineData("{|#0:Permute(0, 1, 2)|}", "order of Permute must be 1, 2 and 3, each once, but is (0, 1, 2)")]
    [InlineData("LayerNormalization({|#0:Epsilon = 0|})", "Epsilon of LayerNormalization must be positive and finite as a float, but is 0")]
    [InlineData("Rescaling({|#0:double.NaN|})", "scale of Rescaling must be finite as a float, but is NaN")]
    [InlineData("Rescaling(1, {|#0:Offset = 1e40|})", "Offset of Rescaling must be finite as a float, but is 1E+40")]
    [InlineData("Rescaling(1, {|#0:Offsets = new[] { 0, 1e40, -1e41 }|})", "Offsets of Rescaling must be finite as a float, but is 1E+40")]
    [InlineData("Normalization(0, {|#0:-1|})", "variance of Normalization must be not negative, and finite as a float, but is -1")]
    [InlineData("Normalization({|#0:new[] { double.PositiveInfinity }|}, new[] { 0.0 })", "mean of Normalization must be finite as a float, but is Infinity")]
    [InlineData("Conv2D(8, 3, Activation = Activation.Elu, {|#0:Alpha = 1e300|})", "Alpha of Conv2D must be finite as a float, but is 1E+300")]
    public Task FUSED012_out_of_range(string layer, string message) => One(layer, "FUSED012 Error: The " + message);

    [Theory]
    [InlineData("Conv2D(8, 3, {|#0:Padding = (Padding)2|})", "Padding of Conv2D is 2")]
    [InlineData("Conv2DTranspose(8, 3, {|#0:Activation = (Activation)99|})", "Activation of Conv2DTranspose is 99")]
    [InlineData("UpSampling2D(2, {|#0:Interpolation = (Interpolation)(-1)|})", "Interpolation of UpSampling2D is -1")]
    [InlineData("PReLU({|#0:SharedAxes = (PReLUAxes)2|})", "SharedAxes of PReLU is 2")]
    public Task FUSED013_undefined_value(string layer, string message) => One(layer, $"FUSED013 Error: The {message}, which its enumeration does not define");

    [Fact]
    public Task FUSED014_unused_alpha() => One("Conv2D(8, 3, {|#0:Alpha = 1|})", "FUSED014 Error: Linear takes no alpha: only LeakyRelu and Elu do");

    [Theory]
    [InlineData("Conv2D(8, 3, Padding = Padding.Same, {|#0:PaddingTop = 1|})", "Conv2D has Padding.Same and PaddingTop, but Same works out the padding")]
    [InlineData("MaxPooling2D(3, {|#0:PaddingRight = 1|}, Padding = Padding.Same)", "MaxPooling2D has Padding.Same and PaddingRight, but Same works out the padding")]
    [InlineData("Rescaling(1, Offset = 0, {|#0:Offsets = new[] { 1.0 }|})", "Rescaling has Offset and Offsets, but each says what is added")]
    [InlineData("Add(\"input\", \"input\", {|#0:From = \"input\"|})", "Add has From and several names, but these are all of its inputs")]
    public Task FUSED019_one_argument_too_much(string layer, string message) => One(layer, $"FUSED019 Error: {message}: keep one of the two");

    [Theory]
    [InlineData("{|#0:Add|}", "Add names no layer")]
    [InlineData("{|#0:Concatenate()|}", "Concatenate names no layer")]
    [InlineData("{|#0:Multiply(From = \"input\")|}", "Multiply names no layer")]
    [InlineData("Maximum({|#0:(string)null!|})", "Maximum names no layer")]
    [InlineData("Average({|#0:\"input\"|}, null!)", "Average has nothing as name 2")]
    public Task FUSED023_join_without_a_name(string layer, string message) =>
        One(layer, $"FUSED023 Error: {message}: name one layer, to join it with the one before, or all of its inputs");

    [Theory]
    [InlineData("Input(8, 8, 3), Conv2D(4, 3), Flatten, {|#0:Conv2D(4, 3)|}", "Conv2D", 144)]
    [InlineData("Input(3), {|#0:MaxPooling2D(2)|}", "MaxPooling2D", 3)]
    [InlineData("Input(3), {|#0:Permute(1, 2, 3)|}", "Permute", 3)]
    public Task FUSED101_map_expected(string layers, string kind, int length) =>
        Analysis.Run(Model(layers), $"FUSED101 Error: {kind} takes a feature map, but its input ({length}) is a vector");

    [Theory]
    [InlineData("Conv2D(4, 3, Activation = Activation.Softmax)", "The softmax of Conv2D")]
    [InlineData("LayerNormalization", "LayerNormalization")]
    public Task FUSED102_last_axis(string layer, string what) => Analysis.Run(
        Model($"Input(16, 8, 9, Layout = DataLayout.ChannelsFirst), {{|#0:{layer}|}}"),
        $"FUSED102 Error: {what} works over the last axis, which is the width of its channels-first input (16, 8, 9): put a pooling layer or Flatten before it");

    [Theory]
    [InlineData("Dense(2, {|#0:From = \"b\"|})", "Dense reads 'b', which is no layer before it: there are 'input', 'a'")]
    [InlineData("Dense(2, {|#0:From = \"later\"|}), Dense(2, Name = \"later\")", "Dense reads 'later', which is no layer before it: it is that of layer 3, which stands behind it")]
    [InlineData("Dense(2, Name = \"self\", {|#0:From = \"self\"|})", "Dense reads 'self', which is no layer before it: it is the layer itself")]
    [InlineData("Dense(2, {|#0:From = \"A\"|})", "Dense reads 'A', which is no layer before it: there are 'input', 'a'")]
    [InlineData("Add({|#0:\"b\"|})", "Add reads 'b', which is no layer before it: there are 'input', 'a'")]
    [InlineData("Add(\"a\", {|#0:\"b\"|}, Name = \"sum\")", "Add reads 'b', which is no layer before it: there are 'input', 'a'")]
    [InlineData("Add(\"a\", {|#0:From = \"b\"|})", "Add reads 'b', which is no layer before it: there are 'input', 'a'")]
    [InlineData("Add({|#0:\"b\"|}, From = \"a\")", "Add reads 'b', which is no layer before it: there are 'input', 'a'")]
    [InlineData("Add({|#0:new[] { \"a\", \"b\" }|})", "Add reads 'b', which is no layer before it: there are 'input', 'a'")]
    [InlineData("Add({|#0:from: \"b\"|})", "Add reads 'b', which is no layer before it: there are 'input', 'a'")]
    public Task FUSED105_unknown_source(string layers, string message) =>
        Analysis.Run(Model($"Input(4), Dense(4, Activation = Activation.Relu, Name = \"a\"), {layers}"), "FUSED105 Error: " + message);

    [Fact]
    public Task FUSED105_of_many_names_those_most_like_it() => Analysis.Run(
        Model("Input(4), Softmax(Name = \"first\"), "
            + string.Join(", ", Enumerable.Range(1, 12).Select(i => $"Dense(4, Activation = Activation.Relu, Name = \"block{i}.conv\")"))
            + ", Dense(4, {|#0:From = \"blok7.conv\"|})"),
        "FUSED105 Error: Dense reads 'blok7.conv', which is no layer before it: of the 14 that there are these are the most like it: 'block7.conv', 'block1.conv', 'block2.conv', 'block3.conv'");

    [Fact]
    public Task FUSED106_input_is_a_layer_too() => Analysis.Run(
        Model("Input(4), Dense(4, Activation = Activation.Relu, Name = \"input\"), Dense(4), Add({|#0:\"input\"|})"),
        "FUSED106 Error: Add reads 'input', the network's input, but layer 1, Dense, is called so, too: give it another name");

    [Fact]
    public Task A_layer_may_be_called_input_where_nothing_reads_it_by_name() =>
        Analysis.Run(Model("Input(4), Dense(4, Activation = Activation.Relu, Name = \"input\"), Dense(4)"));

    [Theory]
    [InlineData("Conv2D(4, 9)", "The window of Conv2D, 9 x 9, is larger than its input, 8 x 6")]
    [InlineData("Conv2D(4, 1, 3, DilationRate = 3)", "The window of Conv2D, 1 x 7, is larger than its input, 8 x 6")]
    [InlineData("DepthwiseConv2D(11, PaddingTop = 1, PaddingBottom = 1, PaddingLeft = 8)", "The window of DepthwiseConv2D, 11 x 11, is larger than its input, 10 x 14 with its padding")]
    [InlineData("MaxPooling2D(7)", "The window of MaxPooling2D, 7 x 7, is larger than its input, 8 x 6")]
    public Task FUSED107_window_too_large(string layer, string message) => Analysis.Run(Model($"Input(8, 6, 3), {{|#0:{layer}|}}"), "FUSED107 Error: " + message);

    [Theory]
    [InlineData("Conv2D(8, 3, {|#0:Groups = 4|})", "Conv2D has 4 groups, which do not divide the 6 channels of its input (8, 8, 6)")]
    [InlineData("Conv2D(8, 3, {|#0:Groups = 3|})", "Conv2D has 3 groups, which do not divide the 8 filters")]
    public Task FUSED108_uneven_groups(string layer, string message) => Analysis.Run(Model($"Input(8, 8, 6), {layer}"), "FUSED108 Error: " + message);

    [Theory]
    [InlineData("Conv2D(6, 3), {|#0:Add(\"input\")|}", "Add cannot join (6, 6, 6) and (8, 8, 6): their heights differ, and neither is 1")]
    [InlineData("Conv2D(5, 1), {|#0:Multiply(\"input\")|}", "Multiply cannot join (8, 8, 5) and (8, 8, 6): their channels differ")]
    [InlineData("MaxPooling2D(1, 2), {|#0:Concatenate(\"input\")|}", "Concatenate cannot join (8, 4, 6) and (8, 8, 6): their widths differ")]
    [InlineData("GlobalMaxPooling2D, {|#0:Average(\"input\")|}", "Average cannot join (6) and (8, 8, 6): one is a vector, the other a map; [Reshape(1, 1, 6)] makes a map of a vector, which is repeated over the positions")]
    public Task FUSED109_join_misfit(string layers, string message) => Analysis.Run(Model($"Input(8, 8, 6), {layers}"), "FUSED109 Error: " + message);

    [Theory]
    [InlineData("Reshape({|#0:100|})", "Reshape cannot make (100) of its input (8, 8, 6), which has 384 values")]
    [InlineData("Reshape({|#0:5|}, -1, 1)", "Reshape cannot make (5, -1, 1) of its input (8, 8, 6), which has 384 values")]
    public Task FUSED110_reshape_misfit(string layer, string message) => Analysis.Run(Model($"Input(8, 8, 6), {layer}"), "FUSED110 Error: " + message);

    [Theory]
    [InlineData("Rescaling({|#0:new[] { 1.0, 2 }|})", "Rescaling has 2 scales, but its input (8, 8, 6) has 6 channels")]
    [InlineData("Rescaling(1, {|#0:Offsets = new double[0]|})", "Rescaling has 0 offsets, but its input (8, 8, 6) has 6 channels")]
    [InlineData("Normalization({|#0:new[] { 1.0, 2 }|}, new[] { 1.0 })", "Normalization has 2 means, but its input (8, 8, 6) has 6 channels")]
    [InlineData("Normalization(new[] { 1.0 }, {|#0:new double[] { 1, 2, 3 }|})", "Normalization has 3 variances, but its input (8, 8, 6) has 6 channels")]
    public Task FUSED111_constant_count(string layer, string message) =>
        Analysis.Run(Model($"Input(8, 8, 6), {layer}"), $"FUSED111 Error: {message}: give one for each, or one for all");

    [Fact]
    public Task FUSED112_nothing_left() => Analysis.Run(
        Model("Input(8, 6, 3), {|#0:Cropping2D(1, 3)|}"), "FUSED112 Error: Cropping2D takes 2 rows and 6 columns off its input (8, 6, 3), which leaves nothing");

    [Fact]
    public Task FUSED113_unread_outputs() => Analysis.Run(
        Model("Input(8), {|#0:Dense(4, Name = \"a\", Activation = Activation.Relu)|}, {|#1:Dense(4, From = \"input\", Activation = Activation.Relu)|}, Dense(2, From = \"input\", Name = \"last\")"),
        "FUSED113 Error: Nothing reads the output of a, and the model's output is that of last, its last layer: name it in From, in a join or in Output, or leave it out",
        "FUSED113 Error: Nothing reads the output of dense, and the model's output is that of last, its last layer: name it in From, in a join or in Output, or leave it out");

    [Theory]
    [InlineData("Input(8, 8, 6), Conv2D(6, 3, Padding = Padding.Same, Name = \"a\"), Conv2D(6, 3, PaddingTop = 1, PaddingLeft = 1, PaddingBottom = 1, PaddingRight = 1), Add(\"a\", \"input\", \"conv2d\")")]
    [InlineData("Input(6, 8, 8, Layout = DataLayout.ChannelsFirst), Conv2D(4, 3, Groups = 2), MaxPooling2D(2), GlobalAveragePooling2D, Dense(2)")]
    [InlineData("Input(8, 8, 6), GlobalAveragePooling2D, Reshape(1, 1, -1), Conv2D(6, 1, Activation = Activation.Sigmoid), Multiply(\"input\")")]
    [InlineData("Input(1, 1, 1), Conv2D(1, 1), MaxPooling2D(1), UpSampling2D(3), Cropping2D(1), Flatten")]
    [InlineData("Input(8, 8, 3), Normalization(new[] { 1.0, 2, 3 }, new[] { 0.0 }), Rescaling(2), ZeroPadding2D(0), PReLU, LayerNormalization, Permute(3, 1, 2)")]
    [InlineData("Input(4), Dense(4, Activation = Activation.Relu, Name = \"\"), Dense(4, From = \"\"), Concatenate(\"\")")]
    public Task What_is_right(string layers) => Analysis.Run(Model(layers));

    /// <summary>A residual block and squeeze-and-excitation, as the readme has them.</summary>
    [Fact]
    public Task A_block_with_branches() => Analysis.Run("""
        [FusedModel, Input(56, 56, 64)]
        [Conv2D(64, 3, Padding = Padding.Same, Activation = Activation.Relu)]
        [Conv2D(64, 3, Padding = Padding.Same), Add("input")]
        [Activation(Activation.Relu, Name = "block")]
        [GlobalAveragePooling2D, Reshape(1, 1, 64)]
        [Conv2D(4, 1, Activation = Activation.Relu), Conv2D(64, 1, Activation = Activation.Sigmoid)]
        [Multiply("block")]
        public sealed partial class Block;
        """);

    private static Task One(string layer, string message) => Analysis.Run(Model($"Input(8, 8, 24), {layer}"), message);

    private static string Model(string layers) => $"[FusedModel, {layers}] partial class Head;";
}
