#pragma warning disable CS1591 // What the members do is said where models have them, in IFusedModel.
#pragma warning disable CA1000 // Static members of models are what they stand for.

using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Fused.CompilerServices;

/// <summary>
/// What the members of a model are before they are generated, for other generators to see; no program calls them. A generator that
/// meets <c>head.Predict(x)</c> asks for its type, and all generators see the project as it was before any of them ran. Fused's
/// generator has these members in scope there, and out of scope where the models have their own.
/// They extend <see cref="object"/>, for nothing but an attribute tells a model from another class then, and so that any
/// other extension of a class goes before them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelStandIns
{
    extension(object model)
    {
        public FusedOptions Options { get => throw Called(); set => throw Called(); }

        public LoadReport? LoadReport => throw Called();

        public void Save(string path) => throw Called();

        [OverloadResolutionPriority(1)]
        public float[] Predict(ReadOnlySpan<float> input) => throw Called();

        [OverloadResolutionPriority(1)]
        public void Predict(ReadOnlySpan<float> input, Span<float> output) => throw Called();

        public float[] Predict(ReadOnlySpan<Half> input) => throw Called();

        public void Predict(ReadOnlySpan<Half> input, Span<float> output) => throw Called();

        [OverloadResolutionPriority(2)]
        public float[] Predict(ReadOnlySpan<byte> input) => throw Called();

        [OverloadResolutionPriority(2)]
        public void Predict(ReadOnlySpan<byte> input, Span<float> output) => throw Called();

        [OverloadResolutionPriority(3)]
        public float[] Predict(ReadOnlySpan<byte> input, Quantization quantization) => throw Called();

        [OverloadResolutionPriority(3)]
        public void Predict(ReadOnlySpan<byte> input, Quantization quantization, Span<float> output) => throw Called();

        // Of several outputs, as many as models have that are known; what Outputs has depends on their names.
        [OverloadResolutionPriority(1)]
        public void Predict(ReadOnlySpan<float> input, Span<float> output1, Span<float> output2) => throw Called();

        public void Predict(ReadOnlySpan<Half> input, Span<float> output1, Span<float> output2) => throw Called();

        [OverloadResolutionPriority(2)]
        public void Predict(ReadOnlySpan<byte> input, Span<float> output1, Span<float> output2) => throw Called();

        [OverloadResolutionPriority(3)]
        public void Predict(ReadOnlySpan<byte> input, Quantization quantization, Span<float> output1, Span<float> output2) => throw Called();

        [OverloadResolutionPriority(1)]
        public void Predict(ReadOnlySpan<float> input, Span<float> output1, Span<float> output2, Span<float> output3) => throw Called();

        public void Predict(ReadOnlySpan<Half> input, Span<float> output1, Span<float> output2, Span<float> output3) => throw Called();

        [OverloadResolutionPriority(2)]
        public void Predict(ReadOnlySpan<byte> input, Span<float> output1, Span<float> output2, Span<float> output3) => throw Called();

        [OverloadResolutionPriority(3)]
        public void Predict(ReadOnlySpan<byte> input, Quantization quantization, Span<float> output1, Span<float> output2, Span<float> output3) => throw Called();

        [OverloadResolutionPriority(1)]
        public void Predict(ReadOnlySpan<float> input, Span<float> output1, Span<float> output2, Span<float> output3, Span<float> output4) => throw Called();

        public void Predict(ReadOnlySpan<Half> input, Span<float> output1, Span<float> output2, Span<float> output3, Span<float> output4) => throw Called();

        [OverloadResolutionPriority(2)]
        public void Predict(ReadOnlySpan<byte> input, Span<float> output1, Span<float> output2, Span<float> output3, Span<float> output4) => throw Called();

        [OverloadResolutionPriority(3)]
        public void Predict(ReadOnlySpan<byte> input, Quantization quantization, Span<float> output1, Span<float> output2, Span<float> output3, Span<float> output4) => throw Called();

        [OverloadResolutionPriority(1)]
        public Prediction[] Top(ReadOnlySpan<float> input, int count) => throw Called();

        [OverloadResolutionPriority(1)]
        public void Top(ReadOnlySpan<float> input, Span<Prediction> best) => throw Called();

        public Prediction[] Top(ReadOnlySpan<Half> input, int count) => throw Called();

        public void Top(ReadOnlySpan<Half> input, Span<Prediction> best) => throw Called();

        [OverloadResolutionPriority(2)]
        public Prediction[] Top(ReadOnlySpan<byte> input, int count) => throw Called();

        [OverloadResolutionPriority(2)]
        public void Top(ReadOnlySpan<byte> input, Span<Prediction> best) => throw Called();

        [OverloadResolutionPriority(3)]
        public Prediction[] Top(ReadOnlySpan<byte> input, Quantization quantization, int count) => throw Called();

        [OverloadResolutionPriority(3)]
        public void Top(ReadOnlySpan<byte> input, Quantization quantization, Span<Prediction> best) => throw Called();

        public static int InputLength => throw Called();

        public static int OutputLength => throw Called();

        public static long ParameterCount => throw Called();

        public static ModelSummary Summary => throw Called();

        public static IReadOnlyList<string> Labels => throw Called();
    }

    extension<TModel>(TModel) where TModel : class
    {
        public static TModel Load(string path, WeightLoadOptions? options = null) => throw Called();

        public static TModel Load(Stream stream, WeightLoadOptions? options = null) => throw Called();

        public static TModel Load(ReadOnlyMemory<byte> content, WeightLoadOptions? options = null) => throw Called();

        public static TModel FromWeights(IEnumerable<WeightArray> arrays, WeightLoadOptions? options = null) => throw Called();

        public static TModel Create(int seed) => throw Called();
    }

    private static NotSupportedException Called() => new(
        "This member is there for source generators to look at. Models have one of their own, which Fused.Generator writes.");
}
