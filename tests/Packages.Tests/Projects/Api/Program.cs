using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop;

// ASP.NET's generator writes the code that reads requests and writes results, for which it wants the types of these lambdas.
// None is written down here, and this file does not import Fused. (An array that is not said to be the body is read from the query.)
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, AppJson.Default));
builder.Services.AddSingleton(Head.Load(args[^1]));
builder.Services.AddSingleton(_ => Probabilities.Create(1));
WebApplication app = builder.Build();

app.MapPost("/injected", (Head head, [FromBody] float[] x) => head.Predict(x));
app.MapPost("/service", ([FromServices] Head head, [FromBody] float[] x) => head.Predict(x));
app.MapPost("/block", (Head head, [FromBody] float[] x) =>
{
    var output = new float[Head.OutputLength];
    head.Predict(x, output);
    return output;
});
app.MapPost("/async", async (Head head, [FromBody] float[] x) =>
{
    await Task.Yield();
    return head.Predict(x);
});
app.MapPost("/half", (Head head, [FromBody] float[] x) => head.Predict([.. x.Select(value => (Half)value)]));
app.MapPost("/results", (Head head, [FromBody] float[] x) => Results.Ok(head.Predict(x)));
app.MapPost("/typed", (Head head, [FromBody] float[] x) => TypedResults.Ok(head.Predict(x)));
app.MapPost("/answer", (Head head, [FromBody] float[] x) => new Answer(head.Predict(x), Head.ParameterCount));
app.MapPost("/two", (Head head, Probabilities probabilities, [FromBody] float[] x) => probabilities.Predict(head.Predict(x)));
app.MapPost("/method", Handlers.Predict);
app.MapPost("/best", (Head head, [FromBody] float[] x) => head.Predict(x).Max());
app.MapPost("/top", (Head head, [FromBody] float[] x) => head.Top(x, 1)[0].Label);
app.MapGet("/length", () => Head.InputLength);
app.MapGet("/summary", () => Head.Summary.ToString());
app.MapGroup("/group").MapPost("/", (Head head, [FromBody] float[] x) => head.Predict(x));
app.Run();

internal static class Handlers
{
    public static Ok<float[]> Predict(Head head, [FromBody] float[] x) => TypedResults.Ok(head.Predict(x));
}

internal sealed record Answer(float[] Values, long Weights);

[JsonSerializable(typeof(float[]))]
[JsonSerializable(typeof(float))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(Answer))]
internal sealed partial class AppJson : JsonSerializerContext;
