using Fused.Generator.Collections;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Fused.Generator.Model;

namespace Fused.Generator.Tests.Graph;

/// <summary>Networks by their layers, without source text.</summary>
internal static class Networks
{
    /// <summary>The only layer of a network, in its place.</summary>
    public static Node Only(Shape input, Layer layer) => Build(input, layer).Nodes[0];

    /// <summary>A network that has nothing wrong with it.</summary>
    public static NetworkGraph Build(Shape input, params Layer[] layers)
    {
        GraphResult result = Infer(input, layers);
        Assert.Empty(result.Problems);
        return result.Graph!;
    }

    public static GraphResult Infer(Shape input, params Layer[] layers) =>
        ShapeInference.Build(new ModelSpec("", "Head", [], "Head.g.cs", HasDocumentation: false, input, layers.ToEquatableArray()));

    /// <summary>Names and shapes of a layer's tensors: <c>conv2d.kernel (3, 3, 4, 8)</c>.</summary>
    public static IEnumerable<string> Tensors(Node node) => node.Parameters.Select(tensor => $"{tensor.Name} ({string.Join(", ", tensor.Shape)})");

    /// <summary>A window with strides, dilation and padding of its own along each direction.</summary>
    public static DeclaredWindow Window(WindowAxis rows, WindowAxis columns, bool same = false, Margins padding = default) => new(rows, columns, same, padding);

    /// <summary>A window that is alike along both directions.</summary>
    public static DeclaredWindow Square(int taps, int stride = 1, int dilation = 1, bool same = false, int padding = 0) =>
        Window(new WindowAxis(taps, stride, dilation), new WindowAxis(taps, stride, dilation), same, new Margins(padding, padding, padding, padding));
}
