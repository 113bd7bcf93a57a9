#!/usr/bin/env bash
# The local cloud of Visita. `./emulator.sh help` tells what it can do.
#
# This script only finds Python and keeps .venv in step with the pins; the rest is Python
# (infra/local/cli), which is easier to read, to type and to test.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"

readonly PINS=requirements-dev.txt
readonly MARKER=.venv/.pins        # holds the hash of the pins that .venv was made from
readonly LOCK=.emulator/venv.lock
readonly LOCK_SECONDS_MAX=600

say() { printf '%s\n' "$*" >&2; }

die() {
  say "emulator.sh: $1"
  exit 2
}

no_python() {
  say "emulator.sh needs Python 3.11 or newer, and found none."
  say "  Debian, Ubuntu   sudo apt-get install python3 python3-venv"
  say "  Fedora           sudo dnf install python3.11"
  say "  macOS            brew install python@3.11"
  say "  others           https://www.python.org/downloads/  or  pyenv install 3.11"
  say "Already have one somewhere else?  VISITA_PYTHON=/path/to/python3 ./emulator.sh ..."
  exit 2
}

is_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
  local name
  # 3.11 first: it is what production runs and what the pins were resolved for.
  for name in "${VISITA_PYTHON:-}" python3.11 python3 python3.12 python3.13 python3.14 python; do
    if [[ -n "$name" ]] && is_new_enough "$name"; then
      printf '%s\n' "$name"
      return
    fi
  done
  no_python
}

pins_hash() {
  "$1" -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$PINS"
}

# mkdir is atomic everywhere; flock(1) is not on macOS.
take_lock() {
  local waited=0 owner
  mkdir -p .emulator
  until mkdir "$LOCK" 2>/dev/null; do
    owner=$(cat "$LOCK/pid" 2>/dev/null || true)
    if [[ -n "$owner" ]] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$LOCK"
      continue
    fi
    ((waited < LOCK_SECONDS_MAX)) || die "$LOCK is held by process ${owner:-unknown}; remove it if that is wrong"
    ((waited > 0)) || say "Another emulator.sh is preparing .venv; waiting for it ..."
    sleep 1
    waited=$((waited + 1))
  done
  echo "$$" >"$LOCK/pid"
  trap 'rm -rf "$LOCK"' EXIT
}

install_pins() {
  local python=$1
  if [[ ! -x .venv/bin/python ]]; then
    say "Making .venv with $("$python" --version) ..."
    "$python" -m venv .venv \
      || die "this Python cannot make a venv. Debian, Ubuntu: sudo apt-get install python3-venv"
  fi
  say "Installing the pinned tools into .venv (once per change of $PINS; about a minute) ..."
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
    --require-hashes -r "$PINS" || die "pip could not install $PINS; the lines above say why"
}

is_prepared() {
  [[ -x .venv/bin/python && -f "$MARKER" ]] \
    && [[ "$(cat "$MARKER")" == "$(pins_hash .venv/bin/python)" ]]
}

prepare() {
  is_prepared && return
  local python
  python=$(find_python)
  take_lock
  if ! is_prepared; then        # another run may have done it while we waited
    install_pins "$python"
    pins_hash .venv/bin/python >"$MARKER"
  fi
  rm -rf "$LOCK"
  trap - EXIT
}

prepare
exec .venv/bin/python -m infra.local.cli "$@"
