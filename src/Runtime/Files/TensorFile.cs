namespace Fused;

/// <summary>
/// A file of named tensors, safetensors or npz (told apart by content). Files are not trusted: one that lies about itself gives
/// a <see cref="FusedWeightsException"/> and costs no more memory than it has data.
/// </summary>
public abstract class TensorFile : IDisposable
{
    private protected TensorFile()
    {
    }

    /// <summary>What the file holds, sorted by name.</summary>
    public abstract IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary>Opens a file and reads its directory; the tensors themselves are read when asked for.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FusedWeightsException">The file is no sound safetensors or npz file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TensorFile Open(string path) => throw new NotImplementedException();

    /// <summary>Reads a tensor of floating-point values (F64, F32, F16, BF16), in C order, rounded to float32.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <exception cref="FusedWeightsException">There is no such tensor, it has another type, or its data are corrupt.</exception>
    public float[] ReadSingle(string name) => throw new NotImplementedException();

    /// <summary>Reads a tensor of integers (I32, I64, U8), in C order.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <exception cref="FusedWeightsException">
    /// There is no such tensor, it has another type, a value does not fit 32 bits, or its data are corrupt.
    /// </exception>
    public int[] ReadInt32(string name) => throw new NotImplementedException();

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    private protected abstract void Close();
}
