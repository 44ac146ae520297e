using System.Globalization;
using System.Reflection;
using Fused.Generator.Graph;
using Fused.Generator.Parsing;

namespace Fused.Generator.Tests.Parsing;

/// <summary>What the compiler repeats of the runtime, which it cannot refer to, is what the runtime says.</summary>
public class RuntimeMirrorTests
{
    /// <summary>Each layer's attribute, with the number of each of its constructors.</summary>
    public static TheoryData<Type, int> LayerConstructors
    {
        get
        {
            var data = new TheoryData<Type, int>();
            foreach (Type attribute in typeof(LayerAttribute).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract && type != typeof(BlockAttribute)))
            {
                for (int i = 0; i < attribute.GetConstructors().Length; i++)
                    data.Add(attribute, i);
            }

            return data;
        }
    }

    [Theory]
    [InlineData(typeof(Activation), typeof(ActivationKind))]
    [InlineData(typeof(DataLayout), typeof(InputReader.Layout))]
    [InlineData(typeof(ElementType), typeof(InputType))]
    [InlineData(typeof(Interpolation), typeof(InterpolationKind))]
    [InlineData(typeof(Fused.Padding), typeof(WindowReader.PaddingKind))]
    [InlineData(typeof(PReLUAxes), typeof(SharedAxes))]
    [InlineData(typeof(WeightType), typeof(Generator.IR.ElementType))]
    [InlineData(typeof(Fused.TensorRole), typeof(Generator.Graph.TensorRole))]
    public void Enumerations_agree(Type runtime, Type compiler)
    {
        Assert.All(Enum.GetNames(compiler), name => Assert.Equal(Convert(Enum.Parse(runtime, name)), Convert(Enum.Parse(compiler, name))));
        Assert.Equal(Values(runtime), Values(compiler));

        static int Convert(object value) => System.Convert.ToInt32(value, CultureInfo.InvariantCulture);

        static IEnumerable<int> Values(Type type) => Enum.GetValues(type).Cast<object>().Select(Convert).Distinct().Order();
    }

    [Theory]
    [MemberData(nameof(LayerConstructors))]
    public void Each_attribute_is_read_with_its_own_defaults(Type attribute, int constructor)
    {
        string kind = attribute.Name[..^"Attribute".Length];
        ConstructorInfo chosen = attribute.GetConstructors()[constructor];
        (object Value, string Source)[] arguments = [.. chosen.GetParameters().Select(Argument)];
        object instance = chosen.Invoke([.. arguments.Select(argument => argument.Value)]);
        string source = string.Join(", ", arguments.Select(argument => argument.Source));

        ParsedModel parsed = Compilations.Parse($"using Fused; [FusedModel, Input(2, 2, 3), {kind}({source})] partial class Head;");

        Assert.Empty(parsed.Diagnostics);
        Layer layer = Assert.Single(parsed.Spec!.Layers);
        Assert.Equal(kind, layer.Kind);
        Assert.Null(layer.DeclaredName);
        if (layer is not JoinLayer)
            Assert.Empty(layer.From);

        foreach (PropertyInfo property in attribute.GetProperties().Where(property => property.DeclaringType!.IsSubclassOf(typeof(LayerAttribute))))
            Check(layer, property.Name, property.GetValue(instance));
    }

    /// <summary>A value for a parameter, and how it is written; integers are the numbers of their places, so that none is taken for another.</summary>
    private static (object Value, string Source) Argument(ParameterInfo parameter)
    {
        int place = parameter.Position + 1;
        return parameter.ParameterType switch
        {
            Type type when type == typeof(int) => (place, $"{place}"),
            Type type when type == typeof(int[]) => (new[] { 4, 5, 6 }, "4, 5, 6"),
            Type type when type == typeof(double) => (0.25 * place, $"{0.25 * place}"),
            Type type when type == typeof(double[]) => (new[] { 0.5 * place, 1.5 }, $"new double[] {{ {0.5 * place}, 1.5 }}"),
            Type type when type == typeof(string) => ("a", "\"a\""),
            Type type when type == typeof(string[]) => (new[] { "a", "b" }, "\"a\", \"b\""),
            Type type when type.IsEnum => (Activator.CreateInstance(type)!, "default"),
            Type type => throw new ArgumentException($"No argument of type {type} is known."),
        };
    }

    /// <summary>That a layer has the value of a property, where the compiler keeps it under another name too.</summary>
    private static void Check(Layer layer, string property, object? given)
    {
        switch (property, given)
        {
            case (_, Activation activation):
                Assert.Equal((int)activation, (int)Function(layer).Kind);
                break;
            case ("Alpha", double alpha):
                Assert.True(double.IsNaN(alpha)); // Keras's default, which depends on the function
                Assert.Equal(ActivationFunction.DefaultAlpha(Function(layer).Kind) ?? 0, Function(layer).Alpha);
                break;
            case ("KernelHeight" or "PoolHeight", _):
                Assert.Equal(given, Axes(layer).Rows.Taps);
                break;
            case ("KernelWidth" or "PoolWidth", _):
                Assert.Equal(given, Axes(layer).Columns.Taps);
                break;
            case ("Strides", int strides):
                Assert.Equal(strides == 0 ? Axes(layer).Rows.Taps : strides, Axes(layer).Rows.Stride);
                Assert.Equal(strides == 0 ? Axes(layer).Columns.Taps : strides, Axes(layer).Columns.Stride);
                break;
            case ("DilationRate", _):
                Assert.Equal(given, Axes(layer).Rows.Dilation);
                Assert.Equal(given, Axes(layer).Columns.Dilation);
                break;
            case ("StridesHeight" or "StridesWidth" or "DilationHeight" or "DilationWidth", _):
                Assert.Equal(0, given); // as for both
                break;
            case ("Padding", Fused.Padding padding):
                Assert.Equal(padding == Fused.Padding.Same, layer is Conv2DTransposeLayer { IsSame: true } || Window(layer) is { IsSame: true });
                break;
            case ("PaddingTop" or "PaddingLeft" or "PaddingBottom" or "PaddingRight", _):
                Assert.Equal(given, typeof(Margins).GetProperty(property["Padding".Length..])!.GetValue(Window(layer)!.Padding));
                break;
            case ("Top" or "Left" or "Bottom" or "Right", _):
                Margins edges = layer is ZeroPadding2DLayer { Padding: var added } ? added : Assert.IsType<Cropping2DLayer>(layer).Cropping;
                Assert.Equal(given, typeof(Margins).GetProperty(property)!.GetValue(edges));
                break;
            case ("OutputHeight" or "OutputWidth", 1) when layer is AdaptiveConcatPooling2DLayer:
                break; // the vector
            case ("Offset", _):
                Assert.Equal(given, Assert.Single(Assert.IsType<RescalingLayer>(layer).Offsets));
                break;
            case ("Offsets", _):
                Assert.Null(given);
                break;
            case ("Sources", _):
                Assert.Equal((IEnumerable<string>)given!, layer.From);
                break;
            case (_, IEnumerable<double> numbers):
                Assert.Equal(numbers, (IEnumerable<double>)Value(layer, property)!);
                break;
            case (_, IEnumerable<int> integers):
                Assert.Equal(integers, (IEnumerable<int>)Value(layer, property)!);
                break;
            case (_, Enum member):
                Assert.Equal(member.ToString(), Value(layer, property)!.ToString());
                break;
            default:
                Assert.Equal(given, Value(layer, property));
                break;
        }
    }

    private static object? Value(Layer layer, string property) => layer.GetType().GetProperty(property)!.GetValue(layer);

    private static DeclaredWindow? Window(Layer layer) => (layer as ConvolutionLayer)?.Window ?? (layer as PoolingLayer)?.Window;

    private static (WindowAxis Rows, WindowAxis Columns) Axes(Layer layer) =>
        layer is Conv2DTransposeLayer transpose ? (transpose.Rows, transpose.Columns) : (Window(layer)!.Rows, Window(layer)!.Columns);

    private static ActivationFunction Function(Layer layer) => layer switch
    {
        DenseLayer dense => dense.Activation,
        ConvolutionLayer convolution => convolution.Activation,
        Conv2DTransposeLayer transpose => transpose.Activation,
        ActivationLayer activation => activation.Function,
        _ => throw new ArgumentException($"{layer.Kind} has no function."),
    };
}
