#!/usr/bin/env bash
# Installs what Lũy Tre needs on Debian 12: Debian packages and a recent enough Node. Safe to run again; does nothing when all is there.
set -euo pipefail
cd "$(dirname "$0")"

packages=(
  # to build
  ca-certificates g++ make cmake ninja-build ccache lld pkg-config
  libboost1.81-dev libboost-json1.81-dev libssl-dev libsqlite3-dev libpq-dev libsodium-dev libicu-dev libspdlog-dev libfmt-dev
  libcli11-dev libtomlplusplus-dev libcurl4-openssl-dev zlib1g-dev libqrencode-dev libhpdf-dev fonts-liberation2 fonts-dejavu-core
  libzip-dev libexpat1-dev libxlsxwriter-dev
  # to test: GoogleTest, property tests, both databases, a real browser, QR, PDF and workbook readers
  libgtest-dev libgmock-dev librapidcheck-dev postgresql-15 postgresql-client-15 sqlite3 chromium libzxing-dev poppler-utils libfreetype-dev python3-openpyxl
  # to measure, to fuzz, to tidy
  libbenchmark-dev wrk clang-14 libclang-rt-14-dev clang-format-14 clang-tidy-14
)
node_floor="20.19.0"  # what Vite 8 asks for

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }
die() { printf 'setup.sh: %s\n' "$*" >&2; exit 1; }
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "this needs root: run it as root or install sudo"; fi
}
missing() {
  local have; have=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | awk '$2 == "installed" { print $1 }' || true)
  printf '%s\n' "$@" | grep -vxF -f <(printf '%s\n' "$have") || true
}
node_is_enough() {
  command -v "$1" >/dev/null && [ "$(printf '%s\n' "$node_floor" "$("$1" --version | tr -d v)" | sort -V | head -n 1)" = "$node_floor" ]
}
apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@"
}

command -v apt-get >/dev/null || die "this is written for Debian 12; elsewhere install: ${packages[*]}"
mapfile -t wanted < <(missing "${packages[@]}")
command -v npm >/dev/null || wanted+=(nodejs npm)
if [ "${#wanted[@]}" -gt 0 ] && [ -n "${wanted[0]}" ]; then
  say "installing ${#wanted[@]} Debian packages: ${wanted[*]}"
  apt_get update -qq || die "apt-get update failed: is this machine connected?"
  apt_get install -y -q --no-install-recommends "${wanted[@]}" || die "apt-get could not install them; its last lines say why"
else
  say "Debian packages: all there"
fi

# Debian 12's own Node is 18. npm's package `node` brings a newer one, kept inside this folder.
private=.tools/node_modules/node/bin/node
if node_is_enough node; then
  say "Node $(node --version): enough"
elif node_is_enough "$private"; then
  say "Node $("$private" --version) in .tools: enough"
else
  say "installing Node 22 into .tools (this machine's is older than $node_floor)"
  mkdir -p .tools
  npm install --prefix .tools --no-audit --no-fund --loglevel=error node@22 || die "npm could not install node@22"
  node_is_enough "$private" || die "$private does not run"
fi
