#!/usr/bin/env bash
# Makes the corpus of signed messages anew, from new keys: tests/fixtures/signatures. Needs xmlsec1, a JDK (17 or later), Node.js and
# Python 3.11 or later; the libraries that sign are installed into a folder of their own, in the versions named here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
WORK="${ROLECALL_CORPUS:-${XDG_CACHE_HOME:-$HOME/.cache}/rolecall/corpus}"
mkdir -p "$WORK"
[ -x "$WORK/python/bin/python" ] || python3 -m venv "$WORK/python"
"$WORK/python/bin/pip" install --quiet -r requirements.txt
npm ci --silent --no-audit --no-fund --ignore-scripts
if [ ! -d "$WORK/libxmljs" ]; then
  npm pack --silent --pack-destination "$WORK" libxmljs@1.0.6
  mkdir "$WORK/libxmljs"
  tar -xzf "$WORK/libxmljs-1.0.6.tgz" -C "$WORK/libxmljs" --strip-components 1 --wildcards '*c14n*'
fi
if [ ! -d "$WORK/signxml-5.2.0" ]; then
  "$WORK/python/bin/pip" download --quiet --no-deps --no-binary :all: --dest "$WORK" signxml==5.2.0
  tar -xzf "$WORK/signxml-5.2.0.tar.gz" -C "$WORK"
fi
"$WORK/python/bin/python" make.py "$WORK/libxmljs" "$WORK/signxml-5.2.0"
