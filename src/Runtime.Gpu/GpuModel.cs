using System.Runtime.CompilerServices;
using Fused.CompilerServices;
using Fused.Devices;
using Fused.Execution;
using Fused.Memory;
using ILGPU;
using ILGPU.Runtime;
using Half = System.Half;

namespace Fused;

/// <summary>
/// A model on a GPU, made by <see cref="GpuModelExtensions.ToGpu(IGpuModel, GpuOptions)"/>. Its methods may be called from many threads at
/// once. Kernels are compiled when they are first needed, so the first calls take longer. The same call on the same model gives
/// the same bits each time.
/// </summary>
public sealed class GpuModel : IDisposable
{
    private readonly UseCount _uses;
    private readonly DeviceSession? _session;
    private readonly DeviceProgram _program;
    private readonly HostCalls _hostCalls;
    private readonly DeviceCalls _deviceCalls;

    internal GpuModel(GpuProgram program, Accelerator accelerator, GpuOptions options, DeviceSession? session)
    {
        Accelerator = accelerator;
        Options = options;
        _session = session;
        _uses = new UseCount(this);
        var place = new ModelPlace(program.Model, accelerator);
        if (!Transfer.Supports(accelerator))
            throw new GpuException($"{place}: accelerators of type {accelerator.GetType().Name} are not supported.");
        try
        {
            using ScopedAcceleratorBinding binding = accelerator.BindScoped();
            _program = new DeviceProgram(program, options, place);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            throw place.Failed("the weights cannot be copied", exception);
        }

        _hostCalls = new HostCalls(_program);
        _deviceCalls = new DeviceCalls(_program);
    }

    /// <summary>The number of values in one sample.</summary>
    public int InputLength => _program.Program.InputLength;

    /// <summary>The number of values that one sample gives.</summary>
    public int OutputLength => _program.Program.OutputLength;

    /// <summary>How the model runs.</summary>
    public GpuOptions Options { get; }

    /// <summary>
    /// The ILGPU accelerator that the model is on, to allocate memory and streams on. Not to be disposed of where
    /// <c>ToGpu</c> was given no accelerator: then other models share it.
    /// </summary>
    public Accelerator Accelerator { get; }

    /// <summary>
    /// What the device did not take so far, a sentence each: a kernel, its threads and the driver's word. Other kernels compute the
    /// same for those batches; they may be slower. Empty where all is well.
    /// </summary>
    public IReadOnlyList<string> Refusals => [.. _program.Refusals.Select(r => r.Reason + ".").Distinct()];

    /// <summary>Predicts n = input.Length / InputLength samples.</summary>
    /// <param name="input">n * InputLength values.</param>
    /// <returns>n * OutputLength values.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of InputLength.</exception>
    /// <exception cref="ObjectDisposedException">The model or its accelerator is disposed.</exception>
    /// <exception cref="GpuException">The device fails.</exception>
    [OverloadResolutionPriority(1)] // what [1, 2] and default mean
    public float[] Predict(ReadOnlySpan<float> input) => PredictHost(input);

    /// <summary>Predicts n = input.Length / InputLength samples in half precision; the arithmetic is float32.</summary>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    public float[] Predict(ReadOnlySpan<Half> input) => PredictHost(input);

    /// <summary>Predicts n = input.Length / InputLength samples in bfloat16; the arithmetic is float32.</summary>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    public float[] Predict(ReadOnlySpan<BFloat16> input) => PredictHost(input);

    /// <summary>
    /// Predicts n = input.Length / InputLength samples of bytes, each of which is its own value, 0 to 255, where the model's input is declared so:
    /// a quarter of what floats are is copied to the device.
    /// </summary>
    /// <param name="input">n * InputLength bytes.</param>
    /// <returns>n * OutputLength values.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of InputLength.</exception>
    /// <exception cref="NotSupportedException">The model's input is not declared with <c>Type = ElementType.UInt8</c>.</exception>
    /// <exception cref="ObjectDisposedException">The model or its accelerator is disposed.</exception>
    /// <exception cref="GpuException">The device fails.</exception>
    public float[] Predict(ReadOnlySpan<byte> input)
    {
        CheckTakesBytes();
        return PredictHost(input);
    }

