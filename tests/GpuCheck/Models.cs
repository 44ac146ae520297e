namespace Fused.GpuCheck;

/// <summary>The founding case: InceptionV3's maps and 1000 classes.</summary>
[FusedModel]
[Input(8, 8, 2048)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class Inception1000;

/// <summary>The same maps and two classes: all of the time goes into reading features.</summary>
[FusedModel]
[Input(8, 8, 2048)]
[GlobalAveragePooling2D]
[Dropout(0.5)]
[Dense(2, Activation = Activation.Softmax)]
internal sealed partial class Inception2;

/// <summary>The maps of VGG or ResNet18.</summary>
[FusedModel]
[Input(7, 7, 512)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class Vgg1000;

/// <summary>The same from PyTorch.</summary>
[FusedModel]
[Input(512, 7, 7, Layout = DataLayout.ChannelsFirst)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class VggChannelsFirst1000;

/// <summary>fast.ai's head.</summary>
[FusedModel]
[Input(7, 7, 512)]
[AdaptiveConcatPooling2D]
[BatchNormalization]
[Dropout(0.25)]
[Dense(512, Activation = Activation.Relu)]
[BatchNormalization]
[Dropout(0.5)]
[Dense(37, Activation = Activation.Softmax)]
internal sealed partial class FastAi37;

/// <summary>No map: products alone.</summary>
[FusedModel]
[Input(2048)]
[Dense(512, Activation = Activation.Gelu)]
[Dense(512, Activation = Activation.Gelu)]
[Dense(10)]
internal sealed partial class Perceptron10;
