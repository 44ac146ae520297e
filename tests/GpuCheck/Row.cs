namespace Fused.GpuCheck;

/// <summary>What was found for a batch.</summary>
/// <param name="Features">How samples are stored.</param>
/// <param name="Weights">How matrices are stored.</param>
/// <param name="Batch">The samples.</param>
/// <param name="Schedule">Which of the program's schedules they take.</param>
/// <param name="Difference">The largest difference to the CPU, in tolerances.</param>
/// <param name="OnDevice">Seconds for samples that are on the device already.</param>
/// <param name="EndToEnd">Seconds from the host's memory back to it.</param>
/// <param name="Bytes">What has to be read and written at least.</param>
/// <param name="Bound">Seconds that the memory takes for that; null where its bandwidth is not known.</param>
/// <param name="Problem">Why there is nothing of all this; null where there is.</param>
internal sealed record Row(
    SampleType Features,
    WeightType Weights,
    int Batch,
    string Schedule,
    double Difference = 0,
    double OnDevice = 0,
    double EndToEnd = 0,
    double Bytes = 0,
    double? Bound = null,
    string? Problem = null)
{
    public bool IsRight => Problem is not null || Difference <= 1;
}
