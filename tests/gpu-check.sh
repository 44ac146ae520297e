#!/usr/bin/env bash
# Checks the GPU kernels on the GPUs of this machine, and times them; says so where there is none.
# For NVIDIA's a driver is enough, no CUDA toolkit. Options: --help.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release --nologo -v quiet tests/GpuCheck
exec dotnet run -c Release --no-build --project tests/GpuCheck -- "$@"
