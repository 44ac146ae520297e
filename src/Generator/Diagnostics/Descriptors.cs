using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Diagnostics;

/// <summary>
/// All diagnostics: FUSED0xx for declarations, FUSED1xx for shapes, FUSED2xx for advice. Each has a section in
/// docs/diagnostics.md, which is in the package, and which the help link opens where there is a place for it to lead to.
/// </summary>
internal static partial class Descriptors
{
    private const string Category = "Fused";

    /// <summary>In the order of their ids.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All => Table.All;

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, Help.Section(id), Help.Link(id));

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, Help.Section(id), Help.Link(id));

    private static DiagnosticDescriptor Information(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Info, isEnabledByDefault: true, Help.Section(id), Help.Link(id));

    /// <summary>A class of its own, since fields in several files are set in no order that the language tells.</summary>
    private static class Table
    {
        public static readonly ImmutableArray<DiagnosticDescriptor> All =
        [
            NotPartial,
            Generic,
            WrongKind,
            NotConstructible,
            MemberCollision,
            MissingModelAttribute,
            LayersSpread,
            MissingInput,
            InputNotFirst,
            NoLayers,
            SizeNotPositive,
            OutOfRange,
            UndefinedValue,
            UnusedAlpha,
            InvalidName,
            DuplicateName,
            UnknownLayer,
            TwoOrders,
            Contradiction,
            OldLanguage,
            CompilerFailed,
            NotCompiled,
            JoinOfNothing,
            UnknownConstant,
            WrittenByGenerator,
            OutputOfNothing,
            LabelCount,
            LabelsOfMap,
            InvalidLabels,
            LabelFileMissing,
            LabelFileAmbiguous,
            LabelsOfNoOutput,
            NoBlock,
            UnknownParameter,
            UnpairedValues,
            ParameterType,
            CircularBlock,
            ModelAttributeOnBlock,
            EmptyBlock,
            InBlock,
            TooManyLayers,
            NoValue,
            MapExpected,
            LastAxisIsWidth,
            SampleTooLarge,
            TooManyWeights,
            UnknownSource,
            AmbiguousSource,
            WindowTooLarge,
            UnevenGroups,
            JoinMisfit,
            ReshapeMisfit,
            ConstantCount,
            NothingLeft,
            UnreadOutput,
            UnknownOutput,
            OutputTwice,
            FlattenBeforeDense,
            SoftmaxTwice,
            SoftmaxOfOneValue,
            DropoutAfterLastDense,
            DenseWithoutActivation,
            ActivationBeforeNormalization,
            LayerWithoutEffect,
        ];
    }
}
