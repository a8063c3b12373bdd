# shellcheck shell=bash
# Sourced by harvester/demo and tests/run: which Debian packages are needed, and how missing ones get here.

build_packages=(cmake g++ ninja-build pkg-config git ca-certificates libcurl4-openssl-dev libsimdjson-dev libcli11-dev
  libfmt-dev libsqlite3-dev libtomlplusplus-dev libexpected-dev libre2-dev libutf8proc-dev nlohmann-json3-dev)
# The GitHub double, which the demo needs too. Node may be here without Debian's packages, which then would be in each other's way.
double_packages=(node-graphql)
command -v node >/dev/null || double_packages+=(nodejs)
test_packages=(catch2 libcpp-httplib-dev zlib1g-dev libcmark-gfm-dev libcmark-gfm-extensions-dev clang libclang-rt-14-dev llvm clang-format python3
  python3-markdown python3-bs4  sqlite3 shellcheck chromium debootstrap dpkg-dev man-db zsh fish file)
command -v npm >/dev/null || test_packages+=(npm)

# install_packages NAME...: installs those that are missing; says what to do where that isn't possible.
install_packages() {
    local missing=() name root=()
    for name in "$@"; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "as root: apt-get install ${missing[*]}" >&2; return 1; }
        root=(sudo)
    fi
    echo "installing ${missing[*]}" >&2
    "${root[@]}" apt-get update -q >&2
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
}
