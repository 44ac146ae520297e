namespace Fused.Onnx;

/// <summary>
/// A model in the ONNX format, written operator by operator; each has one output, but where said. The field numbers are those of
/// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
/// </summary>
internal sealed class OnnxGraph
{
    private const int FloatType = 1, Int8Type = 3, Int64Type = 7;
    private const int FloatAttribute = 1, IntAttribute = 2, StringAttribute = 3, IntsAttribute = 7;

    /// <summary>The last version whose ReduceMean has its axes as an attribute, and the format's version of that time.</summary>
    private const int Opset = 17, IrVersion = 8;

    private readonly List<Protobuf> _nodes = [];
    private readonly List<Protobuf> _tensors = [];
    private readonly List<Protobuf> _inputs = [];

    /// <summary>Declares the input, of float32.</summary>
    public string Input(string name, params long[] shape)
    {
        _inputs.Add(Value(name, shape));
        return name;
    }

    /// <summary>A tensor of the model: float32, int8 or int64.</summary>
    public string Tensor<T>(string name, T[] values, params long[] shape)
        where T : unmanaged
    {
        var tensor = new Protobuf();
        foreach (long dimension in shape)
            tensor.Add(1, dimension);
        int type = typeof(T) == typeof(float) ? FloatType : typeof(T) == typeof(long) ? Int64Type : Int8Type;
        _tensors.Add(tensor.Add(2, type).Add(8, name).Add(9, values));
        return name;
    }

    /// <summary>A tensor that nothing outside calls by a name.</summary>
    public string Constant<T>(T[] values, params long[] shape)
        where T : unmanaged => Tensor($"constant_{_tensors.Count}", values, shape);

    /// <summary>A single number.</summary>
    public string Constant(float value) => Constant([value], []);

    /// <summary>Adds an operator with one output, whose name it returns.</summary>
    public string Node(string type, string[] inputs, params (string Name, object Value)[] attributes) =>
        Node(type, inputs, 1, attributes)[0];

    /// <summary>Adds an operator with several outputs, whose names it returns.</summary>
    public string[] Node(string type, string[] inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        string name = $"{type}_{_nodes.Count}";
        string[] results = [.. Enumerable.Range(0, outputs).Select(i => $"{name}_{i}")];
        var node = new Protobuf();
        foreach (string input in inputs)
            node.Add(1, input);
        foreach (string result in results)
            node.Add(2, result);
        _nodes.Add(node.Add(3, name).Add(4, type).AddAll(5, attributes.Select(attribute => Attribute(attribute.Name, attribute.Value))));
        return results;
    }

    /// <summary>The whole model, with the value that it gives.</summary>
    public byte[] Build(string output, params long[] shape) => Build([(output, shape)]);

    /// <summary>The whole model, with the values that it gives.</summary>
    public byte[] Build(IEnumerable<(string Name, long[] Shape)> outputs)
    {
        Protobuf graph = new Protobuf().AddAll(1, _nodes).Add(2, "network").AddAll(5, _tensors).AddAll(11, _inputs)
            .AddAll(12, outputs.Select(output => Value(output.Name, output.Shape)));
        Protobuf opset = new Protobuf().Add(1, "").Add(2, Opset);
        return new Protobuf().Add(1, IrVersion).Add(7, graph).Add(8, opset).Bytes.ToArray();
    }

    private static Protobuf Attribute(string name, object value)
    {
        Protobuf attribute = new Protobuf().Add(1, name);
        switch (value)
        {
            case long number:
                return attribute.Add(3, number).Add(20, IntAttribute);
            case float number:
                return attribute.Add(2, number).Add(20, FloatAttribute);
            case string text:
                return attribute.Add(4, text).Add(20, StringAttribute);
            default:
                foreach (long item in (long[])value)
                    attribute.Add(8, item);
                return attribute.Add(20, IntsAttribute);
        }
    }

    /// <summary>A ValueInfoProto: the name, and the type, a tensor of float32 of some shape.</summary>
    private static Protobuf Value(string name, long[] shape)
    {
        Protobuf dimensions = new Protobuf().AddAll(1, shape.Select(dimension => new Protobuf().Add(1, dimension)));
        Protobuf tensor = new Protobuf().Add(1, FloatType).Add(2, dimensions);
        return new Protobuf().Add(1, name).Add(2, new Protobuf().Add(1, tensor));
    }
}
