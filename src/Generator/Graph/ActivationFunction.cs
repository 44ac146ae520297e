using System.Text;

namespace Fused.Generator.Graph;

/// <summary>The activation functions: the members and values of the runtime's <c>Fused.Activation</c>.</summary>
internal enum ActivationKind
{
    Linear,
    Relu,
    Relu6,
    LeakyRelu,
    Elu,
    Selu,
    Gelu,
    GeluTanh,
    Sigmoid,
    HardSigmoid,
    Tanh,
    Softplus,
    Softsign,
    Swish,
    HardSwish,
    Softmax,
    LogSoftmax,
}

/// <summary>An activation function with its parameter.</summary>
/// <param name="Kind">The function.</param>
/// <param name="Alpha">The slope or scale of the negative side; 0 where the function has none.</param>
internal readonly record struct ActivationFunction(ActivationKind Kind, double Alpha)
{
    public static ActivationFunction Linear => Of(ActivationKind.Linear);

    /// <summary>The function with Keras's default alpha.</summary>
    public static ActivationFunction Of(ActivationKind kind) => new(kind, DefaultAlpha(kind) ?? 0);

    /// <summary>Keras's default for a function that takes an alpha, nothing for one that takes none.</summary>
    public static double? DefaultAlpha(ActivationKind kind) => kind switch
    {
        ActivationKind.LeakyRelu => 0.2,
        ActivationKind.Elu => 1.0,
        _ => null,
    };

    /// <summary>Whether each value depends on its whole row: softmax and its logarithm.</summary>
    public bool IsOverLastAxis => Kind is ActivationKind.Softmax or ActivationKind.LogSoftmax;

    /// <summary>
    /// By the rule of <see cref="Layer.Flops(Shape)"/>: one for a function of one value; softmax and its logarithm compare,
    /// subtract, take the exponential, add and divide (or subtract).
    /// </summary>
    public int FlopsPerValue => Kind == ActivationKind.Linear ? 0 : IsOverLastAxis ? 5 : 1;

    /// <summary>Keras's name: the member's in snake case, <c>hard_sigmoid</c>.</summary>
    public string KerasName
    {
        get
        {
            var text = new StringBuilder();
            foreach (char c in Kind.ToString())
            {
                text.Append(char.IsUpper(c) && text.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(c));
            }

            return text.ToString();
        }
    }

    /// <summary>Whether no value is less than zero, whatever the input.</summary>
    public bool IsNonNegative => Kind is ActivationKind.Relu or ActivationKind.Relu6 or ActivationKind.Sigmoid or ActivationKind.HardSigmoid
        or ActivationKind.Softplus or ActivationKind.Softmax;

    /// <summary>Applies the function to the values that there are.</summary>
    public void Compute(IStageBuilder stages)
    {
        if (IsOverLastAxis)
        {
            stages.Softmax(logarithm: Kind == ActivationKind.LogSoftmax);
        }
        else if (Kind != ActivationKind.Linear)
        {
            ActivationFunction function = this;
            stages.Map((value, _) => Activations.Apply(function, value));
        }
    }
}
