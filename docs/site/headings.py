#!/usr/bin/env python3
"""How headings are named in links, as GitHub does; and, run on a page, that page as Doxygen needs it
(FILTER_PATTERNS): names written out, since it has none of its own before 1.10; boxes of check lists; files
beside the pages (HTML_EXTRA_FILES)."""
import re
import sys
from pathlib import Path

FENCE = re.compile(r"^( *)```.*?^\1```", re.M | re.S)
HEADING = re.compile(r"^(#+ +)(.*?) *$", re.M)


def anchor(heading):
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


def unique(page, name):
    return f"{Path(page).stem.lower()}-{name}"


def for_doxygen(page, text):
    """Outside of code: headings get names, links with names lead to these."""
    title = iter([True])

    def heading(match):
        if next(title, False):
            return match[0]  # names the page itself
        return f"{match[1]}{match[2]} {{#{unique(page, anchor(match[2]))}}}"

    def prose(part):
        part = HEADING.sub(heading, part)
        part = re.sub(r"^( *)- \[ \] ", r"\1- ☐ ", part, flags=re.M)
        part = re.sub(r"\]\((?:\.\./)+[\w/.\-]*?([\w.\-]+\.(?:yaml|service))\)", r"](\1)", part)
        return re.sub(r"\]\(([\w/.\-]*\.md)?#([\w\-]+)\)",
                      lambda m: f"](#{unique(m[1] or page, m[2])})", part)

    done, at = [], 0
    for code in FENCE.finditer(text):
        done += [prose(text[at:code.start()]), code[0]]
        at = code.end()
    return "".join([*done, prose(text[at:])])


if __name__ == "__main__":
    print(for_doxygen(sys.argv[1], Path(sys.argv[1]).read_text()), end="")
