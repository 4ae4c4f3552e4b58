#!/usr/bin/env bash
# How fast hospital messages are taken in for good, worked through, and added up anew, on SQLite. Needs Linux.
#
#   bench/adt/run.sh [MESSAGES]
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-target}
cargo build --release --locked -q -p stour -p stour-bench-adt
"$target/release/stour-bench-adt" "$target/release/stour" "$@"
