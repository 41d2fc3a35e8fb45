#!/usr/bin/env bash
# See that the browser tests find a Chromium: install Debian's where we may, else say what is missing.
# With REQUIRE_BROWSER=1 (as .ci/run sets it) a missing browser is a failure.
set -euo pipefail

have_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null

have_browser && exit 0
echo "Cài Chromium cho kiểm thử giao diện…" >&2
"$(dirname "$0")/apt.sh" chromium && exit 0
if [ "${REQUIRE_BROWSER:-}" = 1 ]; then
  echo "  Không có Chromium mà REQUIRE_BROWSER=1: dừng." >&2
  exit 1
fi
echo "  Không có Chromium: bỏ qua kiểm thử giao diện. Debian: sudo apt-get install chromium" >&2
