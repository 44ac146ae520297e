namespace Fused.Benchmarks.Heads;

[FusedModel(Weights = WeightType.Float16)]
[Input(8, 8, 2048)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class Inception1000Float16;

[FusedModel(Weights = WeightType.BFloat16)]
[Input(8, 8, 2048)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class Inception1000BFloat16;

[FusedModel(Weights = WeightType.Int8)]
[Input(8, 8, 2048)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class Inception1000Int8;
