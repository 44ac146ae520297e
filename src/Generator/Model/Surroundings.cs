namespace Fused.Generator.Model;

/// <summary>What around a model changes how its code has to be written, though not what it computes.</summary>
/// <param name="HideNames">
/// Whether a type, a member or an alias of the user's has a name that kernels use, such as <c>Vector256</c>: they are written
/// out in full then.
/// </param>
/// <param name="CheckOverflow">
/// Whether the project checks integer arithmetic: kernels, whose indices are proved to stay in their buffers, switch that off.
/// </param>
/// <param name="HasGpu">Whether the project references <c>Fused.Gpu</c>, so that kernels for GPUs are to be written too.</param>
internal sealed record Surroundings(bool HideNames, bool CheckOverflow, bool HasGpu)
{
    public static Surroundings Plain { get; } = new(HideNames: false, CheckOverflow: false, HasGpu: false);

    /// <summary>Whether layers share kernels; not in builds with the property <c>FusedFusion</c> set to false.</summary>
    public bool HasFusion { get; init; } = true;
}
