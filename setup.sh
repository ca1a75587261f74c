#!/bin/sh
# Makes .venv with dualeco in it, from the locked versions. With --dev also what the tests need.
set -eu
cd "$(dirname "$0")"

lock=requirements.lock
editable=
case "${1:-}" in
    "") ;;
    --dev) lock=requirements-dev.lock; editable=yes ;;
    *) echo "usage: ./setup.sh [--dev]" >&2; exit 2 ;;
esac

python=
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "dualeco needs Python 3.11 or newer; on Debian: apt-get install python3" >&2
    exit 2
fi

if ! [ -x .venv/bin/pip ]; then
    # Debian keeps the module that puts pip into an environment in a package of its own.
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv
        else
            echo "Python's venv module is missing; on Debian: sudo apt-get install python3-venv" >&2
            exit 2
        fi
    fi
    rm -rf .venv
    "$python" -m venv .venv
fi

.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
if [ -n "$editable" ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
else
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps .
fi
