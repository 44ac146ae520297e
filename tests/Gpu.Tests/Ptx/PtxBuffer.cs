using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>
/// A buffer in simulated global memory. Around it lie gaps wider than any 32-bit index of 16-byte elements reaches, so that
/// an access beyond its bounds never meets another buffer.
/// </summary>
internal sealed class PtxBuffer
{
    /// <summary>Low bits of a word's state: which of its bytes have a value.</summary>
    private const byte Initialized = 0b1111;

    private const byte Loaded = 1 << 4;
    private const byte Stored = 1 << 5;
    private const int SectorWords = 8;

    private readonly byte[] _bytes;
    private readonly byte[] _state;
    private Writer[]? _writers;

    internal PtxBuffer(string name, long address, int length)
    {
        Name = name;
        Address = address;
        _bytes = new byte[(length + 3) & ~3];
        _state = new byte[_bytes.Length / sizeof(uint)];
        Length = length;
    }

    /// <summary>The name in faults and counts.</summary>
    public string Name { get; }

    /// <summary>Where it starts.</summary>
    public long Address { get; }

    /// <summary>In bytes.</summary>
    public int Length { get; }

    /// <summary>Bytes that this launch's loads asked for.</summary>
    internal PtxTraffic Loads { get; } = new();

    /// <summary>Bytes that this launch's stores wrote.</summary>
    internal PtxTraffic Stores { get; } = new();

    /// <summary>Whether a thread has written to it in this launch.</summary>
    internal bool HasWriters => _writers is not null;

    /// <summary>Gives it values from its start.</summary>
    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        bytes.CopyTo(_bytes);
        for (int i = 0; i < bytes.Length; i++)
        {
            _state[i / sizeof(uint)] |= (byte)(1 << i % sizeof(uint));
        }
    }

    /// <summary>All values.</summary>
    /// <exception cref="PtxFault">One was never written.</exception>
    public T[] Read<T>()
        where T : unmanaged
    {
        for (int i = 0; i < Length; i++)
        {
            if ((_state[i / sizeof(uint)] >> i % sizeof(uint) & 1) == 0)
            {
                throw new PtxFault($"'{Name}' was not written at value {i / Unsafe.SizeOf<T>()}");
            }
        }

        return MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(0, Length)).ToArray();
    }

    /// <summary>Forgets who touched what: a launch sees all that the ones before wrote.</summary>
    internal void StartLaunch()
    {
        _writers = null;
        Loads.Clear();
        Stores.Clear();
        foreach (ref byte state in _state.AsSpan())
        {
            state &= Initialized;
        }
    }

    /// <summary>The words that an aligned access covers.</summary>
    internal Span<uint> Words(int offset, int count) => MemoryMarshal.Cast<byte, uint>(_bytes.AsSpan(offset, count * sizeof(uint)));

    /// <summary>A value that is narrower than a word, or as wide.</summary>
    internal ulong Get(int offset, int bytes) => bytes switch
    {
        1 => _bytes[offset],
        2 => Unsafe.ReadUnaligned<ushort>(ref _bytes[offset]),
        4 => Unsafe.ReadUnaligned<uint>(ref _bytes[offset]),
        _ => Unsafe.ReadUnaligned<ulong>(ref _bytes[offset]),
    };

    /// <summary>Sets a value's bytes.</summary>
    internal void Set(int offset, int bytes, ulong value)
    {
        for (int i = 0; i < bytes; i++)
        {
            _bytes[offset + i] = (byte)(value >> (8 * i));
        }
    }

    /// <summary>Marks bytes as loaded; whether all have values.</summary>
    internal bool TryMarkLoaded(int offset, int bytes)
    {
        if (bytes < sizeof(uint))
        {
            int need = ((1 << bytes) - 1) << offset % sizeof(uint);
            ref byte state = ref _state[offset / sizeof(uint)];
            state |= Loaded;
            return (state & need) == need;
        }

        int missing = 0;
        foreach (ref byte state in _state.AsSpan(offset / sizeof(uint), bytes / sizeof(uint)))
        {
            missing |= ~state & Initialized;
            state |= Loaded;
        }

        return missing == 0;
    }

    /// <summary>Marks bytes as written.</summary>
    internal void MarkStored(int offset, int bytes)
    {
        if (bytes < sizeof(uint))
        {
            _state[offset / sizeof(uint)] |= (byte)(Stored | ((1 << bytes) - 1) << offset % sizeof(uint));
            return;
        }

        foreach (ref byte state in _state.AsSpan(offset / sizeof(uint), bytes / sizeof(uint)))
        {
            state |= Stored | Initialized;
        }
    }

    /// <summary>The last writers of the words of an access in this launch.</summary>
    internal Span<Writer> Writers(int offset, int bytes)
    {
        _writers ??= new Writer[_state.Length];
        int first = offset / sizeof(uint);
        return _writers.AsSpan(first, (offset + bytes - 1) / sizeof(uint) - first + 1);
    }

    /// <summary>What the launch did to it.</summary>
    internal PtxBufferCounts Count()
    {
        PtxTrafficCounts Traffic(PtxTraffic traffic, byte flag)
        {
            long words = 0;
            long sectors = 0;
            for (int start = 0; start < _state.Length; start += SectorWords)
            {
                int touched = 0;
                foreach (byte state in _state.AsSpan(start, Math.Min(SectorWords, _state.Length - start)))
                {
                    touched += (state & flag) != 0 ? 1 : 0;
                }

                words += touched;
                sectors += touched == 0 ? 0 : 1;
            }

            return new PtxTrafficCounts(
                traffic.Bytes, traffic.Sectors * SectorWords * sizeof(uint), words * sizeof(uint), sectors * SectorWords * sizeof(uint));
        }

        return new PtxBufferCounts(Name, Traffic(Loads, Loaded), Traffic(Stores, Stored));
    }

    /// <summary>Who wrote a word last.</summary>
    /// <param name="Thread">The thread in the whole grid, from 1; negative for an atomic operation; 0 for none.</param>
    /// <param name="Epoch">How many barriers its block had passed.</param>
    /// <param name="Fences">How many fences it had executed.</param>
    internal readonly record struct Writer(int Thread, int Epoch, int Fences);
}
