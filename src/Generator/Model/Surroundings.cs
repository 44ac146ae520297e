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

    /// <summary>What the project's version of C# has.</summary>
    public Language Language { get; init; } = Language.CSharp13;

    /// <summary>The members of base classes that generated ones have to say something of.</summary>
    public EquatableArray<InheritedMember> Inherited { get; init; }
}

/// <summary>The versions of C# that differ in what generated code may say; those between them are the lower one.</summary>
internal enum Language
{
    /// <summary>Without annotations of what may be null.</summary>
    CSharp7,

    /// <summary>Without static members of interfaces.</summary>
    CSharp8,

    /// <summary>Without what kernels are written with.</summary>
    CSharp11,

    /// <summary>Kernels can be written.</summary>
    CSharp12,

    /// <summary>An overload can be preferred to others.</summary>
    CSharp13,
}

/// <summary>A member of a base class that a generated one takes the place of.</summary>
/// <param name="Key">Its name, for methods with the types of the parameters: <c>Save(string)</c>.</param>
/// <param name="IsOverridden">Whether it is overridden, and not hidden.</param>
internal sealed record InheritedMember(string Key, bool IsOverridden);
