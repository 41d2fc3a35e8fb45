#!/usr/bin/env bash
# Write requirements.lock anew: the version of every package that the direct ones bring along.
# Versions already there stay, unless the direct ones rule them out; `lock.sh --upgrade` renews all.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
.venv/bin/python -m pip install -q --target "$work/uv" uv==0.13.9
# Only the build of torch with GPU libraries asks for these (setup/install.sh takes the other one).
printf '%s\n' cuda-bindings cuda-toolkit nvidia-cudnn-cu13 nvidia-cusparselt-cu13 nvidia-nccl-cu13 \
  nvidia-nvshmem-cu13 triton >"$work/gpu.txt"
"$work/uv/bin/uv" pip compile --quiet --universal --python-version 3.11 --no-annotate --no-header \
  --no-emit-index-url --excludes "$work/gpu.txt" --output-file requirements.lock "$@" \
  requirements.txt requirements-dev.txt
