using Fused.Generator.Graph;
using Fused.Testing.Data;
using Fused.Testing.Networks;

namespace Fused.Testing.Compiling;

/// <summary>A model of whichever type; what its users see of it.</summary>
internal interface IModel
{
    /// <summary>The model itself, for what only some models have.</summary>
    object Instance { get; }

    FusedOptions Options { get; set; }

    void Save(string path);

    float[] Predict(ReadOnlySpan<float> input);

    void Predict(ReadOnlySpan<float> input, Span<float> output);

    float[] Predict(ReadOnlySpan<Half> input);

    void Predict(ReadOnlySpan<Half> input, Span<float> output);

    float[] Predict(ReadOnlySpan<byte> input, Quantization quantization);

    void Predict(ReadOnlySpan<byte> input, Quantization quantization, Span<float> output);
}

/// <summary>A compiled model's type: the static members of <see cref="IFusedModel{TSelf}"/> behind ordinary ones.</summary>
internal abstract class ModelType
{
    public abstract int InputLength { get; }

    public abstract int OutputLength { get; }

    public abstract long ParameterCount { get; }

    public static ModelType Of(Type type) => (ModelType)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(type))!;

    public abstract IModel Create(int seed);

    public abstract IModel Load(string path);

    /// <summary>The model with these weights, of the network that the type was compiled from.</summary>
    public IModel Load(Network network, IReadOnlyDictionary<string, float[]> weights)
    {
        using var file = new TemporaryFile();
        Safetensors.Write(file.Path, network.WeightTensors.Select(w => (w.Name, w.Tensor.Shape, weights[w.Name])));
        return Load(file.Path);
    }

    /// <summary>The model with these weights, of a graph that the type was compiled from.</summary>
    public IModel Load(NetworkGraph graph, IReadOnlyDictionary<string, float[]> weights)
    {
        using var file = new TemporaryFile();
        Safetensors.Write(file.Path, graph.Nodes.SelectMany(node => node.Parameters).Select(w => (w.Name, w.Shape.ToArray(), weights[w.Name])));
        return Load(file.Path);
    }

    private sealed class Typed<T> : ModelType
        where T : class, IFusedModel<T>
    {
        public override int InputLength => T.InputLength;

        public override int OutputLength => T.OutputLength;

        public override long ParameterCount => T.ParameterCount;

        public override IModel Create(int seed) => new Model(T.Create(seed));

        public override IModel Load(string path) => new Model(T.Load(path));

        private sealed class Model(T model) : IModel
        {
            public object Instance => model;

            public FusedOptions Options
            {
                get => model.Options;
                set => model.Options = value;
            }

            public void Save(string path) => model.Save(path);

            public float[] Predict(ReadOnlySpan<float> input) => model.Predict(input);

            public void Predict(ReadOnlySpan<float> input, Span<float> output) => model.Predict(input, output);

            public float[] Predict(ReadOnlySpan<Half> input) => model.Predict(input);

            public void Predict(ReadOnlySpan<Half> input, Span<float> output) => model.Predict(input, output);

            public float[] Predict(ReadOnlySpan<byte> input, Quantization quantization) => model.Predict(input, quantization);

            public void Predict(ReadOnlySpan<byte> input, Quantization quantization, Span<float> output) =>
                model.Predict(input, quantization, output);
        }
    }
}
