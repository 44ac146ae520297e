namespace Fused.Startup;

[FusedModel]
[Input(8, 8, 2048)]
[GlobalAveragePooling2D]
[Dense(1000, Activation = Activation.Softmax)]
internal sealed partial class Inception1000;

[FusedModel]
[Input(784)]
[Dense(10, Activation = Activation.Softmax)]
internal sealed partial class Digits10;

/// <summary>The heads as Fused compiles them.</summary>
internal static class Heads
{
    public static IHead Load(string name, string path) =>
        name == "784-10" ? new Head<Digits10>(Digits10.Load(path)) : new Head<Inception1000>(Inception1000.Load(path));

    private sealed class Head<TModel> : IHead
        where TModel : class, IFusedModel<TModel>
    {
        private readonly TModel _model;

        public Head(TModel model)
        {
            _model = model;
            model.Options = new FusedOptions { MaxDegreeOfParallelism = 1 };
        }

        public int InputLength => TModel.InputLength;

        public int OutputLength => TModel.OutputLength;

        public void Predict(ReadOnlySpan<float> input, Span<float> output) => _model.Predict(input, output);

        public void Dispose()
        {
        }
    }
}
