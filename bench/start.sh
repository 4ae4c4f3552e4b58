#!/usr/bin/env bash
# How long the program takes to answer its first request, and how much memory it holds then and after some
# use, with a demonstration of 20,000 people. Needs a release build: cargo build --release -p stour
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-${CARGO_TARGET_DIR:-target}/release/stour}
people=${2:-20000}
data=$(mktemp -d)
listen=127.0.0.1:$((20000 + RANDOM % 20000)) mllp=127.0.0.1:$((40000 + RANDOM % 20000))
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$data"' EXIT

resident() { awk '/^VmRSS/ {printf "%.0f MiB", $2 / 1024}' "/proc/$server/status"; }
answer() { curl -fsS -o /dev/null "http://$listen$1"; }

# start: runs the demonstration and waits for its first answer; prints the milliseconds that took.
start() {
    local began ended
    began=$(date +%s%N)
    "$program" demo --data "$data" --people "$people" --listen "$listen" --mllp "$mllp" >"$data/said" 2>"$data/log" &
    server=$!
    until answer /health 2>/dev/null; do sleep 0.005; done
    ended=$(date +%s%N)
    echo "$(((ended - began) / 1000000)) ms"
}

stop() { kill -TERM "$server"; wait "$server" || true; server=; }

"$program" demo --data "$data" --people "$people" --prepare >"$data/said" 2>"$data/log"
for round in 1 2 3; do
    # `start` must not run in a subshell, which would own the process.
    start >"$data/took"
    echo "start $round: first answer after $(cat "$data/took"), resident $(resident)"
    [ "$round" = 3 ] || stop
done

# Some use: everybody's pages a hundred times, and as many hospital messages as the story has.
password=$(sed -n 's/.*password of each is \(.*\)/\1/p' "$data/said")
visit() {
    local jar=$data/jar-$1
    curl -fsS -c "$jar" -o /dev/null -H "Origin: http://$listen" --data-urlencode "sign-in-name=$1" \
        --data-urlencode "password=$password" --data-urlencode "next=/" "http://$listen/sign-in"
    # A cookie for secure addresses, which curl would not send to this one by itself.
    local cookie
    cookie=$(awk '$6 ~ /Host/ {print $6 "=" $7}' "$jar")
    for _ in $(seq 100); do curl -fsS -o /dev/null -H "Cookie: $cookie" "http://$listen$2"; done
    echo "after 100 of $2 as $1: resident $(resident)"
}
visit adviser '/people?q=smith'
visit adviser '/people?q=john+jones'
visit transfer-hub /wards
visit in-reach /in-reach
visit chief-officer /board
for message in "$data"/messages/*.hl7; do "$program" send "$message" --to "$mllp" >/dev/null; done
echo "after 500 pages: resident $(resident), at most $(awk '/^VmHWM/ {printf "%.0f MiB", $2 / 1024}' "/proc/$server/status")"
