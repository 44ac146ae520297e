using System.Globalization;
using System.Text.RegularExpressions;
using Fused.Generator.IR;

namespace Fused.Generator.Planning;

/// <summary>
/// Makes one kernel of those that are equal but for their buffers: a network has the same convolution many times, and its code once is less to
/// read, to compile and to keep in the instruction cache. A kernel's buffers are its parameters, named by what they are to it.
/// </summary>
/// <param name="lower">Lowers a kernel, and verifies it with its own numbers, which are those of all that are equal to it.</param>
internal sealed class SharedKernels(Func<Kernel, Kernel> lower)
{
    private readonly Dictionary<string, Kernel> _known = new(StringComparer.Ordinal);

    /// <summary>The call of a kernel that is not lowered yet.</summary>
    public KernelCall Call(Kernel kernel)
    {
        var names = Names(kernel);
        var renamed = new Rename(names).Rewrite(kernel.Body);
        var general = kernel with { Buffers = [.. kernel.Buffers.Select(b => b with { Name = names[b.Name] })], Body = renamed };
        string text = string.Join(";", general.Buffers) + Printer.Print(general with { Name = "" });
        if (!_known.TryGetValue(text, out Kernel? known))
        {
            _known[text] = known = lower(general);
        }

        return new KernelCall(known, kernel.Buffers);
    }

    /// <summary>What a kernel calls its buffers: by what the layers that made them call their part, numbered where there are several.</summary>
    private static Dictionary<string, string> Names(Kernel kernel)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var written = new HashSet<Buffer>(Buffers.Written(kernel.Body));
        var read = new HashSet<Buffer>(Buffers.Read(kernel.Body));
        foreach (Buffer buffer in kernel.Buffers)
        {
            string stem = buffer.Scope switch
            {
                BufferScope.Input or BufferScope.Output => buffer.Name,
                BufferScope.Weights => buffer.Part,
                _ when !written.Contains(buffer) => "input",
                _ when !read.Contains(buffer) => "output",
                _ => "values",
            };
            string name = stem;
            for (int i = 2; names.ContainsValue(name); i++)
            {
                name = stem + i.ToString(CultureInfo.InvariantCulture);
            }

            names[buffer.Name] = name;
        }

        return names;
    }

    private sealed class Rename(Dictionary<string, string> names)
        : OtherBuffers(buffer => names.TryGetValue(buffer.Name, out string? name) ? buffer with { Name = name } : buffer)
    {
        private static readonly Regex Words = new(@"[A-Za-z_]\w*", RegexOptions.CultureInvariant);

        public override Stmt Rewrite(Stmt stmt) => stmt is Comment comment
            ? new Comment(Words.Replace(comment.Text, word => names.TryGetValue(word.Value, out string? name) ? name : word.Value))
            : base.Rewrite(stmt);
    }
}
