using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Tests.Output;

/// <summary>The same declaration gives the same text, and the same numbers, whatever the machine and the project are set to.</summary>
public class SettingsTests
{
    private const string Model = """
        using Fused;
        [FusedModel, Input(5, 5, 24), BatchNormalization(Epsilon = 0.0123), GlobalMaxPooling2D]
        [Dense(200, Activation = Activation.Elu, Alpha = 0.25), Dense(11, Activation = Activation.LogSoftmax)]
        public partial class Head;
        """;

    /// <summary>
    /// The tests run with InvariantGlobalization, so that tr-TR and de-DE cannot be asked for: this has what they do to
    /// numbers. What they do to letters, the analyzers keep out (CA1304 and its like are errors here).
    /// </summary>
    private static readonly CultureInfo Strange = new("", useUserOverride: false)
    {
        NumberFormat = new NumberFormatInfo
        {
            NumberDecimalSeparator = ",",
            NumberGroupSeparator = ".",
            NegativeSign = "\u2212",
            PositiveSign = "plus",
            NaNSymbol = "nicht",
            NumberNegativePattern = 0,
            NumberDecimalDigits = 5,
        },
    };

    [Fact]
    public void The_text_is_the_same_in_every_run_and_culture()
    {
        string[] expected = Texts();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Strange;
            Assert.Equal("\u22121,5", (-1.5).ToString(CultureInfo.CurrentCulture));
            Assert.Equal(expected, Texts());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal(expected, Texts());
    }

    [Fact]
    public void Lines_end_with_a_line_feed_alone_and_with_nothing_before_it() => Assert.All(Texts(), text =>
    {
        Assert.DoesNotContain('\r', text);
        Assert.DoesNotContain('\t', text);
        Assert.DoesNotContain(" \n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
    });

    [Fact]
    public void Checked_arithmetic_is_not_for_kernels_and_changes_no_number()
    {
        string source = Model + Computed.Runner("Head");
        Compilation plain = Compilations.Create(source);
        Generated withChecks = Generated.From(plain.WithOptions(((Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions)plain.Options).WithOverflowChecks(true)));

        Assert.Empty(withChecks.Diagnostics());
        Assert.Equal(Computed.Predict(Generated.From(plain)), Computed.Predict(withChecks));
        Assert.All(
            withChecks.Files.Where(file => file.HintName != "Head.g.cs"),
            file => Assert.Equal(Count("MethodImpl(", file.Source), Count("unchecked", file.Source)));
    }

    private static string[] Texts() => [.. Generated.From(Model).Files.Select(file => file.Source)];

    private static int Count(string part, string text) => text.Split(part).Length - 1;
}
