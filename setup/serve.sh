#!/usr/bin/env bash
# Open the page: `serve.sh PORT ADDRESS`. Says first where it will be, or why it cannot open.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly port=$1 address=$2

taken='
import socket, sys
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((sys.argv[1], int(sys.argv[2])))
    except (OSError, OverflowError, ValueError) as error:
        sys.exit(str(error))
'
if ! reason=$(.venv/bin/python -c "$taken" "$address" "$port" 2>&1); then
  printf '\n  Không mở được cổng %s tại %s: %s\n  Thử cổng khác: make run PORT=8502\n\n' \
    "$port" "$address" "$reason" >&2
  exit 1
fi
shown=$address
options=()
if [ "$address" = 0.0.0.0 ]; then
  shown=$HOSTNAME
else
  # Without it Streamlit would ask an outside service for this machine's address.
  options+=(--browser.serverAddress "$address")
fi
printf '\n  Hỏi Báo Cáo: http://%s:%s   (dừng: Ctrl+C)\n\n' "$shown" "$port" >&2
exec .venv/bin/python -m streamlit run app.py \
  --server.port "$port" --server.address "$address" ${options[@]+"${options[@]}"}
