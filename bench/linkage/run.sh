#!/usr/bin/env bash
# How rightly records of people are linked, and at what cost: Stour and its peers on the same files.
#
#   bench/linkage/run.sh [--rows N] [--seed N] [--words english|syllables|mixed] [--only stour|peers]
#
# Prints a table; the figures are in results.jsonl beside the files, in the target folder. Needs GNU time and, for the
# peers, Python 3.10 or later, from which pip installs Splink and DuckDB into an environment of their own.
set -euo pipefail
cd "$(dirname "$0")/../.."
rows=200000 seed=7 words=english only=
while [ $# -gt 0 ]; do
    case $1 in
        --rows) rows=$2 ;;
        --seed) seed=$2 ;;
        --words) words=$2 ;;
        --only) only=$2 ;;
        *) sed -n '2,7s/^# \?//p' "$0" >&2; exit 2 ;;
    esac
    shift 2
done
export RAYON_NUM_THREADS=2
target=${CARGO_TARGET_DIR:-target}
bin=$target/release
work=$target/bench-linkage/$rows-$words-$seed
shared=${STOUR_SHARED_DATA:-../shared/data}/linkage
venv=${STOUR_BENCH_VENV:-$target/bench-linkage/venv}
results=$work/results.jsonl
mkdir -p "$work"
: >"$results"

say() { echo "$*" >&2; }

# measured COMMAND...: runs it, and keeps its CPU seconds of all threads and its greatest resident memory.
measured() { /usr/bin/time -q -o "$work/time" -f '{"cpu_s":%U,"system_s":%S,"wall_s":%e,"rss_kb":%M}' nice "$@" >>"$work/log" 2>&1; }

