using CsCheck;

namespace Fused.Generator.Tests.Output;

/// <summary>Networks put together at random: the generator never throws, and what it writes compiles without a warning.</summary>
public class RandomNetworkTests
{
    private static readonly string[] Activations = Enum.GetNames<Activation>();

    private static readonly Gen<int> Size = Gen.Frequency((4, Gen.Int[1, 40]), (1, Gen.Int[41, 300]));

    private static readonly Gen<string> Layer = Gen.Frequency(
        (4, Gen.Select(Size, Gen.OneOfConst(Activations), Gen.Bool, (units, activation, bias) =>
            $"Dense({units}, Activation = Activation.{activation}, UseBias = {(bias ? "true" : "false")})")),
        (2, Gen.OneOfConst("GlobalAveragePooling2D", "GlobalMaxPooling2D", "AdaptiveConcatPooling2D")),
        (2, Gen.OneOfConst("Flatten", "Flatten(ChannelsLastOrder = true)", "Flatten(ChannelsFirstOrder = true)", "Dropout(0.3)", "Softmax")),
        (2, Gen.OneOfConst("BatchNormalization", "BatchNormalization(Scale = false)", "BatchNormalization(Scale = false, Center = false)")),
        (2, Gen.OneOfConst(Activations).Select(activation => $"Activation(Activation.{activation})")));

    private static readonly Gen<string> Input = Gen.Select(
        Gen.Int[0, 2], Gen.Int[1, 9], Size, (kind, side, channels) => kind switch
        {
            0 => $"Input({channels})",
            1 => $"Input({side}, {side + 1}, {channels})",
            _ => $"Input({channels}, {side}, {side + 1}, Layout = DataLayout.ChannelsFirst)",
        });

    /// <summary>The attributes of a model, whose layers may not fit together.</summary>
    private static readonly Gen<string> Model = Gen.Select(
        Input, Layer.Array[1, 7], (input, layers) => $"[FusedModel, {string.Join(", ", layers.Prepend(input))}]");

    [Fact]
    public void Never_make_the_generator_throw() =>
        Model.Sample(model => Assert.Empty(Generated.From($"using Fused; {model} partial class Head;").FromGenerator), iter: 300, threads: 1);

    [Fact]
    public void Compile_without_a_warning() => Model.Array[40].Sample(
        models =>
        {
            Generated generated = Generated.From(
                "using Fused;\n" + string.Concat(models.Select((model, i) => $"{model}\npartial class Head{i};\n")));

            Assert.Empty(generated.Diagnostics());
            Assert.InRange(generated.Files.Length, 5 * 10, 5 * 40); // most networks do fit together
        },
        iter: 1,
        threads: 1);
}
