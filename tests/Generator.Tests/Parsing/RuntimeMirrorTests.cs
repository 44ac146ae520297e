using System.Globalization;
using System.Reflection;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Parsing;

namespace Fused.Generator.Tests.Parsing;

/// <summary>What the compiler repeats of the runtime, which it cannot refer to, is what the runtime says.</summary>
public class RuntimeMirrorTests
{
    public static TheoryData<Type> LayerAttributes => [.. typeof(LayerAttribute).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)))];

    [Theory]
    [InlineData(typeof(Activation), typeof(ActivationKind))]
    [InlineData(typeof(DataLayout), typeof(InputReader.Layout))]
    [InlineData(typeof(WeightType), typeof(ElementType))]
    [InlineData(typeof(Fused.TensorRole), typeof(Generator.Graph.TensorRole))]
    public void Enumerations_agree(Type runtime, Type compiler)
    {
        Assert.All(Enum.GetNames(compiler), name => Assert.Equal(Convert(Enum.Parse(runtime, name)), Convert(Enum.Parse(compiler, name))));
        Assert.Equal(Values(runtime), Values(compiler));

        static int Convert(object value) => System.Convert.ToInt32(value, CultureInfo.InvariantCulture);

        static IEnumerable<int> Values(Type type) => Enum.GetValues(type).Cast<object>().Select(Convert).Distinct().Order();
    }

    [Theory]
    [MemberData(nameof(LayerAttributes))]
    public void Each_attribute_is_read_with_its_own_defaults(Type attribute)
    {
        string kind = attribute.Name[..^"Attribute".Length];
        ParameterInfo[] parameters = attribute.GetConstructors().Single().GetParameters();
        object?[] arguments = [.. parameters.Select(parameter => parameter.ParameterType == typeof(int) ? 7 : Activator.CreateInstance(parameter.ParameterType))];
        var instance = (LayerAttribute)Activator.CreateInstance(attribute, arguments)!;
        string source = string.Join(", ", arguments.Select(argument => argument is Activation ? "default" : argument));

        ParsedModel parsed = Compilations.Parse($"using Fused; [FusedModel, Input(2, 2, 3), {kind}({source})] partial class Head;");

        Assert.Empty(parsed.Diagnostics);
        Layer layer = Assert.Single(parsed.Spec!.Layers);
        Assert.Equal(kind, layer.Kind);
        Assert.Null(layer.DeclaredName);
        foreach (PropertyInfo property in attribute.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            object? given = property.GetValue(instance);
            switch (given)
            {
                case Activation activation:
                    Assert.Equal((int)activation, (int)Function(layer).Kind);
                    break;
                case double alpha when property.Name == "Alpha":
                    Assert.True(double.IsNaN(alpha)); // Keras's default, which depends on the function
                    Assert.Equal(ActivationFunction.DefaultAlpha(Function(layer).Kind) ?? 0, Function(layer).Alpha);
                    break;
                default:
                    Assert.Equal(given, layer.GetType().GetProperty(property.Name)!.GetValue(layer));
                    break;
            }
        }
    }

    private static ActivationFunction Function(Layer layer) => layer switch
    {
        DenseLayer dense => dense.Activation,
        ActivationLayer activation => activation.Function,
        _ => throw new ArgumentException($"{layer.Kind} has no function."),
    };
}
