#!/usr/bin/env bash
# What it costs to draw a business case: Stour, with a tornado, and numpy, without one, on the same case.
#
#   bench/appraisal/run.sh [DRAWS]
#
# Prints CPU seconds of all threads, user and system, from start to end of each process. Needs bash; for numpy
# Python 3.10 or later, from which pip installs it into an environment of its own, else that row says so.
set -euo pipefail
cd "$(dirname "$0")/../.."
draws=${1:-100000}
target=${CARGO_TARGET_DIR:-target}
venv=${STOUR_BENCH_VENV:-$target/bench-appraisal/venv}
TIMEFORMAT='%U user + %S system CPU s, %R s on the wall'

cargo build --release --locked -q -p stour-bench-appraisal
python=$venv/bin/python
if ! "$python" -c 'import numpy' 2>/dev/null; then
    { python3 -m venv "$venv" && "$venv/bin/pip" install -q numpy; } >/dev/null 2>&1 || python=
fi
for lines in 60 200; do
    for threads in 1 2; do
        echo "Stour, $lines lines, $draws draws, $threads threads:"
        time "$target/release/stour-bench-appraisal" "$lines" "$draws" "$threads"
    done
    echo "numpy, $lines lines, $draws draws:"
    if [ -n "$python" ]; then
        time OMP_NUM_THREADS=1 "$python" bench/appraisal/peer.py "$lines" "$draws"
    else
        echo "pip could not install numpy"
    fi
done
