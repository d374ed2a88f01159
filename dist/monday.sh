#!/bin/bash
# `make monday`, as root: a Monday morning. In a fresh root of Debian, from the package alone: it is installed and configured by
# docs/operating.md, the first area and people are set up, the first child is reported in a browser, a backup is made and pulled by another
# machine, the machine is wiped, a new one installed, everything restored and verified, and the same person finds the child again. Prints minutes.
# The argument is the folder of the package. What systemd does is done by hand: the lines of the units are run as their user.
set -euo pipefail
package=$(realpath "$1"/whereabouts_*.deb)
here=$(realpath "$(dirname "$0")")
work=$(mktemp -d)
base=${BASE:-$work/base} box=$work/box root=$work/root
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
running=()
stop() {
    for pid in "${running[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${running[@]}"; do wait "$pid" 2>/dev/null || true; done
    running=()
}
trap 'stop; rm -rf "$work"' EXIT
mkdir -m 700 "$box"

began=$(date +%s) last=$(date +%s)
lap() {
    now=$(date +%s)
    printf '%3d min %02d s  %s\n' $(((now - last) / 60)) $(((now - last) % 60)) "$1"
    last=$now
}
within() { chroot --userspec=whereabouts:whereabouts "$root" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/var/lib/whereabouts NO_COLOR=1 "$@"; }
install_it() {
    cp -a "$base" "$root"
    cp "$package" "$root/tmp/"
    chroot "$root" dpkg --install "/tmp/$(basename "$package")" > "$work/dpkg.txt" 2>&1 || { cat "$work/dpkg.txt"; exit 1; }
}
# What an officer changes in the configuration; here the browser is on the same machine, and no proxy with TLS stands before it.
configure() {
    sed -i -e "s|^address = .*|address = \"http://localhost:$port\"|" -e "s|^listen = .*|listen = \"127.0.0.1:$port\"|" -e 's|^secure = .*|secure = false|' \
        -e 's|^behind-proxy = .*|behind-proxy = false|' -e 's|^#backup-to|backup-to|' \
        -e "s|^#backup-recipient.*|backup-recipient = [\"$(tail -n 1 "$box/recipient.txt")\"]|" "$root/etc/whereabouts/whereabouts.toml"
}
start() {
    for unit in server worker; do
        line=$(sed -n 's/^ExecStart=//p' "$root/usr/lib/systemd/system/whereabouts-$unit.service")
        # shellcheck disable=SC2086
        (umask 077; exec chroot --userspec=whereabouts:whereabouts "$root" /usr/bin/env -i PATH=/usr/bin:/bin $line) > "$work/$unit.txt" 2>&1 &
        running+=($!)
    done
    for _ in $(seq 100); do
        if curl --silent --fail "http://127.0.0.1:$port/health/ready" > "$work/ready.txt" && grep -q 'the worker runs' "$work/ready.txt"; then return; fi
        sleep 0.3
    done
    cat "$work"/server.txt "$work"/worker.txt; exit 1
}

if [ ! -d "$base" ]; then
    debootstrap --variant=minbase bookworm "$base" http://deb.debian.org/debian > "$work/debootstrap.txt"
    lap "a fresh root of Debian (not counted)"
    began=$(date +%s)
fi
url=sqlite:/var/lib/whereabouts/whereabouts.db

(cd "$1" && sha256sum --check --ignore-missing --quiet SHA256SUMS)
install_it
dpkg-deb --fsys-tarfile "$package" | tar -xO ./usr/bin/whereabouts > "$box/whereabouts"
chmod 755 "$box/whereabouts"
"$box/whereabouts" keys backup --to "$box/backup.key" > "$box/recipient.txt"
configure
lap "installed and configured"

printf 'We keep what is needed to find a child who is missing and to keep the child safe.\n' > "$root/tmp/privacy.txt"
within whereabouts area init northamptonshire --authority "Example County Council" --police "Example Police" --duty-team "Emergency Duty Team" \
    --hub "Example MASH" --missing-team "Missing Children Team" --partnership "Example Safeguarding Partnership" \
    --helpline "01632 960100, Example Children's Line" --privacy /tmp/privacy.txt --source "Head of Service" --database-url $url > "$work/area.txt"
within whereabouts agencies add "Larkfield House" --kind childrens_home --area northamptonshire --database-url $url > "$work/agency.txt"
within whereabouts people add "Dana Holt" dana.holt --role home_staff --agency "Larkfield House" --address "http://localhost:$port" --database-url $url > "$work/dana.txt"
link=$(grep -o "http://localhost:$port/welcome/[0-9a-f]*" "$work/dana.txt")
lap "the first area and person"

start
coproc BROWSER { cd "$here/.." && exec node dist/monday.mjs "http://localhost:$port" "$link"; }
browser=$BROWSER_PID
running+=("$browser")
exec 3<&"${BROWSER[0]}" 4>&"${BROWSER[1]}"
read -r said <&3
[ "$said" = reported ] || { echo "$said"; cat <&3; exit 1; }
lap "the first child is reported missing, in a browser"

within whereabouts checkpoint --database $url --key /etc/whereabouts/keys/signing.key --log /var/lib/whereabouts/checkpoints.jsonl > /dev/null
within whereabouts backup --database $url --to /var/backups/whereabouts --recipient "$(tail -n 1 "$box/recipient.txt")" > /dev/null
latest=$(ls -t "$root"/var/backups/whereabouts/*.age | head -n 1)
cp "$latest" "$box/latest.age"
cp "$root/var/lib/whereabouts/checkpoints.jsonl" "$root/etc/whereabouts/keys-public.txt" "$box/"
cp -a "$root/etc/whereabouts/keys" "$box/keys"
[ -z "$(find "$root/var/lib/whereabouts" "$root/var/backups/whereabouts" "$root/etc/whereabouts/keys" -type f -perm /077)" ] || { echo "files lie open"; exit 1; }
lap "backed up, and pulled by another machine"

kill "${running[0]}" "${running[1]}"
wait "${running[0]}" "${running[1]}" 2>/dev/null || true
running=("$browser")
rm -rf "$root"
lap "the machine is wiped"

install_it
configure
cp "$box"/keys/* "$root/etc/whereabouts/keys/"
chroot "$root" sh -c 'chown whereabouts:whereabouts /etc/whereabouts/keys/*'
cp "$box/keys-public.txt" "$root/etc/whereabouts/keys-public.txt"
install -o "$(chroot "$root" id -u whereabouts)" -m 600 "$box/latest.age" "$box/backup.key" "$box/checkpoints.jsonl" "$root/tmp/"
within whereabouts restore --from /tmp/latest.age --identity /tmp/backup.key --database $url --sealing-key /etc/whereabouts/keys/sealing.key \
    --checkpoints /tmp/checkpoints.jsonl --public-key "$(tail -n 1 "$box/keys-public.txt")" | sed 's/^/               /'
within cp /tmp/checkpoints.jsonl /var/lib/whereabouts/checkpoints.jsonl
rm "$root/tmp/backup.key" "$root/tmp/latest.age"
lap "installed anew, restored and verified"

start
echo restored >&4
read -r said <&3
[ "$said" = "found again" ] || { echo "$said"; cat <&3; exit 1; }
within whereabouts doctor --config /etc/whereabouts/whereabouts.toml > "$work/doctor.txt" || { cat "$work/doctor.txt"; exit 1; }
lap "the same person signs in, and the child is there; doctor finds nothing wrong"
total=$(($(date +%s) - began))
printf 'From the package to a county restored: %d min %02d s.\n' $((total / 60)) $((total % 60))
