namespace Fused.Benchmarks.Call;

// One multiply-add, and one comparison: what their calls take is the call's own.

[FusedModel]
[Input(1)]
[Dense(1)]
internal sealed partial class OneDense;

[FusedModel]
[Input(1)]
[Activation(Activation.Relu)]
internal sealed partial class OneActivation;
