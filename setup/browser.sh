#!/usr/bin/env bash
# See that the browser tests find a Chromium: install Debian's where we may, else say what is missing.
# With REQUIRE_BROWSER=1 (as .ci/run sets it) a missing browser is a failure.
set -euo pipefail

have_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null

have_browser && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Cài Chromium cho kiểm thử giao diện…" >&2
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  if { apt-get update && apt-get install -y --no-install-recommends chromium; } >"$log" 2>&1 </dev/null; then
    rm -f "$log"
    exit 0
  fi
  tail -n 5 "$log" | sed 's/^/  | /' >&2
fi
if [ "${REQUIRE_BROWSER:-}" = 1 ]; then
  echo "  Không có Chromium mà REQUIRE_BROWSER=1: dừng." >&2
  exit 1
fi
echo "  Không có Chromium: bỏ qua kiểm thử giao diện. Debian: sudo apt-get install chromium" >&2
