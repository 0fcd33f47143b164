#!/usr/bin/env bash
# Fetches the parts of QEMU's source that hold its schema generator, its schemas and its schema
# tests, for tests/reference.rs and the benchmarks. On Debian, from its source packages of qemu.
#
# Usage: fetch.sh FOLDER [RELEASE]…        releases: 5.2 7.2 10.0 10.2; all of them if none is named
set -euo pipefail

[ $# -ge 1 ] && [ -n "$1" ] || { sed -n '2,6s/^# \?//p' "$0"; exit 2; }
folder=$1
shift
releases=("$@")
[ ${#releases[@]} -gt 0 ] || releases=(5.2 7.2 10.0 10.2)
mkdir -p "$folder/apt/lists/partial"
cd "$folder"

# The same archive that the system installs from, its source packages, all suites that have a
# release; the system's own configuration stays as it is.
archive=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | sort -u | sed -n '/\/debian\/$/p' | sed -n 1p)
[ -n "$archive" ] || { echo "apt knows no archive of Debian's" >&2; exit 1; }
declare -A suites=([5.2]=bullseye [7.2]=bookworm [10.0]=trixie [10.2]=sid)
for release in "${releases[@]}"; do
    suite=${suites[$release]:-}
    [ -n "$suite" ] || { echo "no suite is known to have QEMU $release" >&2; exit 2; }
    echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive $suite main"
done > apt/sources.list
apt=(-qq -o "Dir::Etc::SourceList=$PWD/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$PWD/apt/lists" -o APT::Sandbox::User=root)
apt-get "${apt[@]}" update
versions=$(apt-cache "${apt[@]}" showsrc qemu | sed -n 's/^Version: //p' | sort -V)

for release in "${releases[@]}"; do
    version=$(sed -n "/^1:${release//./\\.}[.+]/p" <<< "$versions" | tail -n 1)
    [ -n "$version" ] || { echo "no source package of QEMU $release in: $versions" >&2; exit 1; }
    # Only the original archive is wanted, and it is checked against what the package's index says.
    apt-get "${apt[@]}" source --download-only --tar-only "qemu=$version"
    tar -xf "qemu_$(sed 's/^1://; s/-[^-]*$//' <<< "$version").orig.tar.xz" --wildcards \
        '*/scripts/qapi*' '*/qapi/*.json' '*/qga/*.json' '*/docs/interop/*.json' \
        '*/docs/sphinx/*' '*/tests/qapi-schema/*'
    echo "QEMU $release: $version"
done
