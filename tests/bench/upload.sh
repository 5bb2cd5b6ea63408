#!/usr/bin/env bash
# upload.sh [BIN [MEGABYTES]]: how fast one upload over TLS comes in, beside nginx taking the same bytes from the same client
# over the same cipher. Both write the body to disk; the gateway parses its multipart framing and computes SHA-256 of it on
# the way. What follows in the gateway (box, vault, fsync) is left out: case.json is refused when all has come.
# Prints each run, the ratios of medians and of best runs, the processor time of both, and what the client alone and one core's SHA-256 can do.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$(cd "${1:-$here/build/release/bin}" && pwd)
megabytes=${2:-1024}
cipher=TLS_AES_256_GCM_SHA384
runs=5
work=$(mktemp -d)
state=$work/state
port=$("$here/tests/free_port" 0 1 2 1000)
gateway="" nginx=""
finish() {
  for pid in $gateway $nginx; do kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap finish EXIT

"$bin/heyan" serve --state "$state" --port "$port" --sample "$here/gateway/sample/trust" >"$work/log" 2>&1 &
gateway=$!
tls=(--cacert "$state/front/tls/ca.cert.pem" --cert "$state/demo/court-system.cert.pem" --key "$state/demo/court-system.key.pem"
     --tlsv1.3 --tls13-ciphers "$cipher" --http1.1 --noproxy '*' --silent --show-error)
for _ in $(seq 300); do
  [ -s "$state/demo/court-system.key.pem" ] && curl "${tls[@]}" --output /dev/null "https://localhost:$((port + 1))/healthz" 2>/dev/null && break
  kill -0 "$gateway" || { cat "$work/log"; exit 1; }
  sleep 0.1
done

# nginx as its documentation says for uploads: dav PUT, the body in a file of the same file system, renamed.
mkdir -p "$work/nginx/files" "$work/nginx/body"
cat >"$work/nginx/nginx.conf" <<END
daemon off; worker_processes 1; pid $work/nginx/pid; error_log $work/nginx/error.log; user root;
events { worker_connections 64; }
http {
  access_log off; client_max_body_size 0; client_body_buffer_size 1m; client_body_temp_path $work/nginx/body;
  server {
    listen 127.0.0.1:$((port + 2)) ssl; root $work/nginx/files;
    ssl_certificate $state/front/tls/server.cert.pem; ssl_certificate_key $state/front/tls/server.key.pem;
    ssl_client_certificate $state/front/tls/ca.cert.pem; ssl_verify_client on; ssl_protocols TLSv1.3;
    location / { dav_methods PUT DELETE; }
  }
}
END
nginx -p "$work/nginx" -c "$work/nginx/nginx.conf" 2>>"$work/nginx/error.log" &
nginx=$!
for _ in $(seq 50); do [ -s "$work/nginx/pid" ] && break; sleep 0.1; done

# Bytes that look like an archive of photographs: any value, carriage returns among them.
head -c "$megabytes"M /dev/zero | openssl enc -aes-128-ctr -pass pass:bench -nosalt -pbkdf2 >"$work/file" 2>/dev/null
printf '{"schema":"heyan.submission.v1"}' >"$work/case.json"

take() {  # EXPECTED-STATUS ARGUMENT...: seconds that the upload took
  local expected=$1 status seconds
  shift
  read -r status seconds < <(curl "${tls[@]}" --output "$work/answer" --write-out '%{http_code} %{time_total}\n' "$@")
  [ "$status" = "$expected" ] || { echo "answered with $status" >&2; cat "$work/answer" >&2; exit 1; }
  echo "$seconds"
}
to_gateway() {
  take 422 --header "Idempotency-Key: $RANDOM$RANDOM" --form "case=@$work/case.json" --form "file=@$work/file" \
       "https://localhost:$((port + 1))/v1/submissions"
  for _ in $(seq 500); do [ -z "$(ls "$state/staging")" ] && break; sleep 0.02; done
}
# Each removes what it received: that costs processor time, too, and must not fall into the other's time.
to_nginx() {
  take 201 --upload-file "$work/file" "https://localhost:$((port + 2))/file"
  take 204 --request DELETE "https://localhost:$((port + 2))/file" >/dev/null
}
ticks_of() {  # PID: processor time of its children that still run, in clock ticks
  local pid all=0
  for pid in $(ps --ppid "$1" -o pid=); do
    all=$((all + $(awk '{ print $14 + $15 }' "/proc/$pid/stat")))
  done
  echo "$all"
}
median() { sort -n | sed -n "$(((runs + 1) / 2))p"; }
rate() { awk -v m="$megabytes" -v s="$1" 'BEGIN { printf "%.0f MB/s", m * 1.048576 / s }'; }

to_gateway >/dev/null
to_nginx >/dev/null
our_ticks=$(ticks_of "$gateway")
their_ticks=$(ticks_of "$nginx")
for _ in $(seq "$runs"); do
  to_gateway >>"$work/ours"
  to_nginx >>"$work/theirs"
done
our_ticks=$(($(ticks_of "$gateway") - our_ticks))
their_ticks=$(($(ticks_of "$nginx") - their_ticks))
ours=$(median <"$work/ours")
theirs=$(median <"$work/theirs")
echo "gateway  $(rate "$ours")   (s: $(tr '\n' ' ' <"$work/ours"))"
echo "nginx    $(rate "$theirs")   (s: $(tr '\n' ' ' <"$work/theirs"))"
echo "sha-256  $(openssl speed -evp sha256 -bytes 262144 -seconds 1 2>/dev/null | awk '/^sha256/ { sub(/k$/, "", $NF); printf "%.0f MB/s on one core", $NF / 1000 }')"
best() { sort -n "$1" | head -n 1; }
awk -v ours="$ours" -v theirs="$theirs" -v best="$(best "$work/ours")" -v their_best="$(best "$work/theirs")" 'BEGIN {
  printf "ratio    %.2f of nginx by the medians, %.2f by the best runs; '$cipher'\n", theirs / ours, their_best / best }'
awk -v ours="$our_ticks" -v theirs="$their_ticks" -v hertz="$(getconf CLK_TCK)" -v gigabytes="$(awk -v m="$megabytes" -v r="$runs" 'BEGIN { print m * r / 1024 }')" 'BEGIN {
  printf "processor time per GiB: gateway %.2f s, nginx %.2f s\n", ours / hertz / gigabytes, theirs / hertz / gigabytes }'
