namespace Fused.Generator.Tests.Diagnostics;

/// <summary>FUSED202 to FUSED207: what each says, when it does, and near what it is silent.</summary>
public class AdviceTests
{
    private const string NearlyEqual = ", which gives probabilities already: a second one makes them nearly equal";
    private const string Sigmoid = ": Sigmoid gives the probability of one of two classes";
    private const string SetsToZero = ", the last Dense: in training it sets predictions to zero instead of features";
    private const string OneMap = " are one linear map, for no activation stands between them: give dense one, or leave it out";
    private const string Trained = " stands between them: before the activation it costs nothing, in a network that is trained so";

    [Theory]
    [InlineData("Dense(9, Activation = Activation.Softmax), {|#0:Softmax|}", "softmax is a softmax of dense")]
    [InlineData("Dense(9), Softmax, {|#0:Softmax|}", "softmax_1 is a softmax of softmax")]
    [InlineData("Dense(9), Softmax, {|#0:Activation(Activation.Softmax, Name = \"last\")|}", "last is a softmax of softmax")]
    [InlineData("Dense(9), Activation(Activation.Softmax), {|#0:Activation(Activation.LogSoftmax)|}", "activation_1 is a softmax of activation")]
    [InlineData("Softmax, Activation(Activation.Linear), Dropout(0), {|#0:Softmax|}, Dense(3)", "softmax_1 is a softmax of softmax")]
    public Task Softmax_twice(string layers, string message) => OfVector(layers, "FUSED202 Warning: " + message + NearlyEqual);

    [Theory]
    [InlineData("Dense(9), Activation(Activation.LogSoftmax), Softmax")] // the probabilities again
    [InlineData("Dense(9, Activation = Activation.Softmax), Dense(9, Activation = Activation.Softmax)")] // of a product
    [InlineData("Dense(9, Activation = Activation.Sigmoid), Softmax")] // which of the two is meant?
    [InlineData("Softmax, BatchNormalization, Softmax")]
    public Task One_softmax(string layers) => OfVector(layers);

    [Fact]
    public Task Softmax_of_the_positions_of_a_softmax_of_the_channels() => OfMap("Softmax, Flatten, Softmax");

    [Theory]
    [InlineData("Dense(1, {|#0:Activation = Activation.Softmax|})", "dense ends with Softmax of one value, which is always 1")]
    [InlineData("Dense(1, {|#0:Activation = Activation.LogSoftmax|}), Dense(1)", "dense ends with LogSoftmax of one value, which is always 0")]
    [InlineData("Dense(1), {|#0:Softmax|}", "softmax ends with Softmax of one value, which is always 1")]
    [InlineData("Dense(1), {|#0:Activation(Activation.LogSoftmax)|}", "activation ends with LogSoftmax of one value, which is always 0")]
    public Task Softmax_of_one_value(string layers, string message) => OfVector(layers, "FUSED203 Warning: " + message + Sigmoid);

    [Fact]
    public Task Softmax_of_one_channel_at_each_position() =>
        OfMap("Dense(1), {|#0:Softmax|}", "FUSED203 Warning: softmax ends with Softmax of one value, which is always 1" + Sigmoid);

    [Theory]
    [InlineData("Dense(2, Activation = Activation.Softmax)")]
    [InlineData("Dense(1, Activation = Activation.Sigmoid)")]
    public Task Softmax_of_two_values_or_Sigmoid_of_one(string layers) => OfVector(layers);

    [Theory]
    [InlineData("Dense(9), {|#0:Dropout(0.5)|}", "dropout stands after dense")]
    [InlineData("Dense(9, Activation = Activation.Softmax), {|#0:Dropout(0.5)|}", "dropout stands after dense")]
    [InlineData("Dense(9), Dropout(0), {|#0:Dropout(0.5)|}, Softmax", "dropout_1 stands after dense")]
    [InlineData("Dense(9, Activation = Activation.Relu), Dropout(0.5), Dense(9, Name = \"last\"), Activation(Activation.Sigmoid), {|#0:Dropout(0.5)|}", "dropout_1 stands after last")]
    [InlineData("Dense(9, Activation = Activation.Relu), {|#0:Dropout(0.5)|}, Softmax", "dropout stands after dense")]
    public Task Dropout_after_the_last_Dense(string layers, string message) => OfVector(layers, "FUSED204 Info: " + message + SetsToZero);

    [Theory]
    [InlineData("Dropout(0.5), Dense(9)")]
    [InlineData("Dense(9), Dropout(0)")]
    [InlineData("Dropout(0.5)")] // no Dense
    [InlineData("Dense(9, Activation = Activation.Relu), Dropout(0.5)")] // the beginning of another network
    [InlineData("Dense(9), BatchNormalization, Activation(Activation.Swish), Dropout(0.5)")]
    [InlineData("Dense(9), BatchNormalization, Dropout(0.5)")]
    public Task Dropout_of_features(string layers) => OfVector(layers);

