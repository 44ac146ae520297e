// The networks of ChannelsLastModels.cs with the weights of their products in int8: a quarter of the bytes, and a scale for each output.

namespace Fused.Benchmarks.Heads.Int8;

[FusedModel(Weights = WeightType.Int8)]
[Input(8, 8, 2048)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class Inception1000;

[FusedModel(Weights = WeightType.Int8)]
[Input(8, 8, 2048)]
[GlobalAveragePooling2D]
[Dense(2, Activation = Activation.Softmax)]
internal sealed partial class Inception2;

[FusedModel(Weights = WeightType.Int8)]
[Input(8, 8, 2048)]
[GlobalAveragePooling2D]
[Dense(256, Activation = Activation.Relu)]
[Dense(128, Activation = Activation.Relu)]
[Dense(5, Activation = Activation.Softmax)]
internal sealed partial class Inception256To5;

[FusedModel(Weights = WeightType.Int8)]
[Input(7, 7, 512)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class Vgg1000;

[FusedModel(Weights = WeightType.Int8)]
[Input(7, 7, 2048)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class ResNet1000;

[FusedModel(Weights = WeightType.Int8)]
[Input(7, 7, 256)]
[GlobalAveragePooling2D]
[Dense(2, Activation = Activation.Softmax)]
internal sealed partial class MobileNet2;

[FusedModel(Weights = WeightType.Int8)]
[Input(4, 4, 8)]
[GlobalAveragePooling2D]
[Dense(10, Activation = Activation.Softmax)]
internal sealed partial class Small10;

[FusedModel(Weights = WeightType.Int8)]
[Input(784)]
[Dense(10, Activation = Activation.Softmax)]
internal sealed partial class Digits10;
