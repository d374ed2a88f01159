#!/bin/sh
# `make dist`: from the program that `make release` built a Debian package, from that of `make static` an archive; for each a list of what it is
# made of (CycloneDX), and checksums of all, in target/dist. Run from the root of the repository.
set -eu
program=target/release/whereabouts
static=target/release/whereabouts-static
out=target/dist
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
arch=$(dpkg --print-architecture)
# The same bytes from the same sources: times are those of the last commit.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
rm -rf "$out"
mkdir -p "$out"

# What asks for a library at the start would not start where there is none, and nobody would know before.
if readelf --wide --program-headers "$static" | grep -q INTERP || readelf --wide --dynamic "$static" | grep -q NEEDED; then
    echo "$static needs shared libraries: the archive is to hold a program that needs none" >&2
    exit 1
fi

# The newest version of the C library that the program asks for.
glibc=$(objdump -T "$program" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -uV | tail -n 1)

root=$out/root
install -Dm 0755 "$static" "$root/usr/bin/whereabouts"
install -Dm 0644 dist/debian/whereabouts.toml "$root/etc/whereabouts/whereabouts.toml"
for unit in server worker follower; do
    install -Dm 0644 "dist/debian/whereabouts-$unit.service" "$root/usr/lib/systemd/system/whereabouts-$unit.service"
done
share=$root/usr/share
mkdir -p "$share/man/man1" "$share/bash-completion/completions" "$share/zsh/vendor-completions" "$share/fish/vendor_completions.d"
"$program" man | gzip -9n > "$share/man/man1/whereabouts.1.gz"
"$program" completions bash > "$share/bash-completion/completions/whereabouts"
"$program" completions zsh > "$share/zsh/vendor-completions/_whereabouts"
"$program" completions fish > "$share/fish/vendor_completions.d/whereabouts.fish"
doc=$share/doc/whereabouts
for file in docs/operating.md docs/first-day.md docs/promises.md docs/threats.md docs/coming-in.md docs/writing-a-rulebook.md docs/rulebook-language.md; do
    install -Dm 0644 "$file" "$doc/$(basename "$file")"
done
gzip -9n < CHANGELOG.md > "$doc/changelog.gz"
printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nFiles: *\nCopyright: the authors of Whereabouts\nLicense: MIT or Apache-2.0\n' > "$doc/copyright"
for example in dist/examples/*; do install -Dm 0644 "$example" "$doc/examples/$(basename "$example")"; done

# Who installs without the package makes the user, the folders and the keys by the same lines.
install -m 0755 dist/debian/postinst "$doc/set-up.sh"

# What each is made of: the crates with their checksums, the scripts and styles that are compiled in, and what of the system is linked in.
python3 dist/sbom.py "$version" > "$out/whereabouts_$version.cdx.json"
python3 dist/sbom.py "$version" --static > "$out/whereabouts_${version}_static.cdx.json"

# The archive, for other systems: the program in it needs no shared library. Of folders that are there already it says nothing but their names.
install -m 0644 "$out/whereabouts_${version}_static.cdx.json" "$doc/sbom.cdx.json"
tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode=u+w,go-w,a+rX -C "$root" -cf - etc usr |
    gzip -9n > "$out/whereabouts_${version}_${arch}_static.tar.gz"

# The package holds the same, with the program that takes the C library of the system, and so its mended holes.
install -m 0755 "$program" "$root/usr/bin/whereabouts"
install -m 0644 "$out/whereabouts_$version.cdx.json" "$doc/sbom.cdx.json"
mkdir -p "$root/DEBIAN"
size=$(du -sk "$root" | cut -f 1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$size/" -e "s/@GLIBC@/$glibc/" dist/debian/control.in > "$root/DEBIAN/control"
for script in postinst prerm postrm; do install -m 0755 "dist/debian/$script" "$root/DEBIAN/$script"; done
echo /etc/whereabouts/whereabouts.toml > "$root/DEBIAN/conffiles"
(cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\n' | sort | xargs md5sum > DEBIAN/md5sums)
dpkg-deb --root-owner-group --build "$root" "$out/whereabouts_${version}_$arch.deb" > /dev/null
rm -rf "$root"
(cd "$out" && sha256sum whereabouts_* > SHA256SUMS && cat SHA256SUMS && ls -lh)
