"""The same document gives the same bytes, whatever the process, the hash seed or the day."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SCRIPT = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
import kitchen_sink as sink
from broadsheet.writers.docx import DOCX
from broadsheet.writers.html import HTML
from broadsheet.writers.json import JSON
from broadsheet.writers.md import MD
from broadsheet.writers.txt import TXT
for writer in (DOCX, HTML, JSON, MD, TXT):
    for document in (sink.kitchen_sink(control="\\0\\x0b"), sink.empty()):
        print(writer.name, hashlib.sha256(sink.written(writer, document)).hexdigest())
"""


def hashes(seed: str, zone: str, locale: str) -> list[str]:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(HERE)], env=environment, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def test_two_processes_with_other_hash_seeds_time_zones_and_locales_write_the_same_bytes():
    one, other = hashes("1", "UTC", "C.UTF-8"), hashes("4242", "Asia/Shanghai", "POSIX")
    assert one == other
    assert len(one) == 10


def test_importing_the_writers_loads_no_heavy_library():
    code = (
        "import sys, broadsheet.writers.docx, broadsheet.writers.html, broadsheet.writers.md, broadsheet.writers.txt, broadsheet.writers.json;"
        "print(sorted({'docx', 'lxml', 'reportlab', 'ebooklib'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"
