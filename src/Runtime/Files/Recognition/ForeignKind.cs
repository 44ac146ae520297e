namespace Fused;

/// <summary>A kind of file that holds no tensors which can be read here.</summary>
/// <param name="Is">Whether a file is one.</param>
/// <param name="Explain">What it is and what to do about it, to follow "it is".</param>
internal sealed record ForeignKind(Func<FileHead, bool> Is, Func<FileHead, string> Explain)
{
    public ForeignKind(Func<FileHead, bool> Is, string Explain)
        : this(Is, _ => Explain)
    {
    }
}
