using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Fused.Testing.Compiling;
using Fused.Testing.Snapshots;

namespace Fused.Generator.Tests.Output;

/// <summary>
/// The generated code, as its readers see it. The founding network is there with all its files, the others with those that
/// tell: the model's own, and the kernels for vectors of 256 bits.
/// </summary>
public class GeneratedCodeTests
{
    [Fact]
    public Task Founding_network() => Snapshot.Verify(Generate("""
        using Fused;

        namespace Shop;

        /// <summary>Features of InceptionV3 to the thousand classes of ImageNet.</summary>
        [FusedModel]
        [Input(8, 8, 2048)]
        [GlobalAveragePooling2D]
        [Dropout(0.5)]
        [Dense(1000, Activation = Activation.Softmax)]
        public sealed partial class Head;
        """));

    [Fact]
    public Task Two_classes_are_dot_products() => Verify256("""
        [Input(7, 7, 256)]
        [GlobalAveragePooling2D]
        [Dense(2, Activation = Activation.Softmax)]
        """);

    [Fact]
    public Task BatchNormalization_folds_into_Dense_from_both_sides() => Verify256("""
        [Input(4, 4, 32)]
        [BatchNormalization]
        [GlobalAveragePooling2D]
        [Dense(16)]
        [BatchNormalization]
        """);

    [Fact]
    public Task BatchNormalization_before_a_maximum_is_computed() => Verify256("""
        [Input(4, 4, 16)]
        [BatchNormalization]
        [GlobalMaxPooling2D]
        [Dense(16)]
        """);

    [Fact]
    public Task Channels_first() => Verify256("""
        [Input(24, 7, 7, Layout = DataLayout.ChannelsFirst)]
        [GlobalAveragePooling2D]
        [Dense(10)]
        """);

    [Fact]
    public Task Concatenated_pooling_and_two_layers() => Verify256("""
        [Input(8, 8, 256)]
        [AdaptiveConcatPooling2D]
        [BatchNormalization]
        [Dense(256, Activation = Activation.Relu)]
        [Dropout(0.5)]
        [Dense(5, Activation = Activation.Sigmoid)]
        """);

    [Fact]
    public Task Several_outputs() => Verify256("""
        [Input(4, 4, 32)]
        [GlobalAveragePooling2D(Name = "features")]
        [Dense(16, Activation = Activation.Softmax, Name = "category")]
        [Dense(3, Activation = Activation.Softmax, Name = "colour", From = "features")]
        [Output("category", "colour", "features")]
        """);

    [Fact]
    public Task Vector_to_Dense() => Verify256("""
        [Input(784)]
        [Dense(10)]
        """);

    [Fact]
    public Task Dense_at_each_position_of_a_map() => Verify256("""
        [Input(3, 3, 20)]
        [Dense(16, Activation = Activation.Tanh)]
        """);

    /// <summary>Bytes are rescaled as they are copied to where windows read them.</summary>
    [Fact]
    public Task Bytes_of_an_image() => Verify256("""
        [Input(6, 6, 3, Type = ElementType.UInt8)]
        [Rescaling(1 / 127.5, Offset = -1)]
        [Conv2D(8, 3, Padding = Padding.Same, Activation = Activation.Relu)]
        [GlobalAveragePooling2D]
        [Dense(4)]
        [Labels("a", "b", "c", "d")]
        """);

    /// <summary>Two inputs' weights in a word.</summary>
    [Fact]
    public Task Weights_of_bfloat16() => Verify256("""
        [Input(20)]
        [Dense(16, Activation = Activation.Relu)]
        """, weights: WeightType.BFloat16);

    /// <summary>A scale for each output, which also brings the exponents to float32's.</summary>
    [Fact]
    public Task Weights_of_float16() => Verify256("""
        [Input(21)]
        [BatchNormalization]
        [Dense(16, UseBias = false)]
        """, weights: WeightType.Float16);

    /// <summary>Panels, then dot products.</summary>
    [Fact]
    public Task Weights_of_int8() => Verify256("""
        [Input(4, 4, 32)]
        [GlobalAveragePooling2D]
        [Dense(24, Activation = Activation.Relu)]
        [Dense(2)]
        """, weights: WeightType.Int8);

    /// <summary>A kernel for each call of a library: the normalisation, the pool, the product and its activation.</summary>
    [Fact]
    public Task Fusion_switched_off() => Verify256("""
        [Input(4, 4, 32)]
        [BatchNormalization]
        [GlobalAveragePooling2D]
        [Dropout(0.5)]
        [Dense(10, Activation = Activation.Softmax)]
        """, properties: BuildProperties.WithoutFusion);

    private static Task Verify256(
        string layers,
        WeightType weights = WeightType.Float32,
        BuildProperties? properties = null,
        [CallerFilePath] string file = "",
        [CallerMemberName] string test = "") =>
        Snapshot.Verify(
            Generate($"using Fused;\n[FusedModel{(weights == WeightType.Float32 ? "" : $"(Weights = WeightType.{weights})")}]\n{layers}\npublic sealed partial class Head;", properties)
                .Where(generated => generated.HintName is "Head.g.cs" or "Head.Vector256.g.cs"),
            file,
            test);

    private static ImmutableArray<GeneratedFile> Generate(string source, BuildProperties? properties = null)
    {
        Generated generated = Generated.From(Compilations.Create(source), properties ?? BuildProperties.None);
        Assert.Empty(generated.Diagnostics());
        return generated.Files;
    }
}
