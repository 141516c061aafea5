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
        new = work / "new"
        keys = Keys(work / "keys", new / "keys")
        manifest = {"good": good.make(keys, new / "good", work)}
        manifest["attacks"] = attacks.make(keys, new)
        manifest["interop"] = interop.make(new / "interop", keys, *map(pathlib.Path, sys.argv[1:]))
        text = json.dumps(manifest, indent=1, ensure_ascii=False)
        (new / "manifest.json").write_text(text + "\n")
        # All of it was made: the old corpus goes.
        for part in new.iterdir():
            shutil.rmtree(OUT / part.name, ignore_errors=True)
            shutil.copytree(part, OUT / part.name) if part.is_dir() else shutil.copyfile(part, OUT / part.name)
    print({part: len(manifest[part]) for part in ("good", "attacks")}, {part: len(entries) for part, entries in manifest["interop"].items()})


main()
