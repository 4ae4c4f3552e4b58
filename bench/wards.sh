#!/usr/bin/env bash
# What the boards of people in hospital cost the server, in CPU milliseconds each and milliseconds from asking to the last
# byte (half of fifty, and the slowest), with 1,200 of 750,000 people in hospital. Needs a release build:
# cargo build --release -p stour
#
#   bench/wards.sh [PROGRAM] [PEOPLE] [DATA]
#
# DATA is a folder that an earlier run has made and that is kept; without it one is made and thrown away.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-${CARGO_TARGET_DIR:-target}/release/stour}
people=${2:-750000}
scratch=$(mktemp -d)
data=${3:-$scratch/data}
listen=127.0.0.1:$((20000 + RANDOM % 20000)) mllp=127.0.0.1:$((40000 + RANDOM % 20000))
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$scratch"' EXIT

[ -f "$data/stour.sqlite" ] || "$program" demo --data "$data" --people "$people" --prepare >"$scratch/said" 2>"$scratch/log"
"$program" demo --data "$data" --people "$people" --listen "$listen" --mllp "$mllp" >"$scratch/said" 2>"$scratch/log" &
server=$!
until curl -fsS -o /dev/null "http://$listen/health" 2>/dev/null; do sleep 0.1; done
# 975 people are in hospital in the demonstration of 750,000; what comes again from an earlier run changes nothing.
admit() {
    local wards=(BAMU BCAR BELD BORT BRES BSTR PAMU PELD PRES PSTR PSUR PTRA) at number ward
    at=$(date -u +%Y%m%d%H%M%S)
    for number in $(seq -w "$1"); do
        ward=${wards[10#$number % ${#wards[@]}]}
        printf 'MSH|^~\\&|PAS|R0D|ROUTE|ROUTE|%s||ADT^A01^ADT_A01|BENCH-%s|P|2.4||||||UNICODE UTF-8|||ITKv1.0\r' "$at" "$number"
        printf 'EVN||%s||||%s\rPID|1||R0DBENCH%s^^^^PI||Bench^Number %s^^^^^L||19400101|F\r' "$at" "$at" "$number" "$number"
        printf 'PV1|1|I|R0D^%s^%s|21||||||300|||||||||BENCH-%s^^^VISITID|||||||||||||||||||||||||%s\r' "$ward" "$number" "$number" "$at"
    done >"$scratch/admitted.hl7"
    "$program" send "$scratch/admitted.hl7" --to "$mllp" >"$scratch/answers"
}
admit 225
# What a start does once is not what a page costs.
sleep 30
password=$(sed -n 's/.*password of each is \(.*\)/\1/p' "$scratch/said")

spent() { awk '{print $14 + $15}' "/proc/$server/stat"; }
sign_in() {
    local jar=$scratch/jar
    rm -f "$jar"
    curl -fsS -c "$jar" -o /dev/null -H "Origin: http://$listen" --data-urlencode "sign-in-name=$1" \
        --data-urlencode "password=$password" --data-urlencode "next=/" "http://$listen/sign-in"
    # A cookie for secure addresses, which curl would not send to this one by itself.
    cookie=$(awk '$6 ~ /Host/ {print $6 "=" $7}' "$jar")
}
page() { curl -fsS -H "Cookie: $cookie" "http://$listen$1"; }
each() {
    local before times=50
    for address in "$@"; do
        page "$address" >"$scratch/page"
        before=$(spent)
        for _ in $(seq "$times"); do
            curl -fsS -o /dev/null -w '%{time_total}\n' -H "Cookie: $cookie" "http://$listen$address"
        done | sort -n >"$scratch/times"
        awk -v ticks="$(($(spent) - before))" -v times="$times" -v page="$address" -v hertz="$(getconf CLK_TCK)" \
            -v size="$(($(wc -c <"$scratch/page") / 1024))" \
            '{took[NR] = $1 * 1000} END {printf "%6.1f ms of CPU  %6.1f ms, at most %.1f  %5d KiB  %s\n",
                 ticks * 1000 / hertz / times, took[int((NR + 1) / 2)], took[NR], size, page}' "$scratch/times"
    done
}

sign_in ward
ward=$(page /wards | grep -o 'href="/wards/[A-Z0-9]*/[^"/]*"' | sed 's/href="//; s/"//' | sort -u | while read -r address; do
    echo "$(page "$address" | grep -c '<tr') $address"
done | sort -rn | head -n 1 | cut -d ' ' -f 2)
echo "as ward"
each /wards "$ward" /wards/long-stays /wards/delays /wards/turnaround /wards/expected-dates /hub
sign_in transfer-hub
echo "as transfer-hub"
each /wards /wards/long-stays /hub /hub/meeting /hub/actions /capacity /escalation
sign_in in-reach
echo "as in-reach"
each /in-reach
sign_in chief-officer
echo "as chief-officer"
each /escalation /admissions
