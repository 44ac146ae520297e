using System.Reflection;
using System.Runtime.CompilerServices;
using Fused.Memory;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace Fused.Execution;

/// <summary>The kernels that are loaded on a device, each compiled when it is first needed.</summary>
internal sealed class KernelCache
{
    private static readonly ConditionalWeakTable<Accelerator, KernelCache> Caches = [];
    private readonly object _gate = new();
    private readonly Dictionary<MethodInfo, BoundKernel> _kernels = [];
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

    /// <summary>A kernel, loaded.</summary>
    /// <param name="method">A static method of a closed class.</param>
    /// <param name="place">Who asks, for the message.</param>
    /// <exception cref="GpuException">It cannot be compiled.</exception>
    public BoundKernel Get(MethodInfo method, ModelPlace place)
    {
        lock (_gate)
        {
            if (_kernels.TryGetValue(method, out BoundKernel? kernel))
                return kernel;
            if (_failure is not null)
            {
                throw place.Failed(
                    $"the kernel {method.Name} cannot be compiled, because another failed before and spoilt the ILGPU context", _failure);
            }

            return _kernels[method] = Load(method, place);
        }
    }

    private BoundKernel Load(MethodInfo method, ModelPlace place)
    {
        try
        {
            Kernel kernel = place.Accelerator is CLAccelerator opencl ? LoadOpenCl(opencl, method) : place.Accelerator.LoadKernel(method);
            return new BoundKernel(kernel, method);
        }
        catch (Exception exception) when (exception is InternalCompilerException or AcceleratorException or NotSupportedException)
        {
            Volatile.Write(ref _failure, exception);
            throw place.Failed($"the kernel {method.Name} cannot be compiled", exception);
        }
    }

    private static Kernel LoadOpenCl(CLAccelerator accelerator, MethodInfo method)
    {
        var compiled = (CLCompiledKernel)accelerator.Backend.Compile(
            EntryPointDescription.FromExplicitlyGroupedKernel(method), KernelSpecialization.Empty);
        OpenClSource.Correct(compiled);
        try
        {
            return accelerator.LoadKernel(compiled);
        }
        catch (CLException exception)
        {
            // ILGPU gives the compiler's log to Trace; it belongs into the message.
            CLKernel.LoadKernel(accelerator, compiled.Name, compiled.Source, compiled.CVersion, out _, out _, out string? log);
            throw new NotSupportedException($"{exception.Error}\n{log}".TrimEnd());
        }
    }
}
