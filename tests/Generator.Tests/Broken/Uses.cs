namespace Fused.Generator.Tests.Broken;

/// <summary>Code that uses a model in every way.</summary>
internal static class Uses
{
    /// <summary>A file of uses.</summary>
    /// <param name="model">The model's class.</param>
    public static string Of(string model) => $$"""
        static class Uses_{{new string([.. model.Where(char.IsLetterOrDigit)])}}
        {
            {{Plain(model)}}
            public const int Length = {{model}}.InputLength + {{model}}.OutputLength;
            public static {{model}} Make() => Generic<{{model}}>();
            private static T Generic<T>() where T : class, Fused.IFusedModel<T>
            {
                T model = T.Load("weights.npz");
                model.Predict(new float[T.InputLength]);
                return model;
            }
        }
        """;

    /// <summary>Those that extensions can serve.</summary>
    public static string WithExtensions(string model) => $"static class Uses {{ {Plain(model)} }}";

    private static string Plain(string model) => $$"""
        public static object[] Go({{model}} given, float[] input, System.Half[] halves, byte[] bytes)
            {
                {{model}} loaded = {{model}}.Load("weights.safetensors"), made = {{model}}.Create(1);
                loaded.Options = new Fused.FusedOptions();
                loaded.Save("weights.safetensors");
                float[] output = new float[{{model}}.OutputLength];
                given.Predict(input, output);
                given.Predict([1, 2, 3], output);
                given.Predict(halves, output);
                given.Predict(bytes, new Fused.Quantization(1, 0), output);
                return [given.Predict(input), given.Predict(default), given.Predict(halves), given.Predict(bytes, new Fused.Quantization(1, 0)),
                    {{model}}.Summary.Layers, {{model}}.ParameterCount, {{model}}.InputLength, made.Options];
            }
        """;
}
