#!/usr/bin/env bash
# See that scans (Tesseract with Vietnamese) and old Word and PowerPoint files (LibreOffice) can be
# read: install Debian's programs where we may, else say what is missing and go on without.
# With REQUIRE_DOCUMENTS=1 (as .ci/run sets it) a missing program is a failure.
set -euo pipefail

readonly ocr=(tesseract-ocr tesseract-ocr-vie)
readonly office=(libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui)

have_ocr() { tesseract --list-langs 2>/dev/null | grep -qx vie; }
have_office() { command -v soffice || command -v libreoffice; } >/dev/null 2>&1

missing=()
have_ocr || missing+=("${ocr[@]}")
have_office || missing+=("${office[@]}")
[ ${#missing[@]} -gt 0 ] || exit 0
echo "Cài chương trình đọc bản scan và tệp Office cũ (${missing[*]})…" >&2
"$(dirname "$0")/apt.sh" "${missing[@]}" && exit 0
if [ "${REQUIRE_DOCUMENTS:-}" = 1 ]; then
  echo "  Thiếu ${missing[*]} mà REQUIRE_DOCUMENTS=1: dừng." >&2
  exit 1
fi
have_ocr || echo "  Chưa đọc được bản scan. Debian/Ubuntu: sudo apt-get install ${ocr[*]}" >&2
have_office || echo "  Chưa đọc được tệp .doc, .rtf, .odt, .ppt. Debian/Ubuntu: sudo apt-get install ${office[*]}" >&2
