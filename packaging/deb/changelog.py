#!/usr/bin/env python3
"""changelog.py CHANGELOG.md VERSION MAINTAINER OUT: the newest section as Debian's compressed changelog.
Its date is SOURCE_DATE_EPOCH, or now."""
import email.utils
import gzip
import os
import re
import sys
import textwrap
import time

source, version, maintainer, out = sys.argv[1:]
with open(source, encoding="utf-8") as file:
    sections = re.split(r"^## .*$", file.read(), flags=re.M)
entries = [" ".join(entry.split()) for entry in re.split(r"^- ", sections[1], flags=re.M)[1:]]

lines = [f"facetrack ({version}) unstable; urgency=medium", ""]
for entry in entries:
    lines += textwrap.wrap(entry, 76, initial_indent="  * ", subsequent_indent="    ",
                           break_long_words=False, break_on_hyphens=False)
date = email.utils.formatdate(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())))
lines += ["", f" -- {maintainer}  {date.replace('-0000', '+0000')}", ""]
with open(out, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
    packed.write("\n".join(lines).encode())
