#!/usr/bin/env bash
# Every test of the project, and one closing line that counts them: `N passed, N failed, N skipped`.
# What a test needs and is not here is installed (Debian, as root) or named; nothing is skipped for want
# of a tool.
set -uo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'tools/postgres.sh stop "$work"; rm -rf "$work"' EXIT

# need COMMAND PACKAGE WHAT: installs a Debian package when a command is missing.
need() {
    command -v "$1" >/dev/null && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing $2" >&2
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2"; } >"$work/apt.log" 2>&1 && return
    fi
    echo "$3 is not here: install the package '$2' and run this again." >&2
    exit 1
}

need chromium chromium "A browser for the browser tests"
STOUR_TEST_POSTGRES_URL=$(tools/postgres.sh start "$work") || exit 1
export STOUR_TEST_POSTGRES_URL

passed=0 failed=0 skipped=0 broken=0

echo "== Rust"
if command -v cargo-nextest >/dev/null; then
    cargo nextest run --workspace --all-targets --locked --no-fail-fast --success-output final --failure-output immediate-final >"$work/rust.log" 2>&1
    status=$?
    summary=$(grep -aE '^ +Summary ' "$work/rust.log" | tail -n 1)
    count() { grep -oE "[0-9]+ $1" <<<"$summary" | grep -oE '^[0-9]+' | tail -n 1; }
    passed=$(count passed) failed=$(count failed)
    timed_out=$(count 'timed out')
    failed=$((${failed:-0} + ${timed_out:-0}))
else
    cargo test --workspace --all-targets --locked --no-fail-fast -- --nocapture >"$work/rust.log" 2>&1
    status=$?
    passed=$(grep -aoE '^test result: .* [0-9]+ passed' "$work/rust.log" | grep -oE '[0-9]+ passed' | awk '{n += $1} END {print n + 0}')
    failed=$(grep -aoE '^test result: .* [0-9]+ failed' "$work/rust.log" | grep -oE '[0-9]+ failed' | awk '{n += $1} END {print n + 0}')
fi
passed=${passed:-0} failed=${failed:-0}
# A test that needs data which is not beside the checkout says so and returns: it counts as skipped.
grep -aoE 'skipped: .*' "$work/rust.log" | sort -u >"$work/skipped"
skipped=$(wc -l <"$work/skipped")
passed=$((passed - skipped))
if [ "$status" != 0 ]; then
    grep -avE '^ +(PASS|Compiling|Finished|Running|Blocking) ' "$work/rust.log" | tail -n 400
    [ "$failed" = 0 ] && broken=1
fi
echo "$passed passed, $failed failed, $skipped skipped in Rust"
cat "$work/skipped"

echo "== Browser"
# The tests of Rust built the program too; building it by itself would build what it stands on once more.
STOUR_BINARY=$(cargo metadata --format-version 1 --no-deps --locked | node -e 'console.log(JSON.parse(require("fs").readFileSync(0)).target_directory)')/debug/stour
export STOUR_BINARY
if [ -x "$STOUR_BINARY" ] && npm ci --prefix e2e --no-audit --no-fund >"$work/npm.log" 2>&1; then
    node e2e/run.mjs "$work/browser.json" 2>&1 | tee "$work/browser.log"
    status=$?
    read -r browser_passed browser_failed < <(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); console.log(r.passed, r.failed)' "$work/browser.json" 2>/dev/null || echo "0 1")
    browser_skipped=$(grep -ac '^skipped: ' "$work/browser.log")
    skipped=$((skipped + browser_skipped))
    passed=$((passed + browser_passed - browser_skipped)) failed=$((failed + browser_failed))
    [ "$status" != 0 ] && [ "$browser_failed" = 0 ] && broken=1
else
    [ -x "$STOUR_BINARY" ] || echo "$STOUR_BINARY was not built"
    [ -e "$work/npm.log" ] && tail -n 40 "$work/npm.log"
    broken=1
fi

failed=$((failed + broken))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
