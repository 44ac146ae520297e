using System.Runtime.CompilerServices;

namespace Fused.CompilerServices;

/// <summary>
/// The samples of a call, in whichever type the caller has them: an address, so that it can be handed to other threads, and what lies
/// there. Whoever makes one keeps the memory pinned as long as it is used.
/// </summary>
internal readonly unsafe struct SampleMemory
{
    private readonly byte* _address;
    private readonly Element _element;
    private readonly Quantization _quantization;

    public SampleMemory(float* address)
        : this((byte*)address, Element.Single, default)
    {
    }

    public SampleMemory(Half* address)
        : this((byte*)address, Element.Half, default)
    {
    }

    public SampleMemory(byte* address, Quantization quantization)
        : this(address, Element.Quantized, quantization)
    {
    }

    private SampleMemory(byte* address, Element element, Quantization quantization)
    {
        _address = address;
        _element = element;
        _quantization = quantization;
    }

    /// <summary>What a value is; each member is its size in bytes.</summary>
    private enum Element
    {
        Quantized = sizeof(byte),
        Half = 2,
        Single = sizeof(float),
    }

    /// <summary>The samples from some value on.</summary>
    public SampleMemory From(nint value) => new(_address + (value * (nint)_element), _element, _quantization);

    /// <summary>Computes samples from the first on.</summary>
    public void Execute(ITileKernel kernel, ref float output, int samples)
    {
        switch (_element)
        {
            case Element.Single:
                kernel.Execute(ref Unsafe.AsRef<float>(_address), ref output, samples);
                break;
            case Element.Half:
                kernel.Execute(ref Unsafe.AsRef<Half>(_address), ref output, samples);
                break;
            default:
                kernel.Execute(ref Unsafe.AsRef<byte>(_address), _quantization, ref output, samples);
                break;
        }
    }

    /// <summary>Computes one part of the tile that begins with the first sample.</summary>
    public void ExecutePart(IDividedKernel kernel, ref float shares, int samples, int part)
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
}
