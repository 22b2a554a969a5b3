#!/usr/bin/env bash
# Install programs that tests hold narrate against. Each argument names one and, behind spaces,
# Debian's packages that bring it. Without root or apt it only says what is missing.
set -euo pipefail

missing=()
for wanted in "$@"; do
  read -r program packages <<<"$wanted"
  read -ra names <<<"$packages"
  command -v "$program" >/dev/null || missing+=("${names[@]}")
done
if ((${#missing[@]})); then
  if ((EUID == 0)) && command -v apt-get >/dev/null; then
    { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } ||
      echo "Not installed; tests that need them will fail: ${missing[*]}" >&2
  else
    echo "Install these first, or tests that need them will fail: ${missing[*]}" >&2
  fi
fi
