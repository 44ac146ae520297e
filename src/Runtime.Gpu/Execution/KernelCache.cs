using System.Reflection;
using System.Runtime.CompilerServices;
using Fused.Memory;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace Fused.Execution;

/// <summary>The kernels of a device, each compiled and loaded when it is first needed. What the device refused is remembered.</summary>
internal sealed class KernelCache
{
    private static readonly ConditionalWeakTable<Accelerator, KernelCache> Caches = [];
    private readonly object _gate = new();
    private readonly Dictionary<(MethodInfo Method, int Threads), DeviceKernel> _kernels = [];
    private Exception? _failure;

    private KernelCache()
    {
    }

    /// <summary>
    /// False once a compilation failed: ILGPU's context then fails all that follow, for reasons of their own. Kernels that are
    /// loaded work on.
    /// </summary>
    public bool IsSound => Volatile.Read(ref _failure) is null;

    /// <summary>The kernels of a device.</summary>
    public static KernelCache For(Accelerator accelerator) => Caches.GetValue(accelerator, _ => new KernelCache());

    /// <summary>A kernel for blocks of so many threads, loaded or refused.</summary>
    /// <param name="method">A static method of a closed class.</param>
    /// <param name="threads">
    /// Threads of a block. The kernel states them, or a driver's compiler may give each thread more registers than a
    /// multiprocessor has for all of them.
    /// </param>
    /// <param name="place">Who asks, for the message.</param>
    /// <exception cref="GpuException">It cannot be compiled.</exception>
    public DeviceKernel Get(MethodInfo method, int threads, ModelPlace place)
    {
        lock (_gate)
        {
            if (_kernels.TryGetValue((method, threads), out DeviceKernel? kernel))
                return kernel;
            if (_failure is not null)
            {
                throw place.Failed(
                    $"the kernel {method.Name} cannot be compiled, because another failed before and spoilt the ILGPU context", _failure);
            }

            int most = place.Accelerator.MaxNumThreadsPerGroup;
            return _kernels[(method, threads)] = threads > most
                ? DeviceKernel.Refused(method.Name, new Refusal(
                    $"the kernel {method.Name} needs {threads} threads a block, and the device has {most}"))
                : Load(method, Compile(method, threads, place), threads, place);
        }
    }

    /// <summary>Puts a kernel in the place of the one that would be loaded, such as one that is refused.</summary>
    public void Put(MethodInfo method, int threads, DeviceKernel kernel)
    {
        lock (_gate)
            _kernels[(method, threads)] = kernel;
    }

    private CompiledKernel Compile(MethodInfo method, int threads, ModelPlace place)
    {
        var entry = EntryPointDescription.FromExplicitlyGroupedKernel(method);
        var specialization = new KernelSpecialization(threads, null);
        try
        {
            // OpenCL's text is corrected, so it must not be one that ILGPU keeps for others.
            return place.Accelerator is CLAccelerator opencl
                ? opencl.Backend.Compile(entry, specialization)
                : place.Accelerator.CompileKernel(entry, specialization);
        }
        catch (Exception exception) when (exception is InternalCompilerException or NotSupportedException)
        {
            Volatile.Write(ref _failure, exception);
            throw place.Failed($"the kernel {method.Name} cannot be compiled", exception);
        }
    }

    private static DeviceKernel Load(MethodInfo method, CompiledKernel compiled, int threads, ModelPlace place)
    {
        var opencl = compiled as CLCompiledKernel;
        if (opencl is not null)
            OpenClSource.Correct(opencl, threads);
        try
        {
            return DeviceKernel.Loaded(method.Name, new BoundKernel(place.Accelerator.LoadKernel(compiled), method).Launch);
        }
        catch (AcceleratorException exception)
        {
            string word = GpuException.Describe(exception);
            if (opencl is not null)
            {
                // ILGPU gives the compiler's log to Trace; it belongs into the message.
                CLKernel.LoadKernel((CLAccelerator)place.Accelerator, opencl.Name, opencl.Source, opencl.CVersion, out _, out _, out string? log);
                word = $"{word}\n{log}".TrimEnd();
            }

            string what = $"the kernel {method.Name} of {threads} threads a block cannot be loaded";
            return Refusal.IsOfLoad(exception)
                ? DeviceKernel.Refused(method.Name, new Refusal($"{what}: {word}", exception))
                : throw new GpuException($"{place}: {what}: {word}.", exception);
        }
    }
}
