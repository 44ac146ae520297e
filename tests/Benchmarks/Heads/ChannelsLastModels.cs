namespace Fused.Benchmarks.Heads;

// Named for the backbones whose last feature maps have these shapes.

[FusedModel]
[Input(8, 8, 2048)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class Inception1000;

[FusedModel]
[Input(8, 8, 2048)]
[GlobalAveragePooling2D]
[Dense(2, Activation = Activation.Softmax)]
internal sealed partial class Inception2;

[FusedModel]
[Input(8, 8, 2048)]
[GlobalAveragePooling2D]
[Dense(256, Activation = Activation.Relu)]
[Dense(128, Activation = Activation.Relu)]
[Dense(5, Activation = Activation.Softmax)]
internal sealed partial class Inception256To5;

[FusedModel]
[Input(7, 7, 512)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class Vgg1000;

[FusedModel]
[Input(7, 7, 2048)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class ResNet1000;

[FusedModel]
[Input(7, 7, 256)]
[GlobalAveragePooling2D]
[Dense(2, Activation = Activation.Softmax)]
internal sealed partial class MobileNet2;

[FusedModel]
[Input(4, 4, 8)]
[GlobalAveragePooling2D]
[Dense(10, Activation = Activation.Softmax)]
internal sealed partial class Small10;

[FusedModel]
[Input(784)]
[Dense(10, Activation = Activation.Softmax)]
internal sealed partial class Digits10;
