namespace Fused.Benchmarks.Heads;

// The networks of ChannelsLastModels.cs, on maps as PyTorch lays them out.

[FusedModel]
[Input(2048, 8, 8, Layout = DataLayout.ChannelsFirst)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class Inception1000ChannelsFirst;

[FusedModel]
[Input(2048, 8, 8, Layout = DataLayout.ChannelsFirst)]
[GlobalAveragePooling2D]
[Dense(2, Activation = Activation.Softmax)]
internal sealed partial class Inception2ChannelsFirst;

[FusedModel]
[Input(2048, 8, 8, Layout = DataLayout.ChannelsFirst)]
[GlobalAveragePooling2D]
[Dense(256, Activation = Activation.Relu)]
[Dense(128, Activation = Activation.Relu)]
[Dense(5, Activation = Activation.Softmax)]
internal sealed partial class Inception256To5ChannelsFirst;

[FusedModel]
[Input(512, 7, 7, Layout = DataLayout.ChannelsFirst)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class Vgg1000ChannelsFirst;

[FusedModel]
[Input(2048, 7, 7, Layout = DataLayout.ChannelsFirst)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class ResNet1000ChannelsFirst;

[FusedModel]
[Input(256, 7, 7, Layout = DataLayout.ChannelsFirst)]
[GlobalAveragePooling2D]
[Dense(2, Activation = Activation.Softmax)]
internal sealed partial class MobileNet2ChannelsFirst;

[FusedModel]
[Input(8, 4, 4, Layout = DataLayout.ChannelsFirst)]
[GlobalAveragePooling2D]
[Dense(10, Activation = Activation.Softmax)]
internal sealed partial class Small10ChannelsFirst;
