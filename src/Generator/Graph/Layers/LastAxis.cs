using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>The rule of the layers over the last axis, Dense and softmax.</summary>
internal static class LastAxis
{
    /// <summary>
    /// The last axis of a channels-first map is its width: Keras would go on and multiply the columns by the kernel, which
    /// nobody means.
    /// </summary>
    public static IEnumerable<Problem> Check(Layer layer, Shape input)
    {
        if (!input.ChannelsAreLast)
            yield return new Problem(Descriptors.LastAxisIsWidth, [layer.Kind, input.ToString()]);
    }
}
