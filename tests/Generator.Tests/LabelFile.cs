using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Fused.Generator.Tests;

/// <summary>A file that a project gives to the compiler as an additional one; null for content that cannot be read.</summary>
internal sealed class LabelFile(string path, string? content) : AdditionalText
{
    public override string Path => path;

    public override SourceText? GetText(CancellationToken cancellationToken = default) => content is null ? null : SourceText.From(content, Encoding.UTF8);
}
