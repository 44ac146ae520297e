using Microsoft.Win32.SafeHandles;

namespace Fused;

/// <summary>The bytes of a file.</summary>
internal sealed class FileBytes(string path) : ByteSource
{
    private readonly SafeFileHandle _file = File.OpenHandle(path, options: FileOptions.SequentialScan);

    public override long Length => RandomAccess.GetLength(_file);

    public override int Read(Span<byte> buffer, long offset) => RandomAccess.Read(_file, buffer, offset);

    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }
}
