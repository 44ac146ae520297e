using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;

namespace Fused.Generator.Parsing;

/// <summary>Reads convolutions.</summary>
internal static class ConvolutionReaders
{
    public static Conv2DLayer Conv2D(AttributeReader attribute)
    {
        int filters = attribute.Size("filters"), groups = attribute.Count("Groups", 1, most: Limits.MaxValues);
        if (groups > 0 && filters > 0 && filters % groups != 0)
            attribute.Report(GroupRule.Problem(groups, $"{Numbers.Count(filters)} filters"));

        return new Conv2DLayer(filters, Window(attribute), groups, Activation(attribute), UseBias(attribute));
    }

    public static DepthwiseConv2DLayer Depthwise(AttributeReader attribute) =>
        new(Window(attribute), Multiplier(attribute), Activation(attribute), UseBias(attribute));

    public static SeparableConv2DLayer Separable(AttributeReader attribute) =>
        new(attribute.Size("filters"), Window(attribute), Multiplier(attribute), Activation(attribute), UseBias(attribute));

    public static Conv2DTransposeLayer Transpose(AttributeReader attribute)
    {
        (int height, int width) = Kernel(attribute);
        (int down, int across) = Strides(attribute);
        return new Conv2DTransposeLayer(
            attribute.Size("filters"),
            new WindowAxis(height, down),
            new WindowAxis(width, across),
            WindowReader.IsSame(attribute),
            Activation(attribute),
            UseBias(attribute));
    }

    private static DeclaredWindow Window(AttributeReader attribute)
    {
        (int height, int width) = Kernel(attribute);
        (int down, int across) = Strides(attribute);
        int rate = attribute.Count("DilationRate", 1);
        (int apart, int beside) = WindowReader.Directions(attribute, "Dilation", (rate, rate));
        return WindowReader.Read(attribute, new WindowAxis(height, down, apart), new WindowAxis(width, across, beside));
    }

    private static (int Height, int Width) Kernel(AttributeReader attribute) =>
        WindowReader.Size(attribute, "kernelSize", "kernelHeight", "kernelWidth");

    private static (int Height, int Width) Strides(AttributeReader attribute)
    {
        int strides = attribute.Count("Strides", 1);
        return WindowReader.Directions(attribute, "Strides", (strides, strides));
    }

    private static int Multiplier(AttributeReader attribute) => attribute.Count("DepthMultiplier", 1, most: Limits.MaxValues);

    private static ActivationFunction Activation(AttributeReader attribute) => Functions.Activation(attribute, "Activation");

    private static bool UseBias(AttributeReader attribute) => attribute.Value("UseBias", true);
}
