using System.Linq.Expressions;
using System.Reflection;
using Fused.Memory;
using ILGPU;
using ILGPU.Runtime;

namespace Fused.Execution;

/// <summary>
/// A kernel that is loaded on a device. ILGPU's launchers take each view as a parameter of its own type; a method compiled
/// once for the kernel passes them from an array, so that a launch needs no reflection and allocates nothing.
/// </summary>
internal sealed class BoundKernel
{
    private static readonly MethodInfo AsMethod = typeof(DeviceView).GetMethod(nameof(DeviceView.As))!;
    private readonly object _gate = new();
    private readonly DeviceKernel.Pass _pass;

    /// <summary>Binds a kernel.</summary>
    /// <param name="kernel">The loaded kernel of <paramref name="method"/>.</param>
    /// <param name="method">A method whose parameters are views, then the number of samples.</param>
    public BoundKernel(Kernel kernel, MethodInfo method)
    {
        Type[] parameters = [typeof(AcceleratorStream), typeof(KernelConfig), .. method.GetParameters().Select(p => p.ParameterType)];
        Type delegateType = Expression.GetDelegateType([.. parameters, typeof(void)]);
        object launcher = typeof(Kernel).GetMethod(nameof(Kernel.CreateLauncherDelegate))!
            .MakeGenericMethod(delegateType)
            .Invoke(kernel, null)!;
        _pass = Compile(Expression.Constant(launcher, delegateType), Elements(method));
    }

    /// <summary>The element types of a kernel's views.</summary>
    /// <exception cref="InvalidOperationException">The method has not the form of a kernel.</exception>
    public static IEnumerable<Type> Elements(MethodInfo method)
    {
        ParameterInfo[] parameters = method.GetParameters();
        if (parameters.Length == 0 || parameters[^1].ParameterType != typeof(int))
            throw new InvalidOperationException($"The last parameter of the kernel {method.Name} is not the number of samples.");
        return parameters[..^1].Select(parameter =>
            parameter.ParameterType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ArrayView<>)
                ? type.GetGenericArguments()[0]
                : throw new InvalidOperationException($"The kernel {method.Name} takes {parameter.Name}, which is no ArrayView."));
    }

    /// <summary>Queues a launch on a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="config">The grid.</param>
    /// <param name="buffers">All buffers of the program.</param>
    /// <param name="map">For each view of the kernel its place among the buffers.</param>
    /// <param name="samples">The number of samples.</param>
    public void Launch(AcceleratorStream stream, KernelConfig config, DeviceView[] buffers, int[] map, int samples)
    {
        // In OpenCL the arguments are set on the kernel, one by one, before it is queued.
        lock (_gate)
            _pass(stream, config, buffers, map, samples);
    }

    private static DeviceKernel.Pass Compile(Expression launcher, IEnumerable<Type> elements)
    {
        ParameterExpression stream = Expression.Parameter(typeof(AcceleratorStream), "stream");
        ParameterExpression config = Expression.Parameter(typeof(KernelConfig), "config");
        ParameterExpression buffers = Expression.Parameter(typeof(DeviceView[]), "buffers");
        ParameterExpression map = Expression.Parameter(typeof(int[]), "map");
        ParameterExpression samples = Expression.Parameter(typeof(int), "samples");
        IEnumerable<Expression> views = elements.Select((element, i) => Expression.Call(
            Expression.ArrayIndex(buffers, Expression.ArrayIndex(map, Expression.Constant(i))),
            AsMethod.MakeGenericMethod(element)));
        InvocationExpression launch = Expression.Invoke(launcher, [stream, config, .. views, samples]);
        return Expression.Lambda<DeviceKernel.Pass>(launch, stream, config, buffers, map, samples).Compile();
    }
}
