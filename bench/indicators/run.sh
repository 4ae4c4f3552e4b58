#!/usr/bin/env bash
# What it costs to count twenty indicators of everybody's facts: Stour, DuckDB and polars on the same facts.
#
#   bench/indicators/run.sh [--people N] [--facts N] [--seed N] [--times N]
#
# Prints for each run the CPU seconds of all threads, the wall and the most that was resident, from start to end of a
# process of its own on two threads. Fails unless all 16,800 values of all engines are equal. Then what one more month
# costs, and what it costs to read every value. Needs Python 3.10 or later, from which pip installs the peers into an
# environment of their own.
set -euo pipefail
cd "$(dirname "$0")/../.."
people=750000 facts=5000000 seed=7 times=3
while [ $# -gt 0 ]; do
    case $1 in
        --people) people=$2 ;;
        --facts) facts=$2 ;;
        --seed) seed=$2 ;;
        --times) times=$2 ;;
        *) sed -n '2,9s/^# \?//p' "$0" >&2; exit 2 ;;
    esac
    shift 2
done
target=${CARGO_TARGET_DIR:-target}
work=$target/bench-indicators/$people-$facts-$seed
venv=${STOUR_BENCH_VENV:-$target/bench-indicators/venv}
stour=$target/release/stour-bench-indicators
peers=bench/indicators/peers
python=$venv/bin/python
export PYTHONDONTWRITEBYTECODE=1

cargo build --release --locked -q -p stour-bench-indicators
if ! "$python" -c 'import duckdb, polars' 2>/dev/null; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q duckdb==2.0.1 polars==2.1.0
fi
if [ ! -f "$work/people.parquet" ]; then
    mkdir -p "$work"
    "$stour" "$work" generate --people "$people" --facts "$facts" --seed "$seed"
    "$python" $peers/duckdb_peer.py prepare "$work"
fi
for ((run = 0; run < times; run++)); do
    "$python" $peers/measure.py Stour "$stour" "$work" count
    "$python" $peers/measure.py DuckDB "$python" $peers/duckdb_peer.py count "$work"
    "$python" $peers/measure.py polars "$python" $peers/polars_peer.py count "$work"
done
sums=$(cd "$work" && sha256sum stour.csv duckdb.csv polars.csv)
echo "$sums"
if [ "$(cut -d' ' -f1 <<<"$sums" | sort -u | wc -l)" != 1 ]; then
    echo "the values differ" >&2
    exit 1
fi
for ((run = 0; run < times; run++)); do
    "$stour" "$work" month
done
"$stour" "$work" read
