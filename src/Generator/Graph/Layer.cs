using System.Collections.Immutable;
using System.Text;
using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>
/// A layer as declared, with what it does to shapes. Each layer is a record in <c>Layers/</c>; parsing has checked its
/// arguments, so that they are in their ranges here. <see cref="Check(Shape)"/> comes first, the other members may rely on it.
/// </summary>
/// <param name="DeclaredName">The name that the declaration gives, if it gives one.</param>
internal abstract record Layer(string? DeclaredName)
{
    /// <summary>Keras's name of the layer's class, such as <c>GlobalAveragePooling2D</c>; the attribute's too.</summary>
    public abstract string Kind { get; }

    /// <summary>The first name that Keras gives to an unnamed layer of this kind: the kind in snake case.</summary>
    public string DefaultName => SnakeCase(Kind);

    /// <summary>The layers whose outputs it reads, by name; none: the layer before it. <see cref="NetworkInput"/> is the network's input.</summary>
    public EquatableArray<string> From { get; init; } = [];

    /// <summary>What <see cref="From"/> calls the network's input.</summary>
    public const string NetworkInput = "input";

    /// <summary>Whether its first input is the output of the layer before it; those that <see cref="From"/> names follow.</summary>
    public virtual bool ReadsBefore => From.Count == 0;

    /// <summary>The shape of the layer's output.</summary>
    public abstract Shape InferShape(Shape input);

    /// <summary>The same of a layer that joins several inputs.</summary>
    public virtual Shape InferShape(ImmutableArray<Shape> inputs) => InferShape(inputs[0]);

    /// <summary>Why the layer cannot take such an input.</summary>
    public virtual IEnumerable<Problem> Check(Shape input) => [];

    /// <summary>The same of a layer that joins several inputs.</summary>
    public virtual IEnumerable<Problem> Check(ImmutableArray<Shape> inputs) => Check(inputs[0]);

    /// <summary>The layer's weights, in the order in which Keras lists them.</summary>
    public virtual ImmutableArray<ParameterTensor> Parameters(string name, Shape input) => [];

    /// <summary>
    /// The arithmetic of one sample at inference: two for a multiply-add; one for any other addition, multiplication,
    /// division or comparison, and for a function of one value. What the layer is defined to do counts, whatever fusion
    /// makes of it.
    /// </summary>
    public virtual long Flops(Shape input) => 0;

    /// <summary>The same of a layer that joins several inputs.</summary>
    public virtual long Flops(ImmutableArray<Shape> inputs) => Flops(inputs[0]);

    /// <summary>How the outputs depend on the inputs, for fusion.</summary>
    public abstract FusionPattern Pattern { get; }

    /// <summary>Whether the layer is a scale and a shift of each channel, which a Dense can take in.</summary>
    public virtual bool IsChannelAffine => false;

    /// <summary>Whether scaling and shifting the channels before the layer is the same as doing it after.</summary>
    public virtual bool CommutesWithAffine => IsChannelAffine;

    /// <summary>Whether the outputs are weighted sums, so that a scale and a shift of each can be multiplied into the weights.</summary>
    public virtual bool IsWeightedSum => false;

    /// <summary>For a weighted sum: whether it is its output, with no function applied.</summary>
    public virtual bool HasLinearOutput => false;

    /// <summary>
    /// For a weighted sum: whether a scale and a shift of each channel of its input can be multiplied into the weights. Not where the map is
    /// padded with zeros after them.
    /// </summary>
    public virtual bool TakesAffine(Shape input) => IsWeightedSum;

    /// <summary>How many neighbouring values belong to one channel in the output, if <paramref name="run"/> do in the input.</summary>
    public virtual int ChannelRun(int run, Shape input) => run;

    /// <summary>Rows and columns that a window reaches into around the map.</summary>
    public virtual Margins Reach(Shape input) => Margins.None;

    /// <summary>What a window expects there.</summary>
    public virtual float ReachValue => 0;

    /// <summary>Whether no output is less than zero, whatever the input.</summary>
    public virtual bool IsNonNegative => false;

    /// <summary>For a view: the order in which it takes the values, where that is not memory's.</summary>
    public virtual Interchange? Reordering(Shape input) => null;

    /// <summary>What a library that has no fused layers calls for this one, in order; the weights are the first one's.</summary>
    public virtual ImmutableArray<Layer> Calls => [this];

    /// <summary>States what the layer computes. Layers that vanish at inference state nothing.</summary>
    /// <exception cref="InvalidOperationException">The layer does not vanish, and states nothing: without it the network would be another one.</exception>
    public virtual void Compute(IStageBuilder stages, Node node)
    {
        if (Pattern != FusionPattern.Identity)
            throw new InvalidOperationException($"{Kind} states no computation.");
    }

    /// <summary>The layer in a few words, such as <c>Dense(1000) + softmax</c>.</summary>
    public virtual string Describe() => Kind;

    /// <summary>
    /// Keras's rule (<c>to_snake_case</c>): a word begins at a capital that a small letter stands before or behind: <c>p_re_lu</c>,
    /// <c>conv2d_transpose</c>; <c>Pooling2D</c> is one word.
    /// </summary>
    public static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
                text.Append('_');

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
