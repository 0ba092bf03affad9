#!/usr/bin/env bash
# Runs every check of the house; says which fail. Takes seconds once the headers have been seen.
set -u
tools="$(cd "$(dirname "$0")" && pwd)"
failed=0
for check in layers banned words migrations toml headers must_not_compile; do
    if python3 "$tools/check_$check.py" "$@"; then
        printf 'ok      %s\n' "$check"
    else
        printf 'FAILED  %s\n' "$check"
        failed=1
    fi
done
exit "$failed"
