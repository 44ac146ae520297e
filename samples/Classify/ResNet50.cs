namespace Fused.Samples.Classify;

/// <summary>
/// Keras's ResNet50 (He et al. 2015, https://arxiv.org/abs/1512.03385): the first 1x1 convolution of a block has the stride. The image is
/// 224 x 224 x 3 bytes, blue, green and red; <c>Rescaling</c> subtracts ImageNet's means, as Keras's <c>preprocess_input</c> does.
/// </summary>
[FusedModel, Input(224, 224, 3, Type = ElementType.UInt8)]
[Rescaling(1, Offsets = [-103.939, -116.779, -123.68])]
[ZeroPadding2D(3, Name = "conv1_pad"), Conv2D(64, 7, Strides = 2, Name = "conv1_conv")]
[BatchNormalization(Epsilon = 1.001e-5, Name = "conv1_bn"), Activation(Activation.Relu, Name = "conv1_relu")]
[ZeroPadding2D(1, Name = "pool1_pad"), MaxPooling2D(3, Strides = 2, Name = "pool1_pool")]
[Block(typeof(Projection), "Stride", 1, Name = "conv2_block1")]
[Block(typeof(Bottleneck), Name = "conv2_block2"), Block(typeof(Bottleneck), Name = "conv2_block3")]
[Block(typeof(Projection), "Filters", 128, Name = "conv3_block1"), Block(typeof(Bottleneck), "Filters", 128, Name = "conv3_block2")]
[Block(typeof(Bottleneck), "Filters", 128, Name = "conv3_block3"), Block(typeof(Bottleneck), "Filters", 128, Name = "conv3_block4")]
[Block(typeof(Projection), "Filters", 256, Name = "conv4_block1"), Block(typeof(Bottleneck), "Filters", 256, Name = "conv4_block2")]
[Block(typeof(Bottleneck), "Filters", 256, Name = "conv4_block3"), Block(typeof(Bottleneck), "Filters", 256, Name = "conv4_block4")]
[Block(typeof(Bottleneck), "Filters", 256, Name = "conv4_block5"), Block(typeof(Bottleneck), "Filters", 256, Name = "conv4_block6")]
[Block(typeof(Projection), "Filters", 512, Name = "conv5_block1")]
[Block(typeof(Bottleneck), "Filters", 512, Name = "conv5_block2"), Block(typeof(Bottleneck), "Filters", 512, Name = "conv5_block3")]
[GlobalAveragePooling2D(Name = "avg_pool"), Dense(1000, Activation = Activation.Softmax, Name = "predictions")]
internal sealed partial class ResNet50;

/// <summary>The block that adds its input to what three convolutions make of it.</summary>
[FusedBlock]
[Conv2D(Bottleneck.Filters, 1, Name = "1_conv"), BatchNormalization(Epsilon = 1.001e-5, Name = "1_bn"), Activation(Activation.Relu, Name = "1_relu")]
[Conv2D(Bottleneck.Filters, 3, Padding = Padding.Same, Name = "2_conv"), BatchNormalization(Epsilon = 1.001e-5, Name = "2_bn")]
[Activation(Activation.Relu, Name = "2_relu")]
[Conv2D(4 * Bottleneck.Filters, 1, Name = "3_conv"), BatchNormalization(Epsilon = 1.001e-5, Name = "3_bn")]
[Add("input", Name = "add"), Activation(Activation.Relu, Name = "out")]
internal static class Bottleneck
{
    public const int Filters = 64;
}

/// <summary>The first block of a stage: its input goes through a convolution before it is added, as it has another shape.</summary>
[FusedBlock]
[Conv2D(4 * Projection.Filters, 1, Strides = Projection.Stride, Name = "0_conv"), BatchNormalization(Epsilon = 1.001e-5, Name = "0_bn")]
[Conv2D(Projection.Filters, 1, Strides = Projection.Stride, From = "input", Name = "1_conv"), BatchNormalization(Epsilon = 1.001e-5, Name = "1_bn")]
[Activation(Activation.Relu, Name = "1_relu")]
[Conv2D(Projection.Filters, 3, Padding = Padding.Same, Name = "2_conv"), BatchNormalization(Epsilon = 1.001e-5, Name = "2_bn")]
[Activation(Activation.Relu, Name = "2_relu")]
[Conv2D(4 * Projection.Filters, 1, Name = "3_conv"), BatchNormalization(Epsilon = 1.001e-5, Name = "3_bn")]
[Add("0_bn", Name = "add"), Activation(Activation.Relu, Name = "out")]
internal static class Projection
{
    public const int Filters = 64, Stride = 2;
}
