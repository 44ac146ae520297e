using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;

namespace Fused.Generator.Parsing;

/// <summary>Reads activation functions.</summary>
internal static class Functions
{
    /// <summary>The function that an argument names, with the attribute's alpha.</summary>
    public static ActivationFunction Activation(AttributeReader attribute, string argument)
    {
        ActivationKind kind = attribute.Member<ActivationKind>(argument);
        double alpha = attribute.Number(
            "Alpha", double.NaN, given => double.IsNaN(given) || Math.Abs(given) <= float.MaxValue, "finite as a float");
        if (double.IsNaN(alpha))
            return ActivationFunction.Of(kind);

        if (ActivationFunction.DefaultAlpha(kind) is null)
            attribute.Report(Descriptors.UnusedAlpha, "Alpha", kind.ToString());

        return new ActivationFunction(kind, alpha);
    }
}
