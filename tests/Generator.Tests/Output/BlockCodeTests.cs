namespace Fused.Generator.Tests.Output;

/// <summary>What is generated of a model with blocks.</summary>
public class BlockCodeTests
{
    /// <summary>A residual network in small, with blocks and written out: the same files, letter for letter.</summary>
    [Fact]
    public void Blocks_and_their_layers_give_the_same_code()
    {
        const string Blocks = """
            using Fused;
            namespace Shop;
            [FusedBlock]
            [Conv2D(Bottleneck.Filters, 1, Strides = Bottleneck.Stride, Name = "conv1"), BatchNormalization(Name = "bn1"), Activation(Activation.Relu)]
            [Conv2D(Bottleneck.Filters, 3, Padding = Padding.Same, Name = "conv2"), BatchNormalization(Name = "bn2"), Activation(Activation.Relu)]
            [Conv2D(4 * Bottleneck.Filters, 1, Name = "conv3"), BatchNormalization(Name = "bn3")]
            [Conv2D(4 * Bottleneck.Filters, 1, Strides = Bottleneck.Stride, Name = "shortcut", From = "input"), BatchNormalization]
            [Add("bn3"), Activation(Activation.Relu)]
            internal static class Bottleneck { public const int Filters = 2, Stride = 1; }

            [FusedModel, Input(6, 6, 3)]
            [Conv2D(4, 3), Block(typeof(Bottleneck), Name = "block1"), Block(typeof(Bottleneck), "Stride", 2, "Filters", 4)]
            [GlobalAveragePooling2D, Dense(2)]
            public sealed partial class Head;
            """;
        const string Flat = """
            using Fused;
            namespace Shop;
            [FusedModel, Input(6, 6, 3)]
            [Conv2D(4, 3)]
            [Conv2D(2, 1, Name = "block1.conv1"), BatchNormalization(Name = "block1.bn1"), Activation(Activation.Relu, Name = "block1.activation")]
            [Conv2D(2, 3, Padding = Padding.Same, Name = "block1.conv2"), BatchNormalization(Name = "block1.bn2"), Activation(Activation.Relu, Name = "block1.activation_1")]
            [Conv2D(8, 1, Name = "block1.conv3"), BatchNormalization(Name = "block1.bn3")]
            [Conv2D(8, 1, Name = "block1.shortcut", From = "conv2d"), BatchNormalization(Name = "block1.batch_normalization")]
            [Add("block1.bn3", Name = "block1.add"), Activation(Activation.Relu, Name = "block1.activation_2")]
            [Conv2D(4, 1, Strides = 2, Name = "bottleneck.conv1"), BatchNormalization(Name = "bottleneck.bn1"), Activation(Activation.Relu, Name = "bottleneck.activation")]
            [Conv2D(4, 3, Padding = Padding.Same, Name = "bottleneck.conv2"), BatchNormalization(Name = "bottleneck.bn2"), Activation(Activation.Relu, Name = "bottleneck.activation_1")]
            [Conv2D(16, 1, Name = "bottleneck.conv3"), BatchNormalization(Name = "bottleneck.bn3")]
            [Conv2D(16, 1, Strides = 2, Name = "bottleneck.shortcut", From = "block1.activation_2"), BatchNormalization(Name = "bottleneck.batch_normalization")]
            [Add("bottleneck.bn3", Name = "bottleneck.add"), Activation(Activation.Relu, Name = "bottleneck.activation_2")]
            [GlobalAveragePooling2D, Dense(2)]
            public sealed partial class Head;
            """;
        Generated blocks = Generated.From(Blocks), flat = Generated.From(Flat);

        Assert.Empty(blocks.Diagnostics());
        Assert.True(blocks.Files.Length > 1);
        Assert.Equal(flat.Files.Select(file => (file.HintName, file.Source)), blocks.Files.Select(file => (file.HintName, file.Source)));
        Assert.Contains(blocks.Files, file => file.Source.Contains("block1.conv1.kernel", StringComparison.Ordinal) || file.Source.Contains("\"block1.conv1\"", StringComparison.Ordinal));
    }

    /// <summary>A model with an error inside a block gets members that throw and say which.</summary>
    [Fact]
    public async Task An_error_inside_a_block_is_the_only_one()
    {
        Generated generated = Generated.From("""
            using Fused;
            [FusedBlock, GlobalAveragePooling2D, Dense(2)] class Pool;
            [FusedModel, Input(4), Block(typeof(Pool))] partial class Head;
            static class Use { public static float[] Run() => Head.Create(1).Predict([1, 2, 3, 4]); }
            """);

        Assert.Equal(["FUSED047"], (await generated.BuildDiagnostics()).Select(d => d.Id));
    }
}
