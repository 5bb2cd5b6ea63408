#!/usr/bin/env bash
# memory.sh [HEYAN]: how much memory it takes to measure 2 GiB of evidence, by `heyan hash` and by `heyan verify`.
# Prints the most that was resident; exit status 1 where that is 64 MiB or more. The file is sparse: it takes no disk.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
heyan=${1:-$here/build/release/bin/heyan}
limit_kib=$((64 * 1024))
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

mkdir -p "$folder/case/files"
truncate --size 2G "$folder/case/files/large.bin"
printf '%s' '{"schema":"heyan.submission.v1","evidence":[{"id":"E1","file":{"path":"files/large.bin"}}]}' > "$folder/case/case.json"

# Peak resident size as the kernel counts it (VmHWM), looked at until the process is gone.
most_resident_kib() {
  "$@" > "$folder/out" 2> "$folder/err" &
  local process=$! most=0 now
  while now=$(awk '/^VmHWM:/ {print $2}' "/proc/$process/status" 2>/dev/null) && [ -n "$now" ]; do
    most=$now
    sleep 0.05
  done
  wait "$process" || [ $? -eq 11 ] || { cat "$folder/err" >&2; exit 1; }
  echo "$most"
}

failed=0
report() {
  local kib
  kib=$(most_resident_kib "${@:2}")
  printf '%s: 2 GiB measured with at most %d.%d MiB resident\n' "$1" $((kib / 1024)) $((kib % 1024 * 10 / 1024))
  if [ "$kib" -eq 0 ] || [ "$kib" -ge $limit_kib ]; then failed=1; fi
}
report "heyan hash" "$heyan" hash "$folder/case/files/large.bin"
report "heyan verify" "$heyan" verify "$folder/case"
exit $failed
