#!/usr/bin/env bash
# Runs tests on the .NET of Arm64, in an emulator: the assemblies that are built, as they are.
#   tests/arm64.sh                         Fused.Runtime.Tests, and the networks that Fused.Kernel.Tests compares on Arm64
#   tests/arm64.sh prepare                 only makes what the following ones need
#   tests/arm64.sh test TESTS.dll          all tests of an assembly, in one process
#   tests/arm64.sh run PROGRAM.dll ARG...  a program
# Needs, on Debian: qemu-user libc6-arm64-cross libstdc++6-arm64-cross. An Arm64 machine needs nothing of this: dotnet test runs there.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
host=$root/artifacts/arm64/Fused.Arm64
export QEMU_LD_PREFIX=${QEMU_LD_PREFIX:-/usr/aarch64-linux-gnu}
# One mapping of the code that the compiler makes instead of two, which is what the emulator has to follow.
export DOTNET_EnableWriteXorExecute=0

prepare() {
    command -v qemu-aarch64 >/dev/null || { echo 'There is no qemu-aarch64.'; exit 1; }
    for library in ld-linux-aarch64.so.1 libstdc++.so.6; do
        [ -e "$QEMU_LD_PREFIX/lib/$library" ] || { echo "There is no $library of Arm64 in $QEMU_LD_PREFIX/lib."; exit 1; }
    done
    dotnet publish "$root/tests/Arm64" -c Release -r linux-arm64 --self-contained -o "$(dirname "$host")" --nologo -v quiet -clp:NoSummary ||
        { echo 'The .NET of Arm64 cannot be published.'; exit 1; }
}

case "${1:-}" in
    prepare) prepare ;;
    run | test) exec qemu-aarch64 "$host" "$@" ;;
    '')
        prepare
        dotnet build -c Release --nologo -v quiet "$root/tests/Runtime.Tests"
        "$0" test "$root/tests/Runtime.Tests/bin/Release/net10.0/Fused.Runtime.Tests.dll"
        FUSED_ARM64=$root/tests/arm64.sh dotnet test -c Release --nologo "$root/tests/Kernel.Tests" --filter FullyQualifiedName~Arm64
        ;;
    *) sed -n '2,7s/^# //p' "$0"; exit 2 ;;
esac
