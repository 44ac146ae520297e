using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>The rule of the layers that work on the positions of a map.</summary>
internal static class MapRule
{
    public static IEnumerable<Problem> Check(string kind, Shape input) =>
        input.IsVector ? [new Problem(Descriptors.MapExpected, [kind, input.ToString()])] : [];
}
