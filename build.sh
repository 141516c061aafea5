#!/usr/bin/env bash
# Builds, demonstrates and tests Rolecall. `./build.sh --help` says how.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

CACHE="${ROLECALL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rolecall}"
WASM_TARGET=wasm32-unknown-unknown
# The C14N judge, drivers and servers that only tests use are pinned here; crates in Cargo.lock, npm packages in
# tests/node/package-lock.json, Python packages in tests/requirements.txt.
GECKODRIVER_VERSION=0.37.1
# A toolchain of rustup's stands before the system's, whole: cargo of the one with clippy of the other are two compilers.
TOOLCHAIN="${CARGO_HOME:-$HOME/.cargo}/bin"
if [ -x "$TOOLCHAIN/cargo" ]; then PATH="$TOOLCHAIN:$PATH"; fi
export PATH="$CACHE/bin:$PATH"

usage() {
  cat <<'TEXT'
usage: ./build.sh [command]

  (none)   build dist/chrome and dist/firefox, their zips, and the command target/release/rolecall
  demo     sign in to a local identity provider and a local AWS in a real browser, with the extension loaded
             --browser chromium|firefox   (default: the first that is installed)
             --headless                   (default where there is no display)
             --persona NAME               (default: four-roles)
  check    the fast checks: format, clippy (native and wasm32), native tests, JavaScript types and tests
  test     everything, in both browsers; the last line is `N passed, N failed`
  bench    speed and size of the wasm that ships, against other ways to do the same
  --help   this text

Tools that are not on the machine are set up in ${XDG_CACHE_HOME:-~/.cache}/rolecall (set ROLECALL_CACHE to choose
another folder). System packages are installed only by root on Debian; anyone else is told the one line to run.
TEXT
}

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
stop() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# --- setting up ------------------------------------------------------------------------------------------------

# install_packages WHY PACKAGE...: Debian packages, or one line that says what to install.
install_packages() {
  local why="$1"
  shift
  if have apt-get && [ "$(id -u)" = 0 ]; then
    say "Installing $* ($why)"
    mkdir -p "$CACHE"
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } \
      >"$CACHE/apt.log" 2>&1 || { tail -n 5 "$CACHE/apt.log" >&2; stop "apt-get could not install: $*"; }
  elif have apt-get; then
    stop "$why needs: sudo apt-get install -y --no-install-recommends $*"
  else
    stop "$why needs $* (these are Debian's names): install them with your system's package manager"
  fi
}

# need COMMAND WHY PACKAGE...: COMMAND, installed from PACKAGE... where it is missing.
need() {
  local command="$1"
  shift
  have "$command" || install_packages "$@"
  hash -r
  have "$command" || stop "$command is still missing after installing its package"
}

rust_ready() {
  have cargo || install_packages "Building the core" cargo-web rustc-web
  have cc || install_packages "Linking native Rust programs" gcc libc6-dev
  hash -r
}