# keep SET ENGINE [match|pairs|clusters SCORE]: one line of results.
keep() {
    printf '{"set":"%s","engine":"%s","cost":%s' "$1" "$2" "$(cat "$work/time")" >>"$results"
    [ $# -lt 4 ] || printf ',"%s":%s' "$3" "$4" >>"$results"
    echo '}' >>"$results"
}

# absent SET ENGINE WHY: a line that says that there is no figure.
absent() { printf '{"set":"%s","engine":"%s","absent":"%s"}\n' "$1" "$2" "$3" >>"$results"; }

say "building"
cargo build --release --locked -q -p stour-bench-linkage
[ "$only" = peers ] || cargo build --release --locked -q -p stour

for numbers in with without; do
    flags=()
    [ $numbers = with ] || flags=(--no-numbers)
    "$bin/generate" --rows "$rows" --seed "$seed" --words "$words" --out "$work/$numbers" "${flags[@]}" >&2
done

matched() { "$bin/score" match --json --index "$1/index.csv" --incoming "$1/incoming.csv" --decisions "$2"; }
clustered() { "$bin/score" clusters --json --records "$1" --clusters "$2" "${@:3}"; }
weighed() { "$bin/score" pairs --json --records "$1" --pairs "$2" "${@:3}"; }

people=id=rec_id,nhs_number=nhs_number,given=given_name,family=surname,dob=dob,sex=sex,address=address_1,postcode=postcode,phone=phone
febrl=id=rec_id,given=given_name,family=surname,dob=date_of_birth,address=address_1,postcode=postcode
febrl+=,extra:soc_sec_id=soc_sec_id,extra:street_number=street_number,extra:suburb=suburb,extra:state=state
fake=id=unique_id,given=first_name,family=surname,dob=dob,email=email,extra:city=city

stour() {
    local numbers folder
    for numbers in with without; do
        folder=$work/$numbers
        say "Stour, $numbers NHS numbers"
        if measured "$bin/stour" link match --index "$folder/index.csv" --incoming "$folder/incoming.csv" \
            --columns "$people" --out "$folder/stour-decisions.csv"; then
            keep "$rows $words, $numbers numbers" Stour match "$(matched "$folder" "$folder/stour-decisions.csv")"
        else
            absent "$rows $words, $numbers numbers" Stour "stour link match failed: see $work/log"
        fi
        if measured "$bin/stour" link dedupe "$folder/all.csv" --columns "$people,source=org" \
            --out "$folder/stour-clusters.csv" --pairs "$folder/stour-pairs.csv"; then
            keep "$rows $words, $numbers numbers" "Stour dedupe" clusters "$(clustered "$folder/all.csv" "$folder/stour-clusters.csv")"
            keep "$rows $words, $numbers numbers" "Stour dedupe" pairs "$(weighed "$folder/all.csv" "$folder/stour-pairs.csv")"
        else
            absent "$rows $words, $numbers numbers" "Stour dedupe" "stour link dedupe failed: see $work/log"
        fi
    done
    say "one record against everybody"
    "$bin/live" --index "$work/with/index.csv" --incoming "$work/with/incoming.csv" >&2
    [ -d "$shared" ] || return 0
    stour_set "FEBRL 3" febrl_dataset3.csv "$febrl"
    stour_set fake_1000 fake_1000.csv "$fake" --id unique_id --truth cluster
    say "hard cases"
    "$bin/stour" link cases "$shared/hard_cases.csv" >&2 || say "stour link cases failed"
}

# stour_set SET FILE COLUMNS [TRUTH]: one of the public sets.
stour_set() {
    local file=$shared/$2
    if measured "$bin/stour" link dedupe "$file" --columns "$3" --out "$work/public-clusters.csv" --pairs "$work/public-pairs.csv"; then
        keep "$1" "Stour dedupe" clusters "$(clustered "$file" "$work/public-clusters.csv" "${@:4}")"
        keep "$1" "Stour dedupe" pairs "$(weighed "$file" "$work/public-pairs.csv" "${@:4}")"
    else
        absent "$1" "Stour dedupe" "stour link dedupe failed: see $work/log"
    fi
}

national() {
    local numbers folder
    for numbers in with without; do
        folder=$work/$numbers
        say "national algorithm, $numbers NHS numbers"
        measured "$bin/national" match --index "$folder/index.csv" --incoming "$folder/incoming.csv" --out "$folder/national.csv"
        keep "$rows $words, $numbers numbers" "national algorithm" match "$(matched "$folder" "$folder/national.csv")"
    done
    [ ! -d "$shared" ] || "$bin/national" cases "$shared/hard_cases.csv" >&2
}

splink() {
    local python=$venv/bin/python numbers folder out weight
    local peer=bench/linkage/peers/splink_peer.py
    if ! "$python" -c 'import splink' 2>/dev/null; then
        say "installing Splink"
        { python3 -m venv "$venv" && "$venv/bin/pip" install -q splink==5.0.0; } >>"$work/log" 2>&1 || {
            absent "$rows $words" Splink "pip could not install it: see $work/log"
            return 0
        }
    fi
    for numbers in with without; do
        folder=$work/$numbers
        out=$folder/splink
        say "Splink, $numbers NHS numbers"
        if [ $numbers = with ]; then
            measured "$python" "$peer" people "$folder" "$out"
        else
            measured "$python" "$peer" people "$folder" "$out" --no-numbers
        fi
        for weight in 5 8 12 20; do
            keep "$rows $words, $numbers numbers" "Splink, at least $weight bits" match "$(matched "$folder" "$out/decisions-$weight.csv")"
        done
        keep "$rows $words, $numbers numbers" "Splink, probability 0.99" clusters "$(clustered "$folder/all.csv" "$out/clusters.csv")"
        keep "$rows $words, $numbers numbers" Splink pairs "$(weighed "$folder/all.csv" "$out/pairs.csv")"
    done
    [ -d "$shared" ] || return 0
    splink_set "FEBRL 3" febrl3 febrl_dataset3.csv
    splink_set fake_1000 fake_1000 fake_1000.csv --id unique_id --truth cluster
}

# splink_set SET KIND FILE [TRUTH]: one of the public sets.
splink_set() {
    local file=$shared/$3 out=$work/splink-$2
    measured "$venv/bin/python" bench/linkage/peers/splink_peer.py "$2" "$file" "$out"
    keep "$1" "Splink, probability 0.5" clusters "$(clustered "$file" "$out/clusters.csv" "${@:4}")"
    keep "$1" Splink pairs "$(weighed "$file" "$out/pairs.csv" "${@:4}")"
}

: >"$work/log"
[ "$only" = peers ] || stour
[ "$only" = stour ] || { national; splink; }
"$bin/score" table "$results"
