namespace Fused;

/// <summary>What a layer would have to be, so that it had the tensors that the file has.</summary>
internal static class LayerAdvice
{
    /// <summary>Why a tensor may be missing of a layer whose others are there; empty where nothing is known.</summary>
    public static string OfMissing(TensorSpec spec, IReadOnlyList<MatchedTensor> tensors) =>
        Property(spec.Role) is string property && tensors.Any(other => other.File is not null && other.Spec.Layer == spec.Layer)
            ? $"; {property} = false declares a layer that has none"
            : "";

    /// <summary>Why the file has a tensor of a layer that the model has; empty where it is not such a one.</summary>
    /// <param name="layer">The tensors of the model's layer; none where it has no such layer.</param>
    /// <param name="word">What the file calls the tensor.</param>
    public static string OfUnused(IEnumerable<TensorSpec> layer, ReadOnlySpan<char> word)
    {
        List<TensorSpec> specs = [.. layer];
        if (specs.Count == 0)
            return "";
        TensorRole[] roles = specs.Exists(spec => TensorRoles.IsKernel(spec.Role)) ? ProductRoles : specs.Exists(spec => spec.Role == TensorRole.Alpha) ? [] : NormalizationRoles;
        foreach (TensorRole role in roles)
        {
            if (TensorNames.IsWord(role, word) && !specs.Exists(spec => spec.Role == role))
                return $": '{specs[0].Layer}' is declared with {Property(role)} = false";
        }

        return "";
    }

    private static readonly TensorRole[] ProductRoles = [TensorRole.Bias];

    private static readonly TensorRole[] NormalizationRoles = [TensorRole.Gamma, TensorRole.Beta];

    private static string? Property(TensorRole role) => role switch
    {
        TensorRole.Bias => "UseBias",
        TensorRole.Gamma => "Scale",
        TensorRole.Beta => "Center",
        _ => null,
    };
}