# Sets WASM_CARGO and WASM_OPTIONS, the cargo that builds for wasm32 and how: with the active toolchain where that has, or can
# fetch, what it needs for the target, else with Debian's. The standard library is built from its source, which takes a fifth
# off the wasm; only where that source cannot be had it is the one that came with the toolchain.
WASM_CARGO=()
WASM_OPTIONS=()
wasm_ready() {
  rust_ready
  local sysroot rustc=rustc panics=()
  sysroot="$(rustc --print sysroot)"
  # Flags from outside would take the place of those in .cargo/config.toml.
  WASM_CARGO=(env -u RUSTFLAGS -u CARGO_ENCODED_RUSTFLAGS)
  if [ -d "$sysroot/lib/rustlib/$WASM_TARGET" ] || { have rustup && rustup target add "$WASM_TARGET" >/dev/null 2>&1; }; then
    if [ ! -f "$sysroot/lib/rustlib/src/rust/library/std/Cargo.toml" ] && ! { have rustup && rustup component add rust-src >/dev/null 2>&1; }; then
      say "No source of the standard library (rustup component add rust-src): the wasm will be a fifth larger"
      WASM_CARGO+=(cargo)
      WASM_OPTIONS=(--config "$(rustflags "$sysroot")")
      return
    fi
    WASM_CARGO+=(RUSTC_BOOTSTRAP=1 cargo)
  else
    [ -x /usr/bin/rustc ] && [ -d /usr/lib/rustlib ] && [ -n "$(ls -d /usr/src/rustc-*/library 2>/dev/null)" ] && have wasm-ld-22 \
      || install_packages "Building for wasm32" cargo-web rustc-web rust-web-src lld-22
    rustc=/usr/bin/rustc
    sysroot="$(/usr/bin/rustc --print sysroot)"
    WASM_CARGO+=(RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22 /usr/bin/cargo)
  fi
  # Rust 1.91 and later can.
  if RUSTC_BOOTSTRAP=1 "$rustc" -Zunstable-options -Cpanic=immediate-abort --print cfg >/dev/null 2>&1; then
    # Nothing in the wasm is printed for a developer.
    panics=(-Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none)
  fi
  WASM_OPTIONS=(--config .cargo/small-std.toml --config "$(rustflags "$sysroot" ${panics[@]+"${panics[@]}"})")
}

# rustflags SYSROOT FLAG...: flags as cargo's configuration adds them to those of .cargo/config.toml. Paths of this machine stay
# out of the wasm.
rustflags() {
  local flags flag
  flags="'--remap-path-prefix=$PWD=.', '--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo', '--remap-path-prefix=$1=rust'"
  shift
  for flag in "$@"; do flags+=", '$flag'"; done
  echo "target.$WASM_TARGET.rustflags = [$flags]"
}

# wasm_cargo COMMAND ARGUMENT...: a command of cargo for the library on wasm32.
wasm_cargo() {
  local command="$1"
  shift
  "${WASM_CARGO[@]}" "$command" "${WASM_OPTIONS[@]}" --quiet --locked --release --lib --target "$WASM_TARGET" --target-dir target/wasm "$@"
}

# The npm packages of tests/node, installed once for each lockfile.
node_ready() {
  need node "JavaScript tools" nodejs npm
  need npm "JavaScript tools" npm
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || stop "Node.js 20 or later is needed, this is $(node --version)"
  local packages
  packages="$CACHE/node-$(sha256sum tests/node/package-lock.json | cut -c1-16)"
  if [ ! -f "$packages/ready" ]; then
    say "Installing npm packages"
    rm -rf "$packages" && mkdir -p "$packages"
    cp tests/node/package.json tests/node/package-lock.json tests/node/.npmrc "$packages/"
    npm ci --prefix "$packages" --no-audit --no-fund --ignore-scripts >"$CACHE/npm.log" 2>&1 || { tail -n 20 "$CACHE/npm.log" >&2; stop "npm could not install tests/node/package.json"; }
    touch "$packages/ready"
  fi
  ln -sfn "$packages/node_modules" tests/node/node_modules
}

# wasm-bindgen in exactly the version of Cargo.lock: tools/bindgen, kept outside the checkout.
bindgen_ready() {
  local version
  version="$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)"
  BINDGEN="$CACHE/bin/bindgen-$version"
  [ -x "$BINDGEN" ] && return
  say "Building wasm-bindgen $version (once)"
  cargo build --quiet --locked -p bindgen --target-dir "$CACHE/build"
  mkdir -p "$CACHE/bin"
  cp "$CACHE/build/debug/bindgen" "$BINDGEN"
  rm -rf "$CACHE/build"
}

