namespace Fused;

/// <summary>The orders in which a stored shape can be a kernel of the model.</summary>
[Flags]
internal enum KernelFit
{
    /// <summary>It has other values.</summary>
    None = 0,

    /// <summary>It may have the model's own order.</summary>
    InputsFirst = 1,

    /// <summary>It may have PyTorch's.</summary>
    OutputsFirst = 2,

    /// <summary>It may have MLX's.</summary>
    OutputsFirstChannelsLast = 4,

    /// <summary>It tells nothing; or it is no kernel, and fits.</summary>
    Any = InputsFirst | OutputsFirst | OutputsFirstChannelsLast,
}

/// <summary>What is asked of them.</summary>
internal static class KernelFits
{
    public static KernelFit Of(KernelOrder order) => (KernelFit)(1 << ((int)order - 1));

    /// <summary>Whether one of the orders has the same values in the same places as another.</summary>
    public static bool HasAlike(TensorSpec spec, KernelFit fit, KernelOrder other)
    {
        for (KernelOrder order = KernelOrder.InputsFirst; order <= KernelOrder.OutputsFirstChannelsLast; order++)
        {
            if ((fit & Of(order)) != 0 && KernelLayout.AreAlike(spec, order, other))
                return true;
        }

        return false;
    }

    /// <summary>The order, if the values belong to the same places in all that are possible; else unspecified.</summary>
    public static KernelOrder Only(TensorSpec spec, KernelFit fit)
    {
        KernelOrder only = KernelOrder.Unspecified;
        for (KernelOrder order = KernelOrder.InputsFirst; order <= KernelOrder.OutputsFirstChannelsLast; order++)
        {
            if ((fit & Of(order)) == 0)
                continue;
            if (only == KernelOrder.Unspecified)
                only = order;
            else if (!KernelLayout.AreAlike(spec, only, order))
                return KernelOrder.Unspecified;
        }

        return only;
    }

    /// <summary><c>(in, out) or (out, in)</c>: each order that is another.</summary>
    public static string Text(TensorSpec spec, KernelFit fit)
    {
        var texts = new List<string>();
        for (KernelOrder order = KernelOrder.InputsFirst; order <= KernelOrder.OutputsFirstChannelsLast; order++)
        {
            if ((fit & Of(order)) != 0 && KernelLayout.Text(spec, order) is string text && !texts.Contains(text))
                texts.Add(text);
        }

        return string.Join(" or ", texts);
    }
}
