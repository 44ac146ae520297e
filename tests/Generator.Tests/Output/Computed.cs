using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.Emit;

namespace Fused.Generator.Tests.Output;

/// <summary>Runs generated code, to see that it computes what other generated code does.</summary>
internal static class Computed
{
    /// <summary>Source of a class that predicts by a model.</summary>
    public static string Runner(string model) =>
        $"static class Runner {{ public static float[] Run(float[] input) => {model}.Create(1).Predict(input); public static int Length => {model}.InputLength; }}";

    /// <summary>The predictions for five samples: tiles of all sizes on machines with vectors of 256 bits, and a rest on all.</summary>
    public static float[] Predict(Generated generated) => Run(generated, runner =>
    {
        int length = (int)runner.GetProperty("Length")!.GetValue(null)!;
        return Method<Func<float[], float[]>>(runner)([.. Enumerable.Range(0, 5 * length).Select(i => MathF.Sin(i))]);
    });

    /// <summary>What the method <c>float[] Run(float[])</c> of the class <c>Runner</c> gives for an input.</summary>
    public static float[] Run(Generated generated, params float[] input) => Run(generated, runner => Method<Func<float[], float[]>>(runner)(input));

    /// <summary>What the method <c>T Run()</c> of the class <c>Runner</c> gives.</summary>
    public static T Call<T>(Generated generated) => Run(generated, runner => Method<Func<T>>(runner)());

    private static T Method<T>(Type runner)
        where T : Delegate =>
        runner.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<T>();

    private static T Run<T>(Generated generated, Func<Type, T> call)
    {
        using var image = new MemoryStream();
        EmitResult emitted = generated.Compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        image.Position = 0;

        var context = new AssemblyLoadContext(null, isCollectible: true);
        try
        {
            return call(context.LoadFromStream(image).GetTypes().Single(type => type.Name == "Runner"));
        }
        finally
        {
            context.Unload();
        }
    }
}
