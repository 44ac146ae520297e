namespace Fused.Samples.Digits;

/// <summary>The mean of each filter's answers over the image, normalised, and 5,130 weights from there to the ten digits.</summary>
[FusedModel]
[Input(8, 8, 512)]
[GlobalAveragePooling2D]
[BatchNormalization]
[Dense(10, Activation = Activation.Softmax)]
internal sealed partial class GapHead;
