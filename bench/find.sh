#!/usr/bin/env bash
# What a search costs the server as a page, on each database: the services and questions of bench/directory/run.sh, which
# must have run before. Needs a release build: cargo build --release -p stour
#
#   bench/find.sh [PROGRAM] [SERVICES] [SEED]
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
program=${1:-$target/release/stour}
services=$target/bench-directory/${2:-100000}-${3:-7}
postgres=${STOUR_TEST_POSTGRES_URL:-postgres://postgres@127.0.0.1:5432/postgres}
name=stour_bench_find_$$
data=$(mktemp -d)
listen=127.0.0.1:$((20000 + RANDOM % 20000)) mllp=127.0.0.1:$((40000 + RANDOM % 20000))
server=
stop() { [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" || true; }; server=; }
trap 'stop; psql -q "$postgres" -c "DROP DATABASE IF EXISTS $name" || true; rm -rf "$data"' EXIT

python3 bench/directory/pages.py feed "$services" "$data/services.ndjson"
psql -q "$postgres" -c "CREATE DATABASE $name"
for database in "sqlite:$data/stour.db" "${postgres%/*}/$name"; do
    echo "${database%%:*}"
    mkdir -p "$data/${database%%:*}"
    house=(--data "$data/${database%%:*}" --database "$database")
    "$program" "${house[@]}" directory import "$data/services.ndjson" >"$data/said" 2>"$data/log"
    "$program" serve "${house[@]}" --listen "$listen" --mllp "$mllp" >"$data/said" 2>"$data/log" &
    server=$!
    until curl -fsS "http://$listen/find?q=lunch" 2>/dev/null | grep -q 'result'; do sleep 0.1; done
    python3 bench/directory/pages.py ask "$services" "$listen" "$server"
    stop
done
