#!/bin/sh
# Finds a Chromium, or installs Debian's; says plainly what is missing and fails otherwise.
set -eu

find_browser() {
    [ -n "${SKILLMARK_CHROMIUM:-}" ] && [ -x "$SKILLMARK_CHROMIUM" ] && return 0
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

find_browser && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "The browser tests need Chromium: install it, or name one in SKILLMARK_CHROMIUM." >&2
    exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
        echo "The browser tests need Chromium, and installing it needs root: apt-get install chromium" >&2
        exit 1
    }
    as_root="sudo"
fi
echo "Installing Chromium for the browser tests (once) …"
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
find_browser || { echo "apt-get installed chromium, but no browser was found." >&2; exit 1; }
