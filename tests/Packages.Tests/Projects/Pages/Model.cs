using System.Text.Json;
using System.Text.Json.Serialization;
using Fused;

namespace Pages;

[FusedModel, Input(4), Dense(3)]
public sealed partial class Head;

public sealed record Answer(float[] Values)
{
    public int Length => Head.OutputLength;

    public static string Json(Head head, float[] x) => JsonSerializer.Serialize(new Answer(head.Predict(x)), AnswerJson.Default.Answer);
}

[JsonSerializable(typeof(Answer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
