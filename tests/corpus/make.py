"""Makes the corpus of signed SAML messages anew: `make.sh` sets the programs up and calls this. Keys are made, used and thrown away."""

import json
import pathlib
import shutil
import sys
import tempfile

import attacks
import good
import interop
from keys import Keys

OUT = pathlib.Path(__file__).parent.parent / "fixtures" / "signatures"


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for part in ("good", "attacks", "keys"):
            shutil.rmtree(OUT / part, ignore_errors=True)
        keys = Keys(work / "keys", OUT / "keys")
        manifest = {"good": good.make(keys, OUT / "good", work)}
        manifest["attacks"] = attacks.make(keys, OUT)
        manifest["interop"] = interop.make(OUT / "interop", keys, *map(pathlib.Path, sys.argv[1:]))
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    (OUT / "manifest.json").write_text(text + "\n")
    print({part: len(manifest[part]) for part in ("good", "attacks")}, {part: len(entries) for part, entries in manifest["interop"].items()})


main()
