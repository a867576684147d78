#!/usr/bin/env bash
# A private PostgreSQL for tests: `postgres.sh start DIR` prints its URL, `postgres.sh stop DIR` ends it and removes DIR.
# It listens on a Unix socket in DIR only, and is not durable (fsync off): never use it for anything but tests. For benchmarks:
# `postgres.sh start DIR durable [LIBRARY]`, with a library preloaded into the server; `postgres.sh halt DIR` ends it and keeps DIR.
# LUYTRE_POSTGRES_OPTIONS: more settings, as `-c shared_buffers=4GB`.
set -euo pipefail
action=${1:?start, halt or stop}; dir=${2:?a directory}; durable=${3:-}; preload=${4:-}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -x "$bin/initdb" ] || { echo "PostgreSQL is not installed: run ./setup.sh" >&2; exit 1; }
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
case $action in
  start)
    mkdir -p "$dir"; chmod 700 "$dir"
    [ "$(id -u)" != 0 ] || chown postgres "$dir"
    cd "$dir"
    fsync=off
    [ -z "$durable" ] || fsync=on
    if [ -n "$preload" ]; then cp "$preload" "$dir/preload.so"; chmod 755 "$dir/preload.so"; fi
    [ -d "$dir/data" ] || as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >"$dir/init.log" 2>&1 || { cat "$dir/init.log" >&2; exit 1; }
    as env ${preload:+LD_PRELOAD="$dir/preload.so"} "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/server.log" start \
      -o "-c listen_addresses='' -c unix_socket_directories='$dir' -c fsync=$fsync -c max_connections=200 -c shared_buffers=256MB ${LUYTRE_POSTGRES_OPTIONS:-}" >/dev/null
    chmod 711 "$dir"
    echo "postgresql:///postgres?host=$dir&user=postgres"
    ;;
  halt)
    cd /
    as "$bin/pg_ctl" -D "$dir/data" -m fast -w stop >/dev/null
    ;;
  stop)
    [ -d "$dir/data" ] || exit 0
    cd /
    as "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$dir"
    ;;
  *) echo "start, halt or stop, not $action" >&2; exit 2 ;;
esac
