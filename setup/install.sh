#!/usr/bin/env bash
# Put the pinned packages into .venv. `install.sh run` for the assistant, `install.sh dev` for tests too.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly wanted=${1:?run or dev}
readonly venv=.venv
readonly log=$venv/install.log
# A user's own pip settings must not lead packages out of .venv.
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
unset PIP_TARGET PIP_PREFIX PYTHONHOME

say() { printf '%s\n' "$*" >&2; }
fail() { say ""; for line in "$@"; do say "  $line"; done; say ""; exit 1; }

# torch 2.13.0 and the packages locked with it have builds for these versions of Python.
fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))'

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
    if "$candidate" -c "$fits" >/dev/null 2>&1; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  fail "Cần Python 3.11 đến 3.14, máy này có: $(python3 --version 2>&1 || true)" \
    "Debian/Ubuntu: sudo apt-get install python3 python3-venv" \
    "Nếu Python nằm ở nơi khác: make PYTHON=/đường/dẫn/python3.12 $wanted"
}

make_venv() {
  if "$venv/bin/python" -c "$fits" >/dev/null 2>&1 && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    return
  fi
  local python
  python=$(find_python)
  "$python" -c 'import venv, ensurepip' >/dev/null 2>&1 ||
    fail "Python thiếu mô-đun venv." \
      "Debian/Ubuntu: sudo apt-get install python3-venv" \
      "rồi chạy lại lệnh vừa rồi."
  say "Tạo môi trường Python riêng trong $venv…"
  "$python" -m venv --clear "$venv" || fail "Không tạo được $venv (xem dòng lỗi phía trên)."
}

# Bytecode is left to the first import: made here, it would double pip's time and add 450 MB, mostly
# for code that is never imported.
by_pip() { "$venv/bin/python" -m pip install --no-compile --progress-bar off "$@"; }

# uv does in 15 seconds what takes pip a minute or two. It does not read pip's settings, so where those
# name the place that packages come from, pip goes on alone; as it does where uv cannot be had.
uv_home=$(mktemp -d)
trap 'rm -rf "$uv_home"' EXIT
fetch_uv() {
  if "$venv/bin/python" -m pip config list | grep -qE '[.](index-url|no-index)='; then return 1; fi
  PIP_RETRIES=1 by_pip --target "$uv_home" uv==0.13.9
}
by_uv() { UV_HTTP_RETRIES=1 "$uv_home/bin/uv" pip install --python "$venv/bin/python" "$@"; }

# Keep what an installer prints, and show which large files it fetches: the wait explains itself.
aloud() {
  "$@" 2>&1 | tee -a "$log" | awk '
    /^ *Downloading .*MB\)$/ { sub(/-[0-9].*/, "", $2); print "  · tải " $2, $(NF - 1), $NF; fflush() }
    /^ *Downloading .*MiB\)$/ { print "  · tải " $2, $3; fflush() }' >&2
}
quietly() { "$@" >>"$log" 2>&1; }

explain_and_stop() {
  if tail -n 40 "$log" | grep -qiE 'no space left|errno 28'; then
    fail "Ổ đĩa đầy: cần khoảng 3 GB trống cho thư viện và mô hình." "Dọn bớt rồi chạy lại."
  fi
  if tail -n 40 "$log" | grep -qiE 'connection|resolution|getaddrinfo|timed out|max retries|proxyerror'; then
    fail "Không tải được thư viện: lần cài đầu cần mạng (khoảng 650 MB), các lần sau thì không." \
      "Kiểm tra mạng; nếu cơ quan dùng proxy, đặt HTTPS_PROXY rồi chạy lại. Nhật ký: $log"
  fi
  say ""
  tail -n 12 "$log" | sed 's/^/  | /' >&2
  fail "Cài thư viện không thành công; nhật ký đầy đủ ở $log"
}

# The default Linux build of torch brings gigabytes of GPU libraries that nothing here uses. The build
# without them is not in the default index, so: what pip is set up to find on this machine, then the
# index that uv knows by name, and only then the default build.
install_torch() {
  local version
  version=$(sed -n 's/^torch==\([0-9.]*\).*/\1/p' requirements.txt)
  case "$("$venv/bin/python" -m pip show torch 2>/dev/null | sed -n 's/^Version: //p')" in
    "$version" | "$version"+*) return ;;
  esac
  if [ "$(uname -s)" != Linux ]; then
    return # elsewhere the default build has no GPU libraries
  fi
  say "  · torch $version, bản chạy trên CPU"
  PIP_RETRIES=1 quietly by_pip --no-deps "torch==$version+cpu" && return
  quietly by_uv --torch-backend cpu --no-deps "torch==$version" && return
  say "  · chưa tới được kho bản CPU của torch; bản mặc định sẽ tải thêm vài GB"
}

make_venv
: >"$log"
needed=(-r requirements.txt -c requirements.lock)
if [ "$wanted" = dev ]; then needed+=(-r requirements-dev.txt); fi
say "Cài thư viện (lần đầu tải khoảng 650 MB; về sau không cần mạng)…"
quietly fetch_uv || true
install_torch
aloud by_uv "${needed[@]}" || aloud by_pip "${needed[@]}" || explain_and_stop
touch "$venv/.run"
if [ "$wanted" = dev ]; then touch "$venv/.dev"; fi
say "Đã cài xong."
