namespace Fused.Samples.Classify;

/// <summary>
/// Keras's MobileNet (Howard et al. 2017, https://arxiv.org/abs/1704.04861): a convolution, then 13 blocks. Its layers have the names of
/// keras.applications. The image is 224 x 224 x 3 bytes, red, green and blue; <c>Rescaling</c>, applied as they are read, is Keras's <c>preprocess_input</c>.
/// </summary>
[FusedModel, Input(224, 224, 3, Type = ElementType.UInt8)]
[Rescaling(1 / 127.5, Offset = -1)]
[Conv2D(32, 3, Strides = 2, Padding = Padding.Same, UseBias = false, Name = "conv1")]
[BatchNormalization(Name = "conv1_bn"), Activation(Activation.Relu6, Name = "conv1_relu")]
[Block(typeof(Separable), "Number", "1", "Filters", 64, Name = "")]
[Block(typeof(Separable), "Number", "2", "Filters", 128, "Strides", 2, Name = "")]
[Block(typeof(Separable), "Number", "3", "Filters", 128, Name = "")]
[Block(typeof(Separable), "Number", "4", "Filters", 256, "Strides", 2, Name = "")]
[Block(typeof(Separable), "Number", "5", "Filters", 256, Name = "")]
[Block(typeof(Separable), "Number", "6", "Filters", 512, "Strides", 2, Name = "")]
[Block(typeof(Separable), "Number", "7", "Filters", 512, Name = "")]
[Block(typeof(Separable), "Number", "8", "Filters", 512, Name = "")]
[Block(typeof(Separable), "Number", "9", "Filters", 512, Name = "")]
[Block(typeof(Separable), "Number", "10", "Filters", 512, Name = "")]
[Block(typeof(Separable), "Number", "11", "Filters", 512, Name = "")]
[Block(typeof(Separable), "Number", "12", "Filters", 1024, "Strides", 2, Name = "")]
[Block(typeof(Separable), "Number", "13", "Filters", 1024, Name = "")]
[GlobalAveragePooling2D, Dropout(0.001), Dense(1000, Activation = Activation.Softmax, Name = "conv_preds")]
internal sealed partial class MobileNetV1;

/// <summary>
/// A depthwise convolution and a pointwise one. A use with <c>Name = ""</c> adds nothing to the names, so that they are Keras's, made of
/// the block's number. Keras pads the strided ones by a layer of its own, by what <c>Same</c> pads an even size.
/// </summary>
[FusedBlock]
[DepthwiseConv2D(3, Strides = Separable.Strides, Padding = Padding.Same, UseBias = false, Name = "conv_dw_" + Separable.Number)]
[BatchNormalization(Name = "conv_dw_" + Separable.Number + "_bn"), Activation(Activation.Relu6, Name = "conv_dw_" + Separable.Number + "_relu")]
[Conv2D(Separable.Filters, 1, UseBias = false, Name = "conv_pw_" + Separable.Number)]
[BatchNormalization(Name = "conv_pw_" + Separable.Number + "_bn"), Activation(Activation.Relu6, Name = "conv_pw_" + Separable.Number + "_relu")]
internal static class Separable
{
    public const string Number = "1";
    public const int Filters = 64, Strides = 1;
}
