#!/usr/bin/env bash
# A PostgreSQL for the tests. `start DIR` prints its address: the one that STOUR_TEST_POSTGRES_URL names,
# else the one at 127.0.0.1:5432, else a private one that it starts in DIR from the installed binaries.
# `stop DIR` ends a private one.
set -euo pipefail
command=$1 place=$2/postgres

as_server() {
    # PostgreSQL refuses to run as root.
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

answers() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

binaries() {
    local found
    found=$(find /usr/lib/postgresql /usr/local/lib/postgresql /opt/homebrew/opt/postgresql* -name initdb 2>/dev/null | sort | tail -n 1)
    [ -n "$found" ] || found=$(command -v initdb || true)
    [ -n "$found" ] && dirname "$found"
}

start() {
    if [ -n "${STOUR_TEST_POSTGRES_URL:-}" ]; then
        echo "$STOUR_TEST_POSTGRES_URL"
        return
    fi
    if answers 127.0.0.1 5432; then
        echo postgres://postgres@127.0.0.1:5432/postgres
        return
    fi
    local bin
    if ! bin=$(binaries); then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql; } >&2
        fi
        bin=$(binaries) || {
            echo "PostgreSQL is not here: install the package 'postgresql', or set STOUR_TEST_POSTGRES_URL." >&2
            exit 1
        }
    fi
    mkdir -p "$place"
    [ "$(id -u)" = 0 ] && chmod 755 "$2" && chown postgres "$place"
    local port=54329
    while answers 127.0.0.1 $port; do port=$((port + 1)); done
    as_server "$bin/initdb" -D "$place/data" -U postgres -A trust -E UTF8 --locale C.UTF-8 >"$place.log" 2>&1
    as_server "$bin/pg_ctl" -D "$place/data" -w -l "$place/server.log" \
        -o "-p $port -k $place -c listen_addresses=127.0.0.1 -c max_connections=200 -c fsync=off -c full_page_writes=off" start >>"$place.log" 2>&1
    echo "$bin" >"$place.bin"
    echo "postgres://postgres@127.0.0.1:$port/postgres"
}

stop() {
    [ -e "$place.bin" ] || return 0
    as_server "$(cat "$place.bin")/pg_ctl" -D "$place/data" -m immediate stop >/dev/null 2>&1 || true
}

case $command in
start) start "$1" "$2" ;;
stop) stop ;;
*) echo "usage: tools/postgres.sh start|stop DIR" >&2; exit 2 ;;
esac