    /// <summary>Predicts n = input.Length / InputLength samples.</summary>
    /// <param name="input">n * InputLength values.</param>
    /// <param name="output">n * OutputLength values; no memory of the input's.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the spans overlap.</exception>
    /// <exception cref="ObjectDisposedException">The model or its accelerator is disposed.</exception>
    /// <exception cref="GpuException">The device fails.</exception>
    [OverloadResolutionPriority(1)]
    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        if (input.Overlaps(output))
            throw new ArgumentException("The input and the output overlap: results are written before all samples are read.", nameof(output));
        PredictHost(input, output);
    }

    /// <summary>Predicts n = input.Length / InputLength samples in half precision; the arithmetic is float32.</summary>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float}, Span{float})"/>
    public void Predict(ReadOnlySpan<Half> input, Span<float> output) => PredictHost(input, output);

    /// <summary>Predicts n = input.Length / InputLength samples in bfloat16; the arithmetic is float32.</summary>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float}, Span{float})"/>
    public void Predict(ReadOnlySpan<BFloat16> input, Span<float> output) => PredictHost(input, output);

    /// <summary>Predicts n = input.Length / InputLength samples of bytes, each of which is its own value, 0 to 255, where the model's input is declared so.</summary>
    /// <param name="input">n * InputLength bytes.</param>
    /// <param name="output">n * OutputLength values; no memory of the input's.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="NotSupportedException">The model's input is not declared with <c>Type = ElementType.UInt8</c>.</exception>
    /// <exception cref="ObjectDisposedException">The model or its accelerator is disposed.</exception>
    /// <exception cref="GpuException">The device fails.</exception>
    public void Predict(ReadOnlySpan<byte> input, Span<float> output)
    {
        CheckTakesBytes();
        PredictHost(input, output);
    }

    /// <summary>
    /// Predicts n = input.Length / InputLength samples that are on the device, and leaves the results there. The work is queued
    /// on the stream, in order with what else is queued on it, and may not be done when the method returns.
    /// </summary>
    /// <param name="input">n * InputLength values in memory of <see cref="Accelerator"/>; they start at a multiple of four values.</param>
    /// <param name="output">n * OutputLength values in memory of <see cref="Accelerator"/> that is not the input's; they start at a multiple of four values.</param>
    /// <param name="stream">A stream of <see cref="Accelerator"/>; its default stream if left out.</param>
    /// <exception cref="ArgumentException">A length does not fit, the views overlap, or one of them or the stream is not on the model's accelerator.</exception>
    /// <exception cref="ObjectDisposedException">The model, its accelerator, the stream or a view's memory is disposed.</exception>
    /// <exception cref="GpuException">The device fails.</exception>
    public void Predict(ArrayView<float> input, ArrayView<float> output, AcceleratorStream? stream = null) =>
        PredictDevice(input, output, stream);

    /// <inheritdoc cref="Predict(ArrayView{float}, ArrayView{float}, AcceleratorStream)"/>
    public void Predict(ArrayView<Half> input, ArrayView<float> output, AcceleratorStream? stream = null) =>
        PredictDevice(input, output, stream);

    /// <inheritdoc cref="Predict(ArrayView{float}, ArrayView{float}, AcceleratorStream)"/>
    public void Predict(ArrayView<BFloat16> input, ArrayView<float> output, AcceleratorStream? stream = null) =>
        PredictDevice(input, output, stream);

    /// <inheritdoc cref="Predict(ArrayView{float}, ArrayView{float}, AcceleratorStream)"/>
    /// <exception cref="NotSupportedException">The model's input is not declared with <c>Type = ElementType.UInt8</c>.</exception>
    public void Predict(ArrayView<byte> input, ArrayView<float> output, AcceleratorStream? stream = null)
    {
        CheckTakesBytes();
        PredictDevice(input, output, stream);
    }

    /// <summary>Frees the device's memory, after all calls that are running and all work that is queued. May be called twice.</summary>
    public void Dispose()
    {
        if (!_uses.Close())
            return;

        // Nothing is left to free where the caller disposed of the accelerator: ILGPU freed it then.
        if (!Accelerator.IsDisposed)
        {
            using ScopedAcceleratorBinding binding = Accelerator.BindScoped();
            _deviceCalls.Dispose();
            _hostCalls.Dispose();
            _program.Dispose();
        }

        _session?.Leave();
    }

    /// <summary>What the bytes of a model would mean whose input is floats, nobody has said.</summary>
    private void CheckTakesBytes()
    {
        if (_program.Program.InputType != ElementType.UInt8)
            throw new NotSupportedException($"{_program.Program.Model} takes floats: bytes are for models with [Input(..., Type = ElementType.UInt8)].");
    }

    private float[] PredictHost<T>(ReadOnlySpan<T> input) where T : unmanaged
    {
        float[] output = new float[input.Length / InputLength * (long)OutputLength];
        PredictHost(input, output);
        return output;
    }

    private void PredictHost<T>(ReadOnlySpan<T> input, Span<float> output) where T : unmanaged
    {
        int samples = PredictArguments.Check(_program.Program.Model, InputLength, OutputLength, input.Length, output.Length);
        Enter();
        try
        {
            if (samples > 0)
                _hostCalls.Predict(input, output, _program.Plan(Storage.Of<T>()), samples);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            throw _program.Place.Failed($"{samples} samples cannot be predicted", exception);
        }
        finally
        {
            _uses.Exit();
        }
    }

    private void PredictDevice<T>(ArrayView<T> input, ArrayView<float> output, AcceleratorStream? stream) where T : unmanaged
    {
        int samples = PredictArguments.Check(
            _program.Program.Model, InputLength, OutputLength, Length(input, nameof(input)), Length(output, nameof(output)));
        if (stream is not null && stream.Accelerator != Accelerator)
            throw new ArgumentException($"The stream is not one of the accelerator '{Accelerator.Name}', which the model is on.", nameof(stream));
        Enter();
        try
        {
            ObjectDisposedException.ThrowIf(stream is { IsDisposed: true }, stream!);
            if (samples == 0)
                return;
            DeviceView from = OnDevice(input, nameof(input));
            DeviceView to = OnDevice(output, nameof(output));
            if (from.Overlaps(to))
                throw new ArgumentException("The input and the output overlap: results are written before all samples are read.", nameof(output));
            _deviceCalls.Predict(
                from, to, _program.Plan(Storage.Of<T>()), samples, Unsafe.SizeOf<T>(), stream ?? Accelerator.DefaultStream);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            throw _program.Place.Failed($"{samples} samples cannot be predicted", exception);
        }
        finally
        {
            _uses.Exit();
        }
    }

    private void Enter()
    {
        _uses.Enter();
        if (Accelerator.IsDisposed)
        {
            _uses.Exit();
            ObjectDisposedException.ThrowIf(true, Accelerator);
        }
    }

    private static int Length<T>(ArrayView<T> view, string argument) where T : unmanaged =>
        view.Length <= int.MaxValue
            ? (int)view.Length
            : throw new ArgumentException($"A view of {view.Length} values is too long; a call takes {int.MaxValue} at most.", argument);

    private DeviceView OnDevice<T>(ArrayView<T> view, string argument) where T : unmanaged
    {
        if (view.GetAccelerator() != Accelerator)
            throw new ArgumentException($"The view's memory is not on '{Accelerator.Name}', which the model is on.", argument);
        var bytes = DeviceView.Of(view);
        ObjectDisposedException.ThrowIf(bytes.Buffer.IsDisposed, bytes.Buffer);

        // Kernels load four values at once, and a device's memory starts at a multiple of that.
        return bytes.Offset % (4 * Unsafe.SizeOf<T>()) == 0
            ? bytes
            : throw new ArgumentException(
                $"The view starts at value {bytes.Offset / Unsafe.SizeOf<T>()} of its memory, which is no multiple of 4.", argument);
    }

    private static bool IsFailure(Exception exception) =>
        exception is AcceleratorException or InternalCompilerException or NotSupportedException or OutOfMemoryException;
}
