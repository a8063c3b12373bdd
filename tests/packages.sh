# shellcheck shell=bash
# Sourced by harvester/demo, tests/run, the action and what builds the package: which packages of Debian and Ubuntu are
# needed, and how missing ones get here. The one list: the README names this file.

build_packages=(cmake g++ ninja-build pkg-config git ca-certificates libcurl4-openssl-dev libsimdjson-dev libcli11-dev
  libfmt-dev libsqlite3-dev libtomlplusplus-dev libexpected-dev libre2-dev libutf8proc-dev nlohmann-json3-dev
  libcpp-httplib-dev)
# The GitHub double, which the demo needs too. Node may be here without Debian's packages, which then would be in each other's way.
double_packages=(node-graphql)
command -v node >/dev/null || double_packages+=(nodejs)
deb_packages=(dpkg-dev file)
test_packages=("${deb_packages[@]}" catch2 zlib1g-dev libcmark-gfm-dev libcmark-gfm-extensions-dev clang libclang-rt-14-dev llvm clang-format python3
  python3-markdown python3-bs4  sqlite3 shellcheck chromium debootstrap man-db zsh fish)
command -v npm >/dev/null || test_packages+=(npm)

# Runs a command as root.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# install_packages NAME...: installs those that are missing; says what to do where that isn't possible.
install_packages() {
    local missing=() name
    for name in "$@"; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        echo "as root: apt-get install ${missing[*]}" >&2
        return 1
    fi
    echo "installing ${missing[*]}" >&2
    as_root apt-get update -q >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
}
