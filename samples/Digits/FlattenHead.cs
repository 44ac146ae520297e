namespace Fused.Samples.Digits;

/// <summary>
/// A weight for every filter at every place and every digit: 327,690 of them, for 1,347 training images. It is
/// here on purpose, to be compared with <see cref="GapHead"/>: the editor's advice FUSED201 on it, to pool instead of to
/// flatten, is what the sample measures.
/// </summary>
[FusedModel]
[Input(8, 8, 512)]
[Flatten]
[Dense(10, Activation = Activation.Softmax)]
internal sealed partial class FlattenHead;
