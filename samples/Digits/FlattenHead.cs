namespace Fused.Samples.Digits;

/// <summary>
/// The head that memorises: a weight for every value of the map and every digit, 327,690 of them. It is here to be compared
/// with <see cref="GapHead"/>; the editor's advice FUSED201 on it, to pool instead of to flatten, is what the sample measures.
/// </summary>
[FusedModel]
[Input(8, 8, 512)]
[Flatten]
[Dense(10, Activation = Activation.Softmax)]
internal sealed partial class FlattenHead;
