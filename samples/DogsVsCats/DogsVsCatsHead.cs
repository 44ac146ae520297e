namespace Fused.Samples.DogsVsCats;

/// <summary>Cat or dog, from the last feature maps of a MobileNet (width 0.25, images of 224x224).</summary>
[FusedModel]
[Input(7, 7, 256)]
[GlobalAveragePooling2D]
[Dense(2, Activation = Activation.Softmax)]
[Labels("cat", "dog")]
internal sealed partial class DogsVsCatsHead;