    [Fact]
    public Task Dropout_of_a_map_before_its_mean() => OfMap("Dense(9), Dropout(0.5), GlobalAveragePooling2D");

    [Theory]
    [InlineData("{|#0:Dense(4)|}, Dense(2)", "dense and dense_1")]
    [InlineData("{|#0:Dense(9, UseBias = false)|}, Dropout(0.5), Activation(Activation.Linear), Dense(9)", "dense and dense_1")]
    [InlineData("{|#0:Dense(5)|}, Dense(9, Name = \"last\")", "dense and last")]
    public Task Two_Dense_with_nothing_between(string layers, string message) => OfVector(layers, "FUSED205 Info: " + message + OneMap);

    [Fact]
    public Task Two_Dense_at_each_position() => OfMap("{|#0:Dense(9)|}, Dense(9)", "FUSED205 Info: dense and dense_1" + OneMap);

    [Theory]
    [InlineData("Dense(4), Dense(9)")] // of rank 4, with 72 weights instead of 81
    [InlineData("Dense(9, Activation = Activation.Tanh), Dense(9)")]
    [InlineData("Dense(9), Softmax, Dense(9)")]
    [InlineData("Dense(9), BatchNormalization, Dense(9)")]
    public Task Two_Dense_with_something_between(string layers) => OfVector(layers);

    [Fact]
    public Task A_Dense_at_each_position_and_one_of_all_of_them() => OfMap("Dense(3), Flatten, Dense(2)");

    [Theory]
    [InlineData("Dense(9, Activation = Activation.Relu), {|#0:BatchNormalization|}", "relu")]
    [InlineData("Dense(9, Activation = Activation.HardSwish), Dropout(0.5), {|#0:BatchNormalization|}, Softmax", "hard_swish")]
    [InlineData("Dense(9), Activation(Activation.Relu), {|#0:BatchNormalization|}, Activation(Activation.Tanh), Dense(3)", "relu")]
    [InlineData("Dense(9), BatchNormalization(Name = \"before\"), Activation(Activation.Relu), {|#0:BatchNormalization|}", "relu")]
    public Task An_activation_before_a_batch_normalisation(string layers, string function) =>
        OfVector(layers, "FUSED206 Info: batch_normalization is computed, not folded into dense, because " + function + Trained);

    [Theory]
    [InlineData("Dense(9, Activation = Activation.Relu), BatchNormalization, Dropout(0.5), Dense(3)")] // folded into the second one
    [InlineData("Dense(9), BatchNormalization, Activation(Activation.Relu), Dense(3)")]
    [InlineData("BatchNormalization, Activation(Activation.Relu), Dense(3)")] // nothing before it to fold it into
    [InlineData("Activation(Activation.Relu), BatchNormalization, Softmax")]
    [InlineData("Dense(9, Activation = Activation.Softmax), BatchNormalization")] // before it, it would be of other values
    [InlineData("Dense(9, Activation = Activation.Relu), Activation(Activation.Tanh), BatchNormalization")] // two of them
    public Task A_batch_normalisation_that_is_folded_or_cannot_be(string layers) => OfVector(layers);

    [Theory]
    [InlineData("{|#0:Flatten|}, Dense(3)", "flatten changes nothing: its input (9) is a vector already")]
    [InlineData("Dense(3), {|#0:Flatten(ChannelsLastOrder = true)|}", "flatten changes nothing: its input (3) is a vector already")]
    [InlineData("Dense(3, Activation = Activation.Relu), {|#0:Activation(Activation.Relu)|}", "activation changes nothing: the values of dense are in its range already")]
    [InlineData("Activation(Activation.Sigmoid), Dropout(0.5), {|#0:Activation(Activation.Relu6)|}", "activation_1 changes nothing: the values of activation are in its range already")]
    [InlineData("Softmax, {|#0:Activation(Activation.Relu)|}", "activation changes nothing: the values of softmax are in its range already")]
    public Task A_layer_without_effect(string layers, string message) => OfVector(layers, "FUSED207 Info: " + message);

    [Theory]
    [InlineData("GlobalAveragePooling2D, {|#0:Flatten|}, Dense(3)", "flatten changes nothing: its input (5) is a vector already")]
    [InlineData("AdaptiveConcatPooling2D, {|#0:Flatten|}, Dense(3)", "flatten changes nothing: its input (10) is a vector already")]
    [InlineData("Flatten(Name = \"first\"), {|#0:Flatten|}, Dense(3)", "flatten changes nothing: its input (60) is a vector already")]
    [InlineData("Activation(Activation.Relu), GlobalMaxPooling2D, {|#0:Activation(Activation.Relu)|}, Dense(3)", "activation_1 changes nothing: the values of activation are in its range already")]
    public Task A_layer_without_effect_on_a_map(string layers, string message) => OfMap(layers, "FUSED207 Info: " + message);

