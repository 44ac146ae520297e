using Microsoft.CodeAnalysis;

namespace Fused.Generator.Diagnostics;

/// <content>FUSED04x: what is wrong with a block, or with its use.</content>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor NoBlock = Error(
        "FUSED040",
        "A block that cannot be used",
        "'{0}' cannot be used as a block: {1}");

    public static readonly DiagnosticDescriptor UnknownParameter = Error(
        "FUSED041",
        "A value for a constant that the block has not",
        "'{0}' is no constant of {1}: {2}");

    public static readonly DiagnosticDescriptor UnpairedValues = Error(
        "FUSED042",
        "Values of a block that are not names and values by turns",
        "The values of {0} {1}: they are names of its constants and their values by turns, each once");

    public static readonly DiagnosticDescriptor ParameterType = Error(
        "FUSED043",
        "A value that is not of its constant's type",
        "'{0}' of {1} is of type {2}, to which {3} does not convert");

    public static readonly DiagnosticDescriptor CircularBlock = Error(
        "FUSED044",
        "A block that uses itself",
        "'{0}' uses itself: {1}");

    public static readonly DiagnosticDescriptor ModelAttributeOnBlock = Error(
        "FUSED045",
        "A model's attribute on a block",
        "[{0}] says something of a model, but '{1}' is a block: models that use it have their own");

    public static readonly DiagnosticDescriptor EmptyBlock = Error(
        "FUSED046",
        "A block without layers",
        "'{0}' declares no layers: put their attributes, in order, after [FusedBlock]");

    public static readonly DiagnosticDescriptor InBlock = Error(
        "FUSED047",
        "An error inside a block",
        "The block {0}, used as '{1}', has {2} in '{3}': {4}");

    public static readonly DiagnosticDescriptor TooManyLayers = Error(
        "FUSED048",
        "More layers than a network may have",
        "With the layers of its blocks this declaration has {0}");

    public static readonly DiagnosticDescriptor NoValue = Error(
        "FUSED049",
        "Arguments that have no value with those of a block's use",
        "The arguments of '{2}', a {0}, have no value with {1}");
}
