#!/usr/bin/env bash
# What a scorecard and the pages behind it cost the server, in CPU milliseconds each, for a reader of counts and for one
# who may open people. Needs a release build: cargo build --release -p stour
#
#   bench/board.sh [PROGRAM] [PEOPLE] [FOLDER]
#
# FOLDER holds published series, imported where they are there: see `stour import series --help`.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-${CARGO_TARGET_DIR:-target}/release/stour}
people=${2:-100000}
folder=${3:-../shared/data/care}
data=$(mktemp -d)
listen=127.0.0.1:$((20000 + RANDOM % 20000)) mllp=127.0.0.1:$((40000 + RANDOM % 20000))
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$data"' EXIT

"$program" demo --data "$data" --people "$people" --prepare >"$data/said" 2>"$data/log"
import() {
    [ -f "$folder/$1" ] || return 0
    "$program" --data "$data" import series "$folder/$1" --layout "$2" >"$data/imported" 2>&1 || echo "$1 was refused" >&2
}
import dorset_trust_criteria_to_reside.csv criteria-to-reside-trusts
import dorset_icb_criteria_to_reside.csv criteria-to-reside-boards
import dorset_trust_discharged_patients.csv discharges-trusts
import dorset_dtoc_days_by_reason_2011_2019.csv delayed-days-by-reason
import dorset_ae_attendances_2016_2019.csv ae-by-type
import dorset_trust_accidents_emergency.csv ae-trusts
import dorset_icb_accidents_emergency.csv ae-boards
import england_trust_beds_monthly.csv beds-england
import dorset_oflog_asc_measures_2015_2023.csv adult-social-care

"$program" demo --data "$data" --people "$people" --listen "$listen" --mllp "$mllp" >"$data/said" 2>"$data/log" &
server=$!
until curl -fsS -o /dev/null "http://$listen/health" 2>/dev/null; do sleep 0.1; done
password=$(sed -n 's/.*password of each is \(.*\)/\1/p' "$data/said")

spent() { awk '{print $14 + $15}' "/proc/$server/stat"; }
each() {
    local jar=$data/jar-$1 cookie before times=50
    curl -fsS -c "$jar" -o /dev/null -H "Origin: http://$listen" --data-urlencode "sign-in-name=$1" \
        --data-urlencode "password=$password" --data-urlencode "next=/" "http://$listen/sign-in"
    # A cookie for secure addresses, which curl would not send to this one by itself.
    cookie=$(awk '$6 ~ /Host/ {print $6 "=" $7}' "$jar")
    shift
    for page in "$@"; do
        curl -fsS -o /dev/null -H "Cookie: $cookie" "http://$listen$page"
        before=$(spent)
        for _ in $(seq "$times"); do curl -fsS -o /dev/null -H "Cookie: $cookie" "http://$listen$page"; done
        awk -v ticks="$(($(spent) - before))" -v times="$times" -v page="$page" -v hertz="$(getconf CLK_TCK)" \
            'BEGIN {printf "%6.1f ms  %s\n", ticks * 1000 / hertz / times, page}'
    done
}
"$program" --data "$data" indicators 2>/dev/null | head -n 1
for role in chief-officer service-manager; do
    echo "as $role"
    each "$role" /board '/board?theme=money' '/board?place=locality:poole-bay' \
        /board/indicators/emergency-admissions-65 /board/places/locality:poole-bay
done
