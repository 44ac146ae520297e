namespace Fused.Generator.IR;

/// <summary>The names of a kernel's registers and indices, as C# sees them.</summary>
internal static class Scopes
{
    /// <summary>
    /// A name that is declared between two braces and again between braces inside: C# gives it no second meaning there, whichever comes
    /// first. Null where there is none.
    /// </summary>
    public static string? Clash(Stmt body) => Names(body).Clash;

    /// <summary>All names that are declared between some braces and those inside, or the first that clashes.</summary>
    private static (HashSet<string> All, string? Clash) Names(Stmt body)
    {
        var here = new HashSet<string>(StringComparer.Ordinal);
        var inside = new HashSet<string>(StringComparer.Ordinal);
        string? clash = null;
        foreach (Stmt step in body is Block block ? block.Steps : [body])
        {
            switch (step)
            {
                case Declare declare:
                    here.Add(declare.Local.Name);
                    break;
                case Define define:
                    here.Add(define.Variable);
                    break;
                case For loop:
                    Enter(loop.Body, loop.Variable);
                    break;
                case Threads threads:
                    Enter(threads.Body, threads.Variable);
                    break;
                case IfSample guard:
                    Enter(guard.Body);
                    break;
                case LastBlock last:
                    Enter(last.Body);
                    break;
            }
        }

        clash ??= here.FirstOrDefault(inside.Contains);
        here.UnionWith(inside);
        return (here, clash);

        void Enter(Stmt scope, params string[] variables)
        {
            var names = Names(scope);
            inside.UnionWith(names.All);
            inside.UnionWith(variables);
            clash ??= names.Clash;
        }
    }
}
