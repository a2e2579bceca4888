"""Every link in the Markdown files leads to a file, a picture or a heading that is there; every page
of docs/ can be reached from another one. Links to other sites are not followed."""
import re
import sys
from pathlib import Path

root = Path(sys.argv[1]).resolve()
sys.path.insert(0, str(root / "docs/site"))
from headings import FENCE, HEADING, anchor  # noqa: E402

pages = sorted([*root.glob("*.md"), *root.glob("docs/*.md"), *root.glob("packaging/*/README.md"),
                *root.glob("tests/**/README.md")])


def prose(page):
    return FENCE.sub("", page.read_text())


def headings(page):
    return {anchor(heading) for _, heading in HEADING.findall(prose(page))}


broken, reached = [], {root / "README.md"}
for page in pages:
    for target in re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose(page))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, name = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        reached.add(file)
        if not file.exists():
            broken.append(f"{page.relative_to(root)}: there is no {target}")
        elif name and file.suffix == ".md" and name not in headings(file):
            broken.append(f"{page.relative_to(root)}: there is no heading for {target}")
for page in root.glob("docs/*.md"):
    if page not in reached:
        broken.append(f"docs/{page.name}: no page leads to it")

print(*broken, sep="\n")
print(f"{len(pages)} pages looked through, {len(broken)} broken links")
sys.exit(bool(broken))
