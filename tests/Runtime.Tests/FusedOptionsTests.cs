namespace Fused.Runtime.Tests;

public class FusedOptionsTests
{
    [Fact]
    public void The_default_uses_every_processor() =>
        Assert.Equal(Environment.ProcessorCount, new FusedOptions().MaxDegreeOfParallelism);

    [Fact]
    public void Fewer_than_one_thread_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FusedOptions { MaxDegreeOfParallelism = 0 });

    [Fact]
    public void The_default_can_be_replaced_but_not_removed()
    {
        FusedOptions before = FusedOptions.Default;
        try
        {
            FusedOptions.Default = before with { MaxDegreeOfParallelism = 1 };
            Assert.Equal(1, FusedOptions.Default.MaxDegreeOfParallelism);
            Assert.Throws<ArgumentNullException>(() => FusedOptions.Default = null!);
        }
        finally
        {
            FusedOptions.Default = before;
        }
    }
}
