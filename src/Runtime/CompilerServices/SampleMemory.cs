using System.Runtime.CompilerServices;

namespace Fused.CompilerServices;

/// <summary>
/// The samples of a call, in whichever type the caller has them: an address, so that it can be handed to other threads, and what lies
/// there. Whoever makes one keeps the memory pinned as long as it is used.
/// </summary>
internal readonly unsafe struct SampleMemory
{
    private readonly byte* _address;
    private readonly int _length;
    private readonly Element _element;
    private readonly Quantization _quantization;

    /// <param name="address">The first value.</param>
    /// <param name="length">The number of values.</param>
    /// <param name="element">What a value is.</param>
    /// <param name="quantization">What bytes mean.</param>
    public SampleMemory(void* address, int length, Element element, Quantization quantization = default)
    {
        _address = (byte*)address;
        _length = length;
        _element = element;
        _quantization = quantization;
    }

    /// <summary>What a value is; each member is its size in bytes.</summary>
    public enum Element
    {
        Quantized = sizeof(byte),
        Half = 2,
        Single = sizeof(float),
    }

    /// <summary>The number of values.</summary>
    public int Length => _length;

    /// <summary>Whether these samples and some results lie in the same memory, in part or all.</summary>
    public bool Overlaps(float* output, int length) => _length > 0 && length > 0
        && _address < (byte*)(output + length) && (byte*)output < _address + ((nint)_length * (nint)_element);

    /// <summary>The samples from some value on.</summary>
    public SampleMemory From(int value) => new(_address + ((nint)value * (nint)_element), _length - value, _element, _quantization);

    /// <summary>Computes samples from the first on, some of a call's.</summary>
    public void Execute(ITileKernel kernel, float* results, int samples, int batch)
    {
        ref float output = ref Unsafe.AsRef<float>(results);
        switch (_element)
        {
            case Element.Single:
                kernel.Execute(ref Unsafe.AsRef<float>(_address), ref output, samples, batch);
                break;
            case Element.Half:
                kernel.Execute(ref Unsafe.AsRef<Half>(_address), ref output, samples, batch);
                break;
            default:
                kernel.Execute(ref Unsafe.AsRef<byte>(_address), _quantization, ref output, samples, batch);
                break;
        }
    }

    /// <summary>Computes one part of the tile that begins with the first sample.</summary>
    public void ExecutePart(ISplitKKernel kernel, ref float shares, int samples, int part)
    {
        switch (_element)
        {
            case Element.Single:
                kernel.ExecutePart(ref Unsafe.AsRef<float>(_address), ref shares, samples, part);
                break;
            case Element.Half:
                kernel.ExecutePart(ref Unsafe.AsRef<Half>(_address), ref shares, samples, part);
                break;
            default:
                kernel.ExecutePart(ref Unsafe.AsRef<byte>(_address), _quantization, ref shares, samples, part);
                break;
        }
    }

    /// <summary>Computes one task of the first sample.</summary>
    public void ExecuteTask(IPhasedKernel kernel, float* results, ref float scratch, int phase, int task)
    {
        ref float output = ref Unsafe.AsRef<float>(results);
        switch (_element)
        {
            case Element.Single:
                kernel.ExecuteTask(ref Unsafe.AsRef<float>(_address), ref output, ref scratch, phase, task);
                break;
            case Element.Half:
                kernel.ExecuteTask(ref Unsafe.AsRef<Half>(_address), ref output, ref scratch, phase, task);
                break;
            default:
                kernel.ExecuteTask(ref Unsafe.AsRef<byte>(_address), _quantization, ref output, ref scratch, phase, task);
                break;
        }
    }
}
