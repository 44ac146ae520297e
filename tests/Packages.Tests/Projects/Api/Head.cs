using Fused;

namespace Shop;

[FusedModel, Input(4), Dense(3), Labels("cat", "dog", "bird")]
public sealed partial class Head;

[FusedModel, Input(Head.OutputLength), Softmax]
public sealed partial class Probabilities;
