#!/bin/sh
# Renews the lock files: what dualeco needs, what its developers need beside that, and the oldest versions that
# it promises to work with. With "lowest" only the last.
set -eu
cd "$(dirname "$0")/.."
lock() {
    uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --upgrade \
        --no-emit-index-url --no-emit-find-links --no-header --quiet "$@"
}
if [ "${1:-}" != lowest ]; then
    lock --output-file requirements.lock
    lock --extra cluster --group dev --constraint requirements.lock --output-file requirements-dev.lock
fi
# The lower bounds of pyproject.toml are for what dualeco needs, not for the tools of its tests: first the bounds,
# then the newest tools that go with them.
bounds=$(mktemp)
trap 'rm -f "$bounds"' EXIT
uv pip compile pyproject.toml --universal --python-version 3.11 --resolution lowest-direct --no-annotate \
    --no-header --quiet --output-file "$bounds"
lock --group test --constraint "$bounds" --no-annotate --output-file requirements-lowest.lock
