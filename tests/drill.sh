#!/bin/sh
# A drill: somebody takes over the machine with the database and destroys what is on it, backups and checkpoints as well. Another machine has
# pulled them before; from that, and the key of the addresses that lay elsewhere, everything comes back and is checked. Prints how long it took. The argument is the program.
set -eu
program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
server=$work/server box=$work/box drawer=$work/drawer
mkdir -m 700 "$server" "$box" "$drawer"
cd "$work"

echo "A county on the server, with checkpoints and a backup ..."
"$program" demo --children "${CHILDREN:-100}" --listen 127.0.0.1:0 --database-url "sqlite:$server/whereabouts.db" > demo.txt &
demo=$!
until grep -q Ctrl-C demo.txt; do kill -0 "$demo"; sleep 1; done
kill "$demo"
wait "$demo" || true
"$program" keys backup --to "$box/backup.key" > recipient.txt
"$program" keys new --to "$server/signing.key" | tail -n 1 > "$box/public.txt"
"$program" checkpoint --database "sqlite:$server/whereabouts.db" --key "$server/signing.key" --log "$server/checkpoints.jsonl"
"$program" backup --database "sqlite:$server/whereabouts.db" --to "$server/backups" --recipient "$(tail -n 1 recipient.txt)"

echo "The key that seals addresses was put away when it was made, and not with the backups."
cp "$server/whereabouts.db.sealing-key" "$drawer/sealing.key"

echo "The other machine pulls them."
cp "$server"/backups/*.age "$server/checkpoints.jsonl" "$box"

echo "Ransom: everything on the server is destroyed."
find "$server" -type f | while read -r file; do head -c 4096 /dev/urandom > "$file"; done

begun=$(date +%s)
"$program" restore --from "$box"/*.age --identity "$box/backup.key" --database "sqlite:$work/restored.db" \
    --sealing-key "$drawer/sealing.key" --checkpoints "$box/checkpoints.jsonl" --public-key "$box/public.txt"
seconds=$(($(date +%s) - begun))
echo "Restored and verified in $((seconds / 60)) min $((seconds % 60)) s."
