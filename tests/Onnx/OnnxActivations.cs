using Fused.Generator.Graph;

namespace Fused.Onnx;

/// <summary>Activation functions as operators; those that the opset has not are composed of others, as exporters do.</summary>
internal static class OnnxActivations
{
    public static string Write(OnnxGraph graph, ActivationFunction function, string value) => function.Kind switch
    {
        ActivationKind.Linear => value,
        ActivationKind.Relu or ActivationKind.Selu or ActivationKind.Sigmoid or ActivationKind.Tanh or ActivationKind.Softplus
            or ActivationKind.Softsign or ActivationKind.HardSwish => graph.Node(function.Kind.ToString(), [value]),
        ActivationKind.Relu6 => graph.Node("Clip", [value, graph.Constant(0), graph.Constant(6)]),
        ActivationKind.LeakyRelu or ActivationKind.Elu => graph.Node(function.Kind.ToString(), [value], ("alpha", (float)function.Alpha)),
        ActivationKind.HardSigmoid => graph.Node("HardSigmoid", [value], ("alpha", 1f / 6), ("beta", 0.5f)),
        ActivationKind.Swish => graph.Node("Mul", [value, graph.Node("Sigmoid", [value])]),
        ActivationKind.Gelu => Gate(graph, value, graph.Node("Erf", [Times(graph, value, MathF.Sqrt(0.5f))])),
        ActivationKind.GeluTanh => Gate(graph, value, graph.Node("Tanh", [Times(graph, Cubed(graph, value), MathF.Sqrt(2 / MathF.PI))])),
        ActivationKind.Softmax or ActivationKind.LogSoftmax => graph.Node(function.Kind.ToString(), [value], ("axis", 1L)),
        _ => throw new NotSupportedException($"{function.Kind} is written as no operators."),
    };

    /// <summary>x (1 + f) / 2.</summary>
    private static string Gate(OnnxGraph graph, string value, string function) =>
        Times(graph, graph.Node("Mul", [value, graph.Node("Add", [function, graph.Constant(1)])]), 0.5f);

    /// <summary>x + 0.044715 x^3.</summary>
    private static string Cubed(OnnxGraph graph, string value)
    {
        string cube = graph.Node("Mul", [value, graph.Node("Mul", [value, value])]);
        return graph.Node("Add", [value, Times(graph, cube, 0.044715f)]);
    }

    private static string Times(OnnxGraph graph, string value, float factor) => graph.Node("Mul", [value, graph.Constant(factor)]);
}
