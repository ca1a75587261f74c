#!/bin/sh
# Runs tests with the oldest versions of the dependencies that pyproject.toml promises, and with no others.
# Without arguments it takes the tests that lean most on the dependencies; what is given goes to pytest instead.
set -eu
cd "$(dirname "$0")/.."

# The oldest numpy has wheels for these only.
python=
for candidate in python3.11 python3.12 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] not in {(3, 11), (3, 12)})' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Not tried: the lowest versions need Python 3.11 or 3.12, and neither is on this machine."
    exit 0
fi

environment=$(mktemp -d)
trap 'rm -rf "$environment"' EXIT
"$python" -m venv "$environment"
pip="$environment/bin/python -m pip install --quiet --disable-pip-version-check"
$pip --require-hashes -r requirements-lowest.lock
$pip --no-deps --no-build-isolation .
echo "Lowest versions on $("$python" --version):"
"$environment/bin/python" -m pip list --disable-pip-version-check --format=freeze | tr '\n' ' '
echo

if [ "$#" = 0 ]; then
    set -- tests/annex tests/annotate tests/cli tests/figures tests/findings tests/insight tests/reports \
        tests/template tests/workbook
fi
# from the environment, not from src: what is tested is what was installed
"$environment/bin/python" -m pytest -q -n auto -p no:cacheprovider "$@"