    [Theory]
    [InlineData("Flatten, Dense(3)")]
    [InlineData("Activation(Activation.Relu), BatchNormalization, Flatten, Activation(Activation.Relu), Dense(3)")]
    [InlineData("Activation(Activation.Relu), Flatten, Activation(Activation.Relu6), Dense(3)")]
    [InlineData("Activation(Activation.LeakyRelu), Flatten, Activation(Activation.Relu), Dense(3)")]
    [InlineData("Activation(Activation.Relu), Flatten, Activation(Activation.LeakyRelu), Dense(3)")]
    [InlineData("Activation(Activation.Relu), Activation(Activation.Linear), GlobalMaxPooling2D, Dropout(0), Dense(3)")] // placeholders
    public Task A_layer_with_an_effect(string layers) => OfMap(layers);

    /// <summary>Advice goes by what a layer reads, not by what stands before it.</summary>
    [Theory]
    [InlineData("Dense(9, Activation = Activation.Relu, Name = \"a\"), Dense(9, Name = \"b\"), Add(\"a\"), Activation(Activation.Relu)")] // of a sum
    [InlineData("Softmax(Name = \"a\"), Softmax(From = \"input\"), Add(\"a\")")]
    [InlineData("Dense(9, Name = \"a\"), Dense(9, From = \"input\"), Add(\"a\")")]
    [InlineData("Dense(9, Activation = Activation.Softmax, Name = \"a\"), Dropout(0.5, From = \"input\"), Concatenate(\"a\")")]
    [InlineData("Dense(9, Activation = Activation.Relu, Name = \"a\"), Activation(Activation.Relu, From = \"input\"), Add(\"a\")")]
    public Task Branches_without_advice(string layers) => OfVector(layers);

    [Theory]
    [InlineData("Dense(9, Activation = Activation.Relu, Name = \"a\"), Dense(9, From = \"input\", Name = \"b\"), {|#0:Activation(Activation.Relu, From = \"a\")|}, Add(\"b\")", "FUSED207 Info: activation changes nothing: the values of a are in its range already")]
    [InlineData("Softmax(Name = \"a\"), Dense(9, From = \"input\", Name = \"b\"), {|#0:Softmax(From = \"a\")|}, Add(\"b\")", "FUSED202 Warning: softmax is a softmax of a" + NearlyEqual)]
    [InlineData("Dense(9, Name = \"a\"), Dense(9, From = \"input\", Name = \"b\"), Add(\"a\"), Dense(9, Name = \"last\"), {|#0:Dropout(0.5)|}", "FUSED204 Info: dropout stands after last" + SetsToZero)]
    public Task Branches_with_advice(string layers, string message) => OfVector(layers, message);

    /// <summary>Heads as they are published, and beginnings of networks.</summary>
    [Theory]
    [InlineData("Input(8, 8, 2048), GlobalAveragePooling2D, Dense(1000, Activation = Activation.Softmax)")] // InceptionV3, ResNet, DenseNet
    [InlineData("Input(7, 7, 1280), GlobalAveragePooling2D, Dropout(0.2), Dense(1000, Activation = Activation.Softmax)")] // EfficientNet, MobileNetV2
    [InlineData("Input(25088), Dense(4096, Activation = Activation.Relu), Dropout(0.5), Dense(4096, Activation = Activation.Relu), Dropout(0.5), Dense(1000)")] // VGG
    [InlineData("Input(960, 7, 7, Layout = DataLayout.ChannelsFirst), GlobalAveragePooling2D, Dense(1280, Activation = Activation.HardSwish), Dropout(0.2), Dense(1000)")] // MobileNetV3
    [InlineData("Input(512, 7, 7, Layout = DataLayout.ChannelsFirst), AdaptiveConcatPooling2D, BatchNormalization, Dropout(0.25), Dense(512, UseBias = false, Activation = Activation.Relu), BatchNormalization, Dropout(0.5), Dense(37, UseBias = false)")] // fast.ai
    [InlineData("Input(7, 7, 512), GlobalAveragePooling2D, Dense(256, Activation = Activation.Relu), BatchNormalization, Dropout(0.5), Dense(1, Activation = Activation.Sigmoid)")]
    [InlineData("Input(2048), Dense(4096), BatchNormalization, Activation(Activation.Relu), Dense(256)")] // BYOL's projection
    [InlineData("Input(2048), Dense(2048, UseBias = false), BatchNormalization, Activation(Activation.Relu), Dense(2048, UseBias = false), BatchNormalization")] // SimSiam's
    [InlineData("Input(2048), Dense(128), Dense(1000, Activation = Activation.Softmax)")] // an embedding of few dimensions
    public Task Known_networks_are_left_alone(string layers) => Analysis.Run($"[FusedModel, {layers}] partial class Head;");

    private static Task OfVector(string layers, params string[] messages) => Analysis.Run($"[FusedModel, Input(9), {layers}] partial class Head;", messages);

    private static Task OfMap(string layers, params string[] messages) => Analysis.Run($"[FusedModel, Input(4, 3, 5), {layers}] partial class Head;", messages);
}