python_ready() {
  need python3 "The AWS stand-in moto" python3 python3-venv
  local venv
  venv="$CACHE/python-$(sha256sum tests/requirements.txt | cut -c1-16)"
  if [ ! -f "$venv/ready" ]; then
    say "Installing Python packages"
    rm -rf "$venv"
    python3 -m venv "$venv" >"$CACHE/python.log" 2>&1 || install_packages "A Python environment" python3-venv
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet -r tests/requirements.txt >"$CACHE/python.log" 2>&1 || { tail -n 20 "$CACHE/python.log" >&2; stop "pip could not install tests/requirements.txt"; }
    touch "$venv/ready"
  fi
  export ROLECALL_PYTHON="$venv/bin/python"
}

chromium_ready() {
  need chromium "Driving Chromium" chromium chromium-driver fonts-dejavu-core
  need chromedriver "Driving Chromium" chromium-driver
}

firefox_ready() {
  have firefox || need firefox-esr "Driving Firefox" firefox-esr fonts-dejavu-core
  geckodriver_ready
}

geckodriver_ready() {
  have geckodriver && return
  rust_ready
  say "Building geckodriver $GECKODRIVER_VERSION (once, some minutes)"
  cargo install --quiet --locked --version "$GECKODRIVER_VERSION" --root "$CACHE" geckodriver
}

# --- building --------------------------------------------------------------------------------------------------

# The leaves of the door src/wasm, a wasm and its glue for each.
WASM_FEATURES=(signin calls inspect desk setup)

# They stand in extension/wasm. One that was processed there before is left.
build_wasm() {
  wasm_ready
  node_ready
  bindgen_ready
  say "Building the core for wasm32"
  local feature built="target/wasm/$WASM_TARGET/release/rolecall.wasm" stamp
  for feature in "${WASM_FEATURES[@]}"; do
    wasm_cargo build --no-default-features --features "$feature"
    stamp="$(sha256sum "$built" "$BINDGEN" tests/node/package-lock.json build.sh | sha256sum)"
    [ "$stamp" = "$(cat "extension/wasm/.$feature" 2>/dev/null || true)" ] && continue
    "$BINDGEN" "$built" extension/wasm web "$feature"
    optimise "extension/wasm/${feature}_bg.wasm"
    echo "$stamp" >"extension/wasm/.$feature"
  done
}

# Features are named one by one: with --all-features wasm-opt writes a file that engines refuse. The lowest kilobyte of memory, which is
# said to be unused, is the far end of the stack.
optimise() {
  say "Optimising the wasm"
  node tests/node/node_modules/binaryen/bin/wasm-opt -Oz --low-memory-unused --enable-bulk-memory --enable-bulk-memory-opt \
    --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals --enable-reference-types \
    --enable-multivalue --enable-simd --strip-debug --strip-producers "$1" -o "$1.small"
  mv "$1.small" "$1"
}

build() {
  build_wasm
  say "Building the command"
  cargo build --quiet --locked -p pack
  cargo build --quiet --locked --release --bin rolecall
  target/debug/pack regions >extension/regions.js.new
  cmp -s extension/regions.js.new extension/regions.js && rm extension/regions.js.new || mv extension/regions.js.new extension/regions.js
  local browser
  for browser in chrome firefox; do
    rm -rf "dist/$browser" "dist/rolecall-$browser.zip"
    mkdir -p "dist/$browser"
    (cd extension && find . -type f \( -name '*.js' -o -name '*.css' -o -name '*.html' -o -name '*.wasm' -o -name '*.png' -o -name 'messages.json' \) -print0 \
      | tar -cf - --null -T -) | tar -xf - -C "dist/$browser"
    target/debug/pack manifest "$browser" "dist/$browser"
    target/debug/pack zip "dist/$browser" "dist/rolecall-$browser.zip"
  done
  say "Built target/release/rolecall, dist/chrome and dist/firefox ($(du -bh dist/rolecall-chrome.zip | cut -f1) zipped)"
}

# --- checking --------------------------------------------------------------------------------------------------

PASSED=0
FAILED=0

