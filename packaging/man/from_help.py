#!/usr/bin/env python3
"""from_help.py man|bash NAME MORE COMMAND…: a manual page, or a completion for bash, from what
COMMAND --help says, and the --help of each of its subcommands. MORE is a file with further sections
of the page. Whatever is said once in the program is then true in all three."""
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field


@dataclass
class Help:
    words: list = field(default_factory=list)  # relay token
    about: str = ""
    usage: str = ""
    options: list = field(default_factory=list)  # (how it is written, what it does)
    commands: list = field(default_factory=list)
    footer: list = field(default_factory=list)  # lines


def ask(program, words):
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", LC_ALL="C.UTF-8")
    asked = subprocess.run([*program, *words, "--help"], env=environment, text=True, check=True,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return asked.stdout.splitlines()


def entries(lines):
    """'  --name TEXT   what it does', which may go on in the next lines."""
    found = []
    for line in lines:
        if re.match(r" {20,}\S", line) and found:
            found[-1][1] = (found[-1][1] + " " + line.strip()).strip()
        else:
            name, _, text = line.strip().partition("  ")
            # CLI11 also says which options exclude each other, and what a flag sets.
            found.append([re.sub(r" Excludes:.*|\{false\}", "", name), text.strip()])
    return found


def read(program, words=()):
    result = Help(words=list(words))
    lines, part, collected = ask(program, words), "about", {}
    for line, following in zip(lines, [*lines[1:], ""]):
        if line.startswith("Usage:"):
            result.usage, part = line[len("Usage:"):].strip(), "about"
        elif line in ("Options:", "Subcommands:", "Positionals:"):
            part = line
        elif re.match(r"\S.*:$", line) and re.match(r" +-", following):
            part = "Options:"  # a group of them that has a name
        elif re.match(r"\S", line) and part != "about":
            part = "footer"
            collected.setdefault(part, []).append(line)
        elif line.strip() or part == "footer":
            collected.setdefault(part, []).append(line)
    result.about = " ".join(line.strip() for line in collected.get("about", []))
    result.options = entries(collected.get("Positionals:", []) + collected.get("Options:", []))
    result.footer = collected.get("footer", [])
    for name, _ in entries(collected.get("Subcommands:", [])):
        result.commands.append(read(program, [*words, name]))
    return result


def everyone(help_):
    yield help_
    for command in help_.commands:
        yield from everyone(command)


def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(['.])", r"\\&\1", text)


def option_list(help_):
    out = []
    for name, text in help_.options:
        out += [".TP", ".B " + roff(name), roff(text) or "\\&"]
    return out


def footer_sections(lines):
    """Paragraphs; one whose first line ends with a colon is a section: examples as they stand."""
    out, paragraph = [], []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
            continue
        if paragraph and paragraph[0].rstrip().endswith(":"):
            title = re.sub(r" *\(.*\)|:$", "", paragraph[0].strip())
            out += [".SH " + roff(title.rstrip(":").upper()), ".nf", *map(roff, paragraph[1:]), ".fi"]
        elif paragraph:
            out += [".SH NOTES", *map(roff, paragraph)]
        paragraph = []
    return out


def man(name, more, help_, version):
    about = re.sub(rf"^{re.escape(name)}:? *", "", help_.about).rstrip(".")
    about = about.split(":")[0] if name == "facetrack-console" else about
    usage = re.sub(r"^\S+", "", help_.usage).strip()
    page = [f'.TH {roff(name.upper())} 1 "" "facetrack {version}" "facetrack"',
            ".SH NAME", f"{name} \\- {roff(about)}", ".SH SYNOPSIS", f".B {roff(name)}", roff(usage),
            ".SH OPTIONS", *option_list(help_)]
    commands = [one for one in everyone(help_) if one.words]
    if commands:
        page += [".SH COMMANDS"]
    for command in commands:
        page += [".SS " + roff(" ".join(command.words)), roff(command.about)]
        page += option_list(Help(options=[o for o in command.options if not o[0].startswith("-h,")]))
    page += footer_sections(help_.footer)
    with open(more, encoding="utf-8") as file:
        page += [file.read().rstrip()]
    return "\n".join(page) + "\n"


def flags(help_):
    found = re.findall(r"(?<![\w-])--?[a-z][a-z-]*", " ".join(name for name, _ in help_.options))
    return list(dict.fromkeys(found))


def bash(name, help_):
    function = "_" + name.replace("-", "_")
    cases = []
    for command in everyone(help_):
        key = " ".join(command.words)
        choices = [one.words[-1] for one in command.commands] + flags(command)
        cases.append(f'    "{key}") choices="{" ".join(choices)}" ;;')
    known = "|".join(f'"{" ".join(c.words)}"' for c in everyone(help_) if c.words) or '""'
    return f"""# completion of {name} for bash, made from its --help
{function}() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} command= word= choices=
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case "${{command:+$command }}$word" in {known}) command="${{command:+$command }}$word" ;; esac
    done
    case $command in
{chr(10).join(cases)}
    esac
    COMPREPLY=($(compgen -W "$choices" -- "$current"))
    [[ ${{#COMPREPLY[@]}} -gt 0 || $current == -* ]] || COMPREPLY=($(compgen -f -- "$current"))
}}
complete -F {function} -o filenames {name}
"""


def main():
    kind, name, more, *program = sys.argv[1:]
    help_ = read(program)
    if kind == "bash":
        print(bash(name, help_), end="")
        return
    version = subprocess.run([*program, "--version"], text=True, check=True, stdout=subprocess.PIPE,
                             env=dict(os.environ, QT_QPA_PLATFORM="offscreen"))
    print(man(name, more, help_, version.stdout.split()[-1]), end="")


main()
