using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>The rule of the layers over the last axis, Dense and softmax.</summary>
internal static class LastAxis
{
    /// <summary>
    /// The last axis of a channels-first map is its width: Keras would go on and multiply the columns by the kernel, which
    /// nobody means.
    /// </summary>
    public static IEnumerable<Problem> Check(Layer layer, Shape input) => Check(layer.Kind, input);

    /// <summary>The same of a layer in either layout that ends with a function, which may be over the last axis.</summary>
    public static IEnumerable<Problem> Check(Layer layer, ActivationFunction function, Shape input) =>
        function.IsOverLastAxis ? Check($"The {function.KerasName} of {layer.Kind}", input) : [];

    private static IEnumerable<Problem> Check(string what, Shape input)
    {
        if (!input.ChannelsAreLast)
            yield return new Problem(Descriptors.LastAxisIsWidth, [what, input.ToString()]);
    }
}
