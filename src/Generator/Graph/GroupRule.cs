using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>The rule that the groups of a convolution are alike: their number divides the channels and the filters.</summary>
internal static class GroupRule
{
    /// <param name="groups">The number of groups.</param>
    /// <param name="what">What it does not divide, such as <c>64 filters</c>.</param>
    public static Problem Problem(int groups, string what) =>
        new(Descriptors.UnevenGroups, ["Conv2D", Numbers.Count(groups), what], At: "Groups");
}
