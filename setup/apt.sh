#!/usr/bin/env bash
# Install Debian packages where we may: `apt.sh PACKAGE…`. Fails where we may not, or apt does.
set -euo pipefail

[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 1
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if { apt-get update && apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
  exit 0
fi
tail -n 5 "$log" | sed 's/^/  | /' >&2
exit 1
