namespace Fused;

/// <summary>A model's layers with their shapes, parameters and costs, and what was fused with what.</summary>
public sealed class ModelSummary
{
    /// <summary>A summary; the totals are the layers' sums.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="inputShape">The shape of one sample: <c>(8, 8, 2048)</c>.</param>
    /// <param name="layers">The layers in order.</param>
    /// <param name="trainableParameters">The weights that training changes.</param>
    /// <param name="activationBytes">The bytes of one sample's input and output together.</param>
    /// <param name="kernels">A line for each kernel: what it fuses, or why something is not fused.</param>
    /// <param name="weights">How the CPU's kernels store the matrices of Dense layers.</param>
    public ModelSummary(
        string name,
        string inputShape,
        IReadOnlyList<LayerSummary> layers,
        long trainableParameters,
        long activationBytes,
        IReadOnlyList<string> kernels,
        WeightType weights = WeightType.Float32)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(kernels);
        Name = name;
        InputShape = inputShape;
        Layers = [.. layers];
        TrainableParameters = trainableParameters;
        ActivationBytes = activationBytes;
        Kernels = [.. kernels];
        Weights = weights;
    }

    private ModelSummary(ModelSummary summary, LoadReport? loaded)
        : this(summary.Name, summary.InputShape, summary.Layers, summary.TrainableParameters, summary.ActivationBytes, summary.Kernels, summary.Weights) =>
        (Loaded, ArenaBytes, Outputs, InputType) = (loaded, summary.ArenaBytes, summary.Outputs, summary.InputType);

    /// <summary>The summary of a model that there is: also what its weights were loaded from, and which order of kernels was taken.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentNullException">The model is null.</exception>
    public static ModelSummary Of<TModel>(TModel model)
        where TModel : class, IFusedModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ModelSummary(TModel.Summary, model.LoadReport);
    }

    /// <summary>The model's name.</summary>
    public string Name { get; }

    /// <summary>The shape of one sample, without the batch.</summary>
    public string InputShape { get; }

    /// <summary>What one value of a sample is: with bytes the model has an <see cref="IByteModel{TSelf}"/>'s members.</summary>
    public ElementType InputType { get; init; }

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>The outputs of a model that has several, in the order in which a sample's row has them; none of one whose output is its last layer's.</summary>
    public IReadOnlyList<OutputSummary> Outputs { get; init; } = [];

    /// <summary>How the CPU's kernels store the matrices of Dense layers; all else is float32.</summary>
    public WeightType Weights { get; }

    /// <summary>The number of weights, trainable or not.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>The number of weights that training changes.</summary>
    public long TrainableParameters { get; }

    /// <summary>The floating-point operations for one sample.</summary>
    public long Flops => Layers.Sum(layer => layer.Flops);

    /// <summary>The bytes of the weights as the kernels store them.</summary>
    public long WeightBytes => Layers.Sum(layer => layer.WeightBytes);

    /// <summary>The bytes of one sample's input and output: what is read and written beside the weights.</summary>
    public long ActivationBytes { get; }

    /// <summary>
    /// The bytes that each thread keeps for the maps between a network's layers, which share them where their lives do not meet; 0 for a head,
    /// which has no maps between its layers.
    /// </summary>
    public long ArenaBytes { get; init; }

    /// <summary>A line for each kernel: what it fuses, or why something is not fused.</summary>
    public IReadOnlyList<string> Kernels { get; }

    /// <summary>What the weights were loaded from; null where the summary is of no loaded model.</summary>
    public LoadReport? Loaded { get; }

    /// <summary>The summary as a table like that of Keras's <c>model.summary()</c>; invariant culture, lines end with <c>\n</c>.</summary>
    public override string ToString() => SummaryTable.Write(this);
}
