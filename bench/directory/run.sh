#!/usr/bin/env bash
# What it costs to search 100,000 services: Stour, SQLite FTS5, PostgreSQL and numpy on the same services and questions.
#
#   bench/directory/run.sh [--services N] [--seed N] [--data FOLDER]
#
# FOLDER holds taxonomies/esd and postcodes, and is ../shared/data where nothing else is said. Prints for each engine how
# long it took to build and the CPU milliseconds of a question. Needs Linux, Python 3.10 or later, from which pip installs
# the peers into an environment of their own, and the PostgreSQL server that the tests use (STOUR_TEST_POSTGRES_URL).
set -euo pipefail
cd "$(dirname "$0")/../.."
services=100000 seed=7 data=../shared/data
while [ $# -gt 0 ]; do
    case $1 in
        --services) services=$2 ;;
        --seed) seed=$2 ;;
        --data) data=$2 ;;
        *) sed -n '2,9s/^# \?//p' "$0" >&2; exit 2 ;;
    esac
    shift 2
done
target=${CARGO_TARGET_DIR:-target}
work=$target/bench-directory/$services-$seed
venv=${STOUR_BENCH_VENV:-$target/bench-directory/venv}
peers=bench/directory/peers
python=$venv/bin/python
export PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

cargo build --release --locked -q -p stour-bench-directory
if ! "$python" -c 'import numpy, psycopg, snowballstemmer' 2>/dev/null; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q numpy==2.4.6 'psycopg[binary]==3.3.9' snowballstemmer==3.0.1
fi
if [ ! -f "$work/queries.tsv" ]; then
    "$python" $peers/generate.py "$data" "$work" "$services" "$seed"
fi
needs=()
if [ -f content/synonyms.toml ]; then needs=(--needs content/synonyms.toml); fi
"$target/release/stour-bench-directory" "$work" "${needs[@]}"
"$python" $peers/numpy_peer.py "$work"
"$python" $peers/sqlite_peer.py "$work"
"$python" $peers/postgres_peer.py "$work" "${STOUR_TEST_POSTGRES_URL:-postgres://postgres@127.0.0.1:5432/postgres}"
