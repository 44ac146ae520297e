namespace Fused.Samples.Digits;

/// <summary>The head that generalises: each filter's mean over the image, normalised, and 5,130 weights for the ten digits.</summary>
[FusedModel]
[Input(8, 8, 512)]
[GlobalAveragePooling2D]
[BatchNormalization]
[Dense(10, Activation = Activation.Softmax)]
internal sealed partial class GapHead;