# suite NAME COMMAND...: runs a test program and adds its counts; a program that failed without naming a failed test,
# or that ran none, counts as one failure.
suite() {
  local name="$1" log status=0 passed failed
  shift
  say "$name"
  mkdir -p target/logs
  log="target/logs/${name//[^A-Za-z0-9]/-}.log"
  "$@" 2>&1 | tee "$log" || status=$?
  passed=$(sum_matches "$log" 's/^test result: [A-Za-z]*\. \([0-9]*\) passed.*/\1/p; s/^# pass \([0-9]*\)$/\1/p; s/^ℹ pass \([0-9]*\)$/\1/p')
  failed=$(sum_matches "$log" 's/^test result: .* \([0-9]*\) failed.*/\1/p; s/^# fail \([0-9]*\)$/\1/p; s/^ℹ fail \([0-9]*\)$/\1/p')
  if [ "$status" != 0 ] && [ "$failed" = 0 ]; then failed=1; fi
  if [ "$status" = 0 ] && [ "$passed" = 0 ] && [ "$failed" = 0 ]; then failed=1; fi
  PASSED=$((PASSED + passed))
  FAILED=$((FAILED + failed))
}

sum_matches() { sed -n "$2" "$1" | awk '{ sum += $1 } END { print sum + 0 }'; }

# verify NAME COMMAND...: a check that passes or fails as a whole.
verify() {
  local name="$1"
  shift
  say "$name"
  if "$@"; then PASSED=$((PASSED + 1)); else FAILED=$((FAILED + 1)); echo "build.sh: $name failed" >&2; fi
}

fast_checks() {
  wasm_ready
  node_ready
  need xmlsec1 "Judging signatures" xmlsec1
  need javac "Judging signatures" default-jdk-headless
  local shell
  for shell in bash dash zsh fish; do need "$shell" "Reading what is exported" "$shell"; done
  have cargo-clippy || [ ! -x /usr/bin/cargo ] || install_packages "Linting" rust-web-clippy
  verify "Format" cargo fmt --all --check
  verify "Clippy" cargo clippy --quiet --locked --workspace --all-targets -- -D warnings
  verify "Clippy for wasm32" wasm_cargo clippy -- -D warnings
  suite "Native tests" cargo test --locked --workspace --exclude rolecall-browser --no-fail-fast
  build
  verify "JavaScript types" node tests/node/node_modules/typescript/bin/tsc --noEmit -p tests/node
  suite "JavaScript tests" node --test --test-reporter=tap tests/node/
}

closing_line() {
  echo "$PASSED passed, $FAILED failed"
  [ "$FAILED" = 0 ]
}

check() {
  fast_checks
  closing_line
}

run_tests() {
  chromium_ready
  firefox_ready
  python_ready
  fast_checks
  verify "Add-on linter" node tests/node/node_modules/web-ext/bin/web-ext.js lint --source-dir dist/firefox --warnings-as-errors --no-config-discovery
  suite "Browser tests" cargo test --locked -p rolecall-browser --no-fail-fast -- --test-threads=2
  closing_line
}

bench() {
  chromium_ready
  firefox_ready
  build
  local status=0
  node benches/read.mjs || status=$?
  node benches/verify.mjs || status=$?
  cargo run --quiet --locked -p rolecall-browser --bin paint || status=$?
  return "$status"
}

demo() {
  local browser=""
  case " $* " in
    *" --browser firefox "*) browser=firefox ;;
    *" --browser chromium "*) browser=chromium ;;
    *) if have chromium || ! { have firefox-esr || have firefox; }; then browser=chromium; else browser=firefox; fi ;;
  esac
  rust_ready
  "${browser}_ready"
  build
  say "Building the sandbox"
  cargo build --quiet --locked -p rolecall-browser --bin demo
  exec target/debug/demo --browser "$browser" "$@"
}

case "${1:-build}" in
  build) build ;;
  demo) shift; demo "$@" ;;
  check) check ;;
  test) run_tests ;;
  bench) bench ;;
  -h | --help | help) usage ;;
  *) usage >&2; exit 2 ;;
esac
