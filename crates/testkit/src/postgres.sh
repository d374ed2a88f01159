# Holds a PostgreSQL cluster for tests and measurements: `sh postgres.sh PROGRAMS PORT`. Makes a temporary folder, starts the server on
# 127.0.0.1, says `ready`, and waits for the end of its input; then stops the server by its pid and clears away.
set -eu
dir=$(mktemp -d "${TMPDIR:-/tmp}/whereabouts-postgres.XXXXXX")
clear() { rm -rf "$dir"; }
trap clear EXIT
trap : INT HUP TERM
"$1/initdb" --pgdata="$dir/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-instructions >"$dir/log" 2>&1 \
    || { cat "$dir/log"; exit 1; }
"$1/postgres" -D "$dir/data" -p "$2" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 \
    >"$dir/log" 2>&1 &
server=$!
tries=0
until "$1/pg_isready" -q -h 127.0.0.1 -p "$2" -d postgres; do
    tries=$((tries + 1))
    if [ $tries -gt 300 ] || ! kill -0 $server 2>/dev/null; then cat "$dir/log"; exit 1; fi
    sleep 0.1
done
echo ready
read -r _ || true
kill -INT $server
wait $server || true
