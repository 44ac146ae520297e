namespace Fused.GpuCheck;

/// <summary>What a person writes first: three convolutions.</summary>
[FusedModel]
[Input(64, 64, 3)]
[Rescaling(1 / 255.0)]
[Conv2D(32, 3, Padding = Padding.Same, Activation = Activation.Relu), MaxPooling2D(2)]
[Conv2D(64, 3, Padding = Padding.Same, Activation = Activation.Relu), MaxPooling2D(2)]
[Conv2D(128, 3, Padding = Padding.Same, Activation = Activation.Relu), MaxPooling2D(2)]
[GlobalAveragePooling2D, Dense(10, Activation = Activation.Softmax)]
internal sealed partial class ThreeConvolutions;

/// <summary>The layers that the well-known networks have not, at odd sizes: no row, window or channel is a multiple of anything.</summary>
[FusedModel]
[Input(37, 29, 3)]
[Rescaling(1 / 127.5, Offset = -1)]
[Conv2D(24, 5, Strides = 2, Padding = Padding.Same, Activation = Activation.Gelu, Name = "stem")]
[Conv2D(30, 3, Groups = 6, DilationRate = 2, Padding = Padding.Same, Activation = Activation.Elu)]
[Conv2DTranspose(18, 3, Strides = 2, Activation = Activation.Swish)]
[AveragePooling2D(3, Strides = 2, Padding = Padding.Same, Name = "trunk")]
[GlobalAveragePooling2D, Dense(5, Activation = Activation.Relu), Dense(18, Activation = Activation.Sigmoid), Reshape(1, 1, 18)]
[Multiply("trunk"), UpSampling2D(2, Interpolation = Interpolation.Bilinear)]
[DepthwiseConv2D(3, DepthMultiplier = 2), LayerNormalization, PReLU]
[AdaptiveMaxPooling2D(5), Flatten, Dense(11, Activation = Activation.Softmax)]
internal sealed partial class OddLayers;
