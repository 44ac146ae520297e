namespace Fused;

/// <summary>Something that tells of a file whose conventions it has.</summary>
/// <param name="For">The conventions that it speaks for.</param>
/// <param name="Because">What it is, as the reason for an order.</param>
internal sealed record Evidence(Conventions For, string Because)
{
    /// <summary>What a tensor tells.</summary>
    public static Evidence Of(Conventions conventions, string by, TensorInfo tensor) =>
        new(conventions, $"{by} {Quoted.Name(tensor.Name)} {TensorShape.Format(tensor.Shape)}");
}
