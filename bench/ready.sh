#!/usr/bin/env bash
# How long after its start a server finds services, on each database: at the first start, which reads every document, and at a later
# one, which has the file beside the database. The services of bench/directory/run.sh, which must have run before. Needs a release
# build: cargo build --release -p stour
#
#   bench/ready.sh [PROGRAM] [SERVICES] [SEED]
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
program=${1:-$target/release/stour}
services=$target/bench-directory/${2:-100000}-${3:-7}
postgres=${STOUR_TEST_POSTGRES_URL:-postgres://postgres@127.0.0.1:5432/postgres}
name=stour_bench_ready_$$
data=$(mktemp -d)
listen=127.0.0.1:$((20000 + RANDOM % 20000)) mllp=127.0.0.1:$((40000 + RANDOM % 20000))
server=
stop() { [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" || true; }; server=; }
trap 'stop; psql -q "$postgres" -c "DROP DATABASE IF EXISTS $name" || true; rm -rf "$data"' EXIT

# start WHICH: runs the server until a search has results, and says how long that took and what CPU.
start() {
    local began ended
    began=$(date +%s%N)
    "$program" serve "${house[@]}" --listen "$listen" --mllp "$mllp" >"$data/said" 2>"$data/log" &
    server=$!
    until curl -fsS "http://$listen/find?q=lunch" 2>/dev/null | grep -q 'result'; do sleep 0.01; done
    ended=$(date +%s%N)
    echo "$1: found after $(((ended - began) / 1000000)) ms, CPU $(awk '{print ($14 + $15) * 10}' "/proc/$server/stat") ms"
}

python3 bench/directory/pages.py feed "$services" "$data/services.ndjson"
psql -q "$postgres" -c "CREATE DATABASE $name"
for database in "sqlite:$data/stour.db" "${postgres%/*}/$name"; do
    echo "${database%%:*}"
    folder=$data/${database%%:*}
    mkdir -p "$folder"
    house=(--data "$folder" --database "$database")
    "$program" "${house[@]}" directory import "$data/services.ndjson" >"$data/said" 2>"$data/log"
    start "first start"
    until [ -e "$folder/directory.listings" ]; do sleep 0.1; done
    stop
    for round in 1 2 3; do
        start "start $round with the file of $(($(stat -c %s "$folder/directory.listings") / 1048576)) MiB"
        stop
    done
done
