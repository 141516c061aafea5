#!/bin/sh
# Draws extension/icons/*.png from the two SVG files beside them, with Chromium as the painter.
# Run it after changing a drawing: tools/icons.sh [chromium]
set -eu
cd "$(dirname "$0")/../extension/icons"
chromium=${1:-chromium}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

draw() { # size drawing
  cat >"$work/page.html" <<HTML
<!doctype html><body><script>
const image = new Image();
image.onload = () => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = $1;
  canvas.getContext('2d').drawImage(image, 0, 0, $1, $1);
  document.body.textContent = canvas.toDataURL('image/png').split(',')[1];
};
image.src = 'data:image/svg+xml;base64,$(base64 -w0 "$2")';
</script>
HTML
  "$chromium" --headless=new --no-sandbox --disable-gpu --force-device-scale-factor=1 --user-data-dir="$work/profile" \
    --disable-background-networking --virtual-time-budget=2000 --dump-dom "file://$work/page.html" 2>"$work/log" |
    sed -n 's/.*<body>\([A-Za-z0-9+/=]*\)<\/body>.*/\1/p' | base64 -d >"$work/icon.png"
  [ -s "$work/icon.png" ] || { echo "tools/icons.sh: $chromium drew nothing" >&2; cat "$work/log" >&2; exit 1; }
  cp "$work/icon.png" "rolecall-$1.png"
}

draw 16 rolecall-small.svg
draw 32 rolecall-small.svg
draw 48 rolecall.svg
draw 128 rolecall.svg
