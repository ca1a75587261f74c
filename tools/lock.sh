#!/bin/sh
# Renews both lock files: what dualeco needs, and what its developers need beside that.
set -eu
cd "$(dirname "$0")/.."
lock() {
    uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --upgrade \
        --no-emit-index-url --no-emit-find-links --no-header --quiet "$@"
}
lock --output-file requirements.lock
lock --extra cluster --group dev --constraint requirements.lock --output-file requirements-dev.lock
