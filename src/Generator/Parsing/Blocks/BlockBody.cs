using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Parsing;

/// <summary>A block, read with the values of a use.</summary>
/// <param name="Members">Its layers and the blocks that it uses.</param>
/// <param name="Problems">What is wrong with it, and which member that is about; null for the block itself.</param>
internal sealed record BlockBody(ImmutableArray<Member> Members, ImmutableArray<(int? Member, Problem Problem)> Problems)
{
    /// <summary>Whether an argument has an error that the C# compiler reports.</summary>
    public bool IsMisread { get; init; }

    /// <summary>Whether an argument needs a constant of a model that is not compiled.</summary>
    public bool IsUnknown { get; init; }

    public static BlockBody Read(BlockUse use, ModelConstants constants, Compilation compilation)
    {
        ImmutableArray<AttributeData> attributes = use.Block.GetAttributes();
        constants.IsUncertain |= attributes.Any(attribute => attribute.AttributeClass is null or { TypeKind: TypeKind.Error });
        var members = ImmutableArray.CreateBuilder<Member>();
        var problems = ImmutableArray.CreateBuilder<(int?, Problem)>();
        problems.AddRange(BlockRules.Check(use.Block).Select(found => ((int?)null, found.Problem)));

        bool isMisread = false, isUnknown = false;
        foreach (AttributeData attribute in attributes.Where(FusedAttributes.IsLayer))
        {
            use.Values.Faults.Clear();
            AttributeArguments arguments = constants.Read(attribute, use.Values);
            problems.AddRange(use.Values.Faults.Select(fault => ((int?)members.Count, fault)));
            isUnknown |= arguments.State == ArgumentState.Unknown;
            if (arguments.State == ArgumentState.Known)
            {
                Member member = MemberReader.Read(arguments, compilation, use.Values.Place, out IReadOnlyList<Problem> found);
                problems.AddRange(found.Select(problem => ((int?)members.Count, problem)));
                members.Add(member);
                continue;
            }

            if (arguments.State == ArgumentState.Misread && !use.Values.IsEmpty && AttributeArguments.Of(attribute).State == ArgumentState.Known)
                problems.Add((members.Count, new Problem(Descriptors.NoValue, [FusedAttributes.KindOf(attribute), use.Values.ToString()])));
            else
                isMisread |= arguments.State == ArgumentState.Misread;

            members.Add(new Member(attribute, DeclaredName: null, From: [], Layer: null, Use: null));
        }

        return new BlockBody(members.ToImmutable(), problems.ToImmutable()) { IsMisread = isMisread, IsUnknown = isUnknown };
    }
}
