#!/usr/bin/env bash
# How fast hospital messages are taken in for good, worked through, and added up anew, on SQLite. Needs Linux.
#
#   bench/adt/run.sh [MESSAGES]
#   SYNC_US=4000 bench/adt/run.sh [MESSAGES]
#
# With SYNC_US every sync of the disk takes so many microseconds longer, as on a disk of its own kind; that needs strace.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-target}
cargo build --release --locked -q -p stour -p stour-bench-adt
program=$target/release/stour
if [ -n "${SYNC_US:-}" ]; then
    command -v strace >/dev/null || { echo "strace is not here: install the package 'strace'." >&2; exit 1; }
    slow=$(mktemp)
    trap 'rm -f "$slow"' EXIT
    # The tracer stands aside, so that what is measured is the program.
    cat >"$slow" <<SLOW
#!/bin/sh
exec strace -D -f --seccomp-bpf -qq -o /dev/null -e trace=fdatasync,fsync -e inject=fdatasync,fsync:delay_exit=$SYNC_US "$(realpath "$program")" "\$@"
SLOW
    chmod +x "$slow"
    program=$slow
fi
"$target/release/stour-bench-adt" "$program" "$@"
