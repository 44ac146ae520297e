using System.Collections.Immutable;

namespace Fused;

/// <summary>
/// Whose orders a file may have. Frameworks differ in two things, a matrix's order and a convolution's, so that each kernel of a file
/// tells something of all others. Sources: Burn's <c>LinearConfig</c> and <c>Conv2dConfig</c>, Paddle's <c>Linear</c> and <c>Conv2D</c>;
/// for the others see <see cref="KernelLayout"/>.
/// </summary>
[Flags]
internal enum Conventions
{
    None = 0,

    /// <summary>(in, out) and (kh, kw, in, out): Keras, TensorFlow, Flax.</summary>
    Keras = 1,

    /// <summary>(out, in) and (out, in, kh, kw): PyTorch, ONNX, tinygrad, candle.</summary>
    PyTorch = 2,

    /// <summary>(in, out) and (out, in, kh, kw): Paddle, Burn.</summary>
    Paddle = 4,

    /// <summary>(out, in) and (out, kh, kw, in).</summary>
    Mlx = 8,

    Any = Keras | PyTorch | Paddle | Mlx,
}

/// <summary>Between conventions and the orders that they mean for a kernel.</summary>
internal static class ConventionOrders
{
    /// <summary>The conventions by which a stored kernel may have one of these orders.</summary>
    /// <param name="fit">The orders.</param>
    /// <param name="stored">Its shape in the file: more than two axes are a convolution's there, whatever it is for the model.</param>
    public static Conventions Of(KernelFit fit, ImmutableArray<int> stored)
    {
        Conventions all = Conventions.None;
        for (int convention = 1; convention < (int)Conventions.Any; convention *= 2)
        {
            if ((fit & Order((Conventions)convention, stored)) != 0)
                all |= (Conventions)convention;
        }

        return all;
    }

    /// <summary>The orders that a stored kernel has by any of these conventions.</summary>
    public static KernelFit Orders(Conventions conventions, ImmutableArray<int> stored)
    {
        KernelFit all = KernelFit.None;
        for (int convention = 1; convention < (int)Conventions.Any; convention *= 2)
        {
            if (((int)conventions & convention) != 0)
                all |= Order((Conventions)convention, stored);
        }

        return all;
    }

    private static KernelFit Order(Conventions convention, ImmutableArray<int> stored) => convention switch
    {
        Conventions.Keras => KernelFit.InputsFirst,
        Conventions.PyTorch => KernelFit.OutputsFirst,
        Conventions.Paddle => stored.Length > 2 ? KernelFit.OutputsFirst : KernelFit.InputsFirst,
        _ => stored.Length > 2 ? KernelFit.OutputsFirstChannelsLast : KernelFit.OutputsFirst,
    };
}
