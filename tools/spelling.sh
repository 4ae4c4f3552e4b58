#!/usr/bin/env bash
# Spelling, by `typos`. With CI=true it is installed when it is not here; elsewhere its absence is said.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v typos >/dev/null; then
    if [ "${CI:-}" != true ]; then
        echo "typos is not here, so spelling was not checked: install it with 'pip install typos'." >&2
        exit 0
    fi
    pip install --quiet --root-user-action=ignore typos
fi
typos
