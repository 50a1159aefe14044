"""How often real texts are masked: `python -m bench.masking FILE COLUMN [FILE COLUMN …]` prints one line a file.

With `--show` it prints each hit in its surroundings as well, for a person to judge; keep that to yourself."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from pathlib import Path

from collector.commands.rows import rows
from collector.text.clean import clean
from collector.text.redact import MASKS, redact

_MASK = re.compile("|".join(re.escape(mask) for mask in MASKS.values()))


def main() -> None:
    words = [word for word in sys.argv[1:] if word != "--show"]
    for name, column in zip(words[::2], words[1::2], strict=True):
        texts = [clean(str(row.get(column) or "")) for row in rows(Path(name))]
        started = time.perf_counter()
        results = [redact(text) for text in texts]
        each = (time.perf_counter() - started) / max(1, len(texts)) * 1e6
        kinds: Counter[str] = Counter()
        for text, result in zip(texts, results, strict=True):
            kinds.update(result.kinds)
            if result.kinds and "--show" in sys.argv:
                sys.stdout.write(
                    f"  {result.kinds} {[text[max(0, m.start() - 30) : m.start() + 40] for m in _MASK.finditer(result.text)]}\n"
                )
        found = ", ".join(f"{number} {kind}" for kind, number in kinds.items()) or "none"
        sys.stdout.write(f"{Path(name).name} {column}: {len(texts):,} texts, {found}, {each:.1f} microseconds a text\n")


if __name__ == "__main__":
    main()
