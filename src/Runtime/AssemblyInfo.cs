// So that what a library says of itself in this way, it may say with models among its public types, too.
[assembly: CLSCompliant(true)]
