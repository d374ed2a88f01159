#!/bin/bash
# `make alone`, as root: the program of the archive needs nothing of the system. In a root that holds it, one line of hosts and two empty folders,
# and no library, no shell, no /proc and of /dev nothing but random and urandom, it starts, makes its database, answers, and looks names up. The argument is the folder of the archive.
set -euo pipefail
archive=$(realpath "$1"/whereabouts_*_static.tar.gz)
work=$(mktemp -d)
root=$work/root
running=()
stop() {
    for pid in "${running[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${running[@]}"; do wait "$pid" 2>/dev/null || true; done
}
trap 'stop; rm -rf "$work"' EXIT
fail() { echo "$1"; shift; [ $# = 0 ] || cat "$@"; exit 1; }

mkdir -p "$root/data" "$root/etc" "$root/usr/bin"
mkdir -m 1777 "$root/tmp"
# Where the program takes its random numbers from.
mkdir "$root/dev"
mknod -m 0444 "$root/dev/random" c 1 8
mknod -m 0444 "$root/dev/urandom" c 1 9
tar --extract --gzip --file "$archive" --directory "$root" usr/bin/whereabouts
# A name that no name server knows.
printf '127.0.0.1 localhost\n127.0.0.1 records.invalid\n' > "$root/etc/hosts"
find "$root" -type f -printf '%P\n' | sort | diff - <(printf 'etc/hosts\nusr/bin/whereabouts\n') || fail "the root holds more"
linked=$(ldd "$root/usr/bin/whereabouts" 2>&1 || true)
echo "ldd: $linked" | tr -s '\t ' ' '
case $linked in *"statically linked"* | *"not a dynamic executable"*) ;; *) fail "it asks for shared libraries" ;; esac
run() { env -i PATH="$PATH" NO_COLOR=1 chroot "$root" /usr/bin/whereabouts "$@"; }
echo "it says: $(run --version)"

# Both listen where the system gives them a place.
python3 - "$work/asked" > "$work/port" <<'END' &
import socket, sys
listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
while True:
    open(sys.argv[1], "a").write(f"{len(listening.accept()[0].recv(64))} bytes\n")
END
running+=($!)
for _ in $(seq 50); do [ ! -s "$work/port" ] || break; sleep 0.1; done
there=$(cat "$work/port")
# As a database on PostgreSQL: who connects has found the name. What listens is none, and says nothing.
run doctor --database-url "postgres://somebody@records.invalid:$there/records?sslmode=require" > "$work/found.txt" 2>&1 || true
[ -s "$work/asked" ] || fail "a name of /etc/hosts is not found" "$work/found.txt"
run doctor --database-url "postgres://somebody@nowhere.invalid:$there/records?sslmode=require" > "$work/none.txt" 2>&1 || true
grep -qi 'lookup address\|not known\|name resolution' "$work/none.txt" || fail "a name that is nowhere is not said to be" "$work/none.txt"
echo "it looks names up: records.invalid of /etc/hosts is found, and nowhere.invalid is not"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
run serve --worker --listen "127.0.0.1:$port" --database-url sqlite:/data/whereabouts.db > "$work/server.txt" 2>&1 &
running+=($!)
for _ in $(seq 100); do
    if curl --silent --fail "http://127.0.0.1:$port/health/ready" > "$work/ready.txt" && grep -q 'the worker runs' "$work/ready.txt"; then break; fi
    sleep 0.2
done
live=$(curl --silent --fail "http://127.0.0.1:$port/health/live") || fail "it does not answer" "$work/server.txt"
echo "/health/live: $live"
grep -q 'the worker runs' "$work/ready.txt" || fail "no worker runs" "$work/server.txt" "$work/ready.txt"
curl --silent --fail "http://127.0.0.1:$port/sign-in" | grep -q '<h1' || fail "no page" "$work/server.txt"
[ -s "$root/data/whereabouts.db" ] || fail "no database was made"
echo "It starts, answers, keeps a database and looks names up with nothing beside it but /dev/random and /dev/urandom."
