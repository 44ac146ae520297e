using Fused.Generator.Graph;

namespace Fused.Onnx;

/// <summary>Convolutions of all kinds. ONNX has the weights of a filter together: (filters, channels of its group, rows, columns).</summary>
internal static class OnnxConvolutions
{
    public static string Write(OnnxNetwork network, Node node, string value) => node.Layer switch
    {
        Conv2DLayer layer => Activated(network, layer, Convolution(
            network, node, value, layer.Window.On(node.Input), layer.Groups, network.Transposed(node, TensorRole.Kernel, 3, 2, 0, 1))),
        DepthwiseConv2DLayer layer => Activated(network, layer, Convolution(
            network, node, value, layer.Window.On(node.Input), node.Input.Channels, Depthwise(network, node))),
        SeparableConv2DLayer layer => Activated(network, layer, Separable(network, node, layer, value)),
        Conv2DTransposeLayer layer => OnnxActivations.Write(network.Graph, layer.Activation, Transposed(network, node, layer, value)),
        _ => throw new NotSupportedException($"{node.Layer.Kind} is written as no operators."),
    };

    private static string Activated(OnnxNetwork network, ConvolutionLayer layer, string value) =>
        OnnxActivations.Write(network.Graph, layer.Activation, value);

    private static string Convolution(OnnxNetwork network, Node node, string value, Window window, int groups, string kernel, bool endsLayer = true) =>
        network.Graph.Node(
            "Conv",
            endsLayer && OnnxNetwork.Has(node, TensorRole.Bias) ? [value, kernel, network.Vector(node, TensorRole.Bias)] : [value, kernel],
            ("kernel_shape", (long[])[window.Rows.Taps, window.Columns.Taps]),
            ("strides", (long[])[window.Rows.Stride, window.Columns.Stride]),
            ("dilations", (long[])[window.Rows.Dilation, window.Columns.Dilation]),
            ("pads", Pads(window.Padding)),
            ("group", (long)groups));

    /// <summary>Padding as ONNX has it: all beginnings, then all ends.</summary>
    public static long[] Pads(Margins padding) => [padding.Top, padding.Left, padding.Bottom, padding.Right];

    /// <summary>A channel is a group, and its outputs are the group's filters: (rows, columns, channels, multiplier) is (channels * multiplier, 1, rows, columns).</summary>
    private static string Depthwise(OnnxNetwork network, Node node)
    {
        long[] shape = [.. node.Parameters.Single(tensor => tensor.Role == TensorRole.DepthwiseKernel).Shape.Select(size => (long)size)];
        float[] values = Transpose.Of(network.Values(node, TensorRole.DepthwiseKernel), shape, [2, 3, 0, 1]);
        return network.Graph.Constant(values, shape[2] * shape[3], 1, shape[0], shape[1]);
    }

    private static string Separable(OnnxNetwork network, Node node, SeparableConv2DLayer layer, string value)
    {
        string between = Convolution(
            network, node, value, layer.Window.On(node.Input), node.Input.Channels, Depthwise(network, node), endsLayer: false);
        return Convolution(network, node, between, Window.Pointwise, 1, network.Transposed(node, TensorRole.PointwiseKernel, 3, 2, 0, 1));
    }

    /// <summary>ONNX drops rows and columns at the edges, or has more of them at the end, where Keras's size is another one than what the windows write.</summary>
    private static string Transposed(OnnxNetwork network, Node node, Conv2DTransposeLayer layer, string value)
    {
        string kernel = network.Transposed(node, TensorRole.Kernel, 3, 2, 0, 1);
        (int top, int left) = layer.Dropped;
        int bottom = Written(layer.Rows, node.Input.Height) - top - node.Output.Height, right = Written(layer.Columns, node.Input.Width) - left - node.Output.Width;
        return network.Graph.Node(
            "ConvTranspose",
            layer.UseBias ? [value, kernel, network.Vector(node, TensorRole.Bias)] : [value, kernel],
            ("kernel_shape", (long[])[layer.Rows.Taps, layer.Columns.Taps]),
            ("strides", (long[])[layer.Rows.Stride, layer.Columns.Stride]),
            ("pads", (long[])[top, left, Math.Max(0, bottom), Math.Max(0, right)]),
            ("output_padding", (long[])[Math.Max(0, -bottom), Math.Max(0, -right)]));
    }

    private static int Written(WindowAxis axis, int size) => ((size - 1) * axis.Stride) + axis.Taps;
}
