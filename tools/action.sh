#!/usr/bin/env bash
# The step of action.yml: what it is told comes in the environment, never in the text of a command.
set -euo pipefail
dualeco=$1

files=()
while IFS= read -r -d '' name; do files+=("$name"); done < <(printf '%s' "${WORKBOOKS:?}" | xargs printf '%s\0')

options=()
if [ "${STRICT:-false}" = true ]; then options+=(--strict); fi
if [ -n "${INDICATORS:-}" ]; then options+=(--indicators "$INDICATORS"); fi

if [ -n "${SARIF:-}" ]; then
    "$dualeco" validate --format sarif --output "$SARIF" "${options[@]}" -- "${files[@]}" || true
fi
"$dualeco" validate --format github "${options[@]}" -- "${files[@]}"
