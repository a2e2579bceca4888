"""AppImages for tests: small ones, and such as nobody would make in good faith."""
import os
import struct
import subprocess
from pathlib import Path

SUPERBLOCK = "<IIIIIHHHHHHQQQQQQQQ"


def make_folder(folder, files):
    """files: name to text; bytes make a program's contents, a Path a link's target."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            file.symlink_to(content)
        else:
            file.write_bytes(content.encode() if isinstance(content, str) else content)
            if content[:2] in ("#!", b"#!"):
                file.chmod(0o755)
    return folder


def squash(folder, image, *options):
    subprocess.run(["mksquashfs", folder, image, "-quiet", "-no-progress", "-noappend", "-all-root",
                    *(options or ("-comp", "zstd", "-Xcompression-level", "3"))], check=True, stdout=subprocess.DEVNULL)
    return image.read_bytes()


def put_together(runtime, squashfs, file):
    file.unlink(missing_ok=True)  # a keeper may still be about to end
    file.write_bytes(runtime.read_bytes() + squashfs)
    file.chmod(0o755)
    return file


# Nothing packed, so that names and numbers can be changed in place.
OPEN = ("-noI", "-noD", "-noF", "-noX", "-no-xattrs")


def renamed(squashfs, old, new):
    """Every directory entry `old` is called `new`, of the same length."""
    old, new = old.encode(), new.encode()
    assert len(old) == len(new) and old in squashfs
    return squashfs.replace(old, new)


def folder_in_itself(squashfs, name):
    """The folder `name` in the root becomes the root."""
    fields = struct.unpack_from(SUPERBLOCK, squashfs)
    root = fields[11]
    assert root >> 16 == 0, "one block of inodes"
    entry = squashfs.index(name.encode(), fields[15]) - 8  # offset, number, kind, length - 1
    changed = bytearray(squashfs)
    struct.pack_into("<H", changed, entry, root & 0xFFFF)
    return bytes(changed)


def mounts_of(folder):
    return [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()
            if line.split()[1].startswith(os.fspath(folder) + "/")]
