"""The runtime of the AppImage with small payloads: test_runtime.py RUNTIME [options of unittest]."""
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from images import (OPEN, folder_in_itself, make_folder, mounts_of, put_together, renamed, squash)

PATIENCE = 30  # seconds; only a hang comes near it
NOBODY = 65534
RUNTIME = Path(sys.argv.pop(1)).resolve() if len(sys.argv) > 1 else None

TELL = """#!/bin/sh
printf '%s\\n' "$@"
echo "APPIMAGE=$APPIMAGE"; echo "APPDIR=$APPDIR"; echo "OWD=$OWD"; echo "ARGV0=$ARGV0"
cat "$APPDIR/usr/share/words"
exit "${END_WITH:-0}"
"""
FILES = {"AppRun": TELL, "usr/share/words": "words inside\n", "usr/bin/tool": "#!/bin/sh\necho tool\n",
         "usr/lib/libone.so": Path("libone.so.1"), "usr/lib/libone.so.1": "one", "icon.svg": "<svg/>"}
WAIT = "#!/bin/sh\necho \"$APPDIR\"\nexec sleep 60\n"


def until(condition, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError(f"never: {what}")


def fuse_works():
    return os.access("/dev/fuse", os.R_OK | os.W_OK) and (os.geteuid() == 0 or shutil.which("fusermount3"))


def own_mounts():
    return os.geteuid() == 0 and subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode == 0


needs_fuse = unittest.skipUnless(fuse_works(), "no /dev/fuse or no fusermount3 here")
needs_root = unittest.skipUnless(own_mounts(), "hides /dev/fuse, is another user: needs root, and not in a plain chroot")


class Case(unittest.TestCase):
    def setUp(self):
        self.work = Path(tempfile.mkdtemp(prefix="appimage test "))  # paths with spaces throughout
        self.work.chmod(0o755)
        self.temporary = self.work / "tmp dir"
        self.temporary.mkdir()
        self.temporary.chmod(0o1777)
        self.addCleanup(self.clean)

    def clean(self):
        self.nothing_left()
        self.assertEqual(mounts_of(self.work), [], "a mount was left behind")
        shutil.rmtree(self.work)

    def squashfs(self, files, *options):
        folder = Path(tempfile.mkdtemp(dir=self.work))
        return squash(make_folder(folder / "AppDir", files), folder / "image", *options)

    def image(self, files=None, squashfs=None):
        return put_together(RUNTIME, self.squashfs(files or FILES) if squashfs is None else squashfs, self.work / "my program.AppImage")

    def environment(self, **more):
        return {"PATH": os.environ["PATH"], "TMPDIR": str(self.temporary), **more}

    def run_image(self, image, *arguments, cwd=None, before=(), **environment):
        return subprocess.run([*before, image, *arguments], cwd=cwd or self.work, env=self.environment(**environment),
                              capture_output=True, text=True, timeout=PATIENCE)

    def nothing_left(self):
        until(lambda: not list(self.temporary.iterdir()), f"all removed in {self.temporary}")

    def refused(self, result, *words):
        self.assertIn(result.returncode, (1, 127), result)
        for word in words:
            self.assertIn(word, result.stderr)


class Run(Case):
    """Each test of this class by a mount, by a copy, and where FUSE is missing in one way or another."""
    way, before = {}, ()

    def start(self, image, *arguments, **environment):
        return self.run_image(image, *arguments, before=self.before, **self.way, **environment)

    def test_arguments_and_status_are_passed_on(self):
        result = self.start(self.image(), "one", "two words", "", "--help", END_WITH="7")
        self.assertEqual(result.returncode, 7, result)
        self.assertEqual(result.stdout.split("\n")[:4], ["one", "two words", "", "--help"])
        self.assertIn("words inside", result.stdout)
        self.assertEqual(result.stderr, "")
        self.nothing_left()

    def test_program_is_told_where_it_is(self):
        self.image()
        result = self.start("./my program.AppImage")
        told = dict(line.split("=", 1) for line in result.stdout.splitlines() if "=" in line)
        self.assertEqual(told["APPIMAGE"], str(self.work / "my program.AppImage"))
        self.assertEqual(told["OWD"], str(self.work))
        self.assertEqual(told["ARGV0"], "./my program.AppImage")
        self.assertEqual(Path(told["APPDIR"]).parent, self.temporary)

    def test_a_link_to_it_works(self):
        (self.work / "link").symlink_to(self.image())
        self.assertIn(f"APPIMAGE={self.work}/my program.AppImage", self.start(self.work / "link").stdout)

    def test_nothing_stays_after_a_signal(self):
        image = self.image({"AppRun": WAIT})
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
            process = subprocess.Popen([*self.before, image], env=self.environment(**self.way), text=True,
                                       stdout=subprocess.PIPE)
            folder = process.stdout.readline().strip()
            self.assertTrue(os.path.exists(f"{folder}/AppRun") or self.before, folder)
            process.send_signal(number)
            self.assertEqual(process.wait(PATIENCE), -number)
            process.stdout.close()
            self.nothing_left()

    def test_what_the_program_started_may_outlive_it(self):
        program = "#!/bin/sh\n(while ! test -e \"$1\"; do sleep 0.02; done\ncat \"$APPDIR/words\" > \"$2\") > /dev/null 2>&1 &\n"
        result = self.start(self.image({"AppRun": program, "words": "still here"}), self.work / "go", self.work / "out")
        self.assertEqual(result.returncode, 0, result)
        (self.work / "go").touch()
        until(lambda: (self.work / "out").exists() and (self.work / "out").read_text() == "still here", "words")
        self.nothing_left()

    def test_program_may_close_all_files(self):
        program = "#!/bin/bash\nfor fd in /proc/self/fd/*; do n=${fd##*/}; [[ $n -lt 3 ]] || eval \"exec $n>&-\"; done\n" \
                  "sleep 0.2\ncat \"$APPDIR/words\"\n"
        result = self.start(self.image({"AppRun": program, "words": "still here"}))
        self.assertEqual(result.stdout, "still here", result)
        self.nothing_left()

    def test_without_standard_files(self):
        image = self.image({"AppRun": "#!/bin/sh\ncat \"$APPDIR/words\" > \"$1\"\n", "words": "inside"})
        subprocess.run(["sh", "-c", 'exec "$@" 0<&- 1>&- 2>&-', "sh", *self.before, image, self.work / "out"],
                       env=self.environment(**self.way), check=True, timeout=PATIENCE)
        self.assertEqual((self.work / "out").read_text(), "inside")
        self.nothing_left()

    def test_missing_program_is_told(self):
        self.refused(self.start(self.image({"usr/bin/tool": "x"})), "cannot start", "AppRun")
        self.nothing_left()

    def test_a_big_file_arrives_whole(self):
        data = random.Random(1).randbytes(3_000_001)
        program = "#!/bin/sh\ncmp \"$APPDIR/data\" \"$1\" && cmp \"$APPDIR/zeros\" \"$2\"\n"
        (self.work / "data").write_bytes(data)
        (self.work / "zeros").write_bytes(bytes(1_000_000))
        image = self.image({"AppRun": program, "data": data, "zeros": bytes(1_000_000)})
        result = self.start(image, self.work / "data", self.work / "zeros")
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))


@needs_fuse
class RunMounted(Run):
    def test_it_is_a_mount(self):
        image = self.image({"AppRun": "#!/bin/sh\ngrep \" $(echo \"$APPDIR\" | sed 's/ /.040/g') \" /proc/mounts\n"})
        self.assertRegex(self.start(image).stdout, r"squashfuse ro,nosuid,nodev")
        self.nothing_left()


class RunCopied(Run):
    way = {"APPIMAGE_EXTRACT_AND_RUN": "1"}

    def test_option_does_the_same(self):
        image = self.image({"AppRun": "#!/bin/sh\necho \"$# $1\"\ntest -O \"$APPDIR\" && test -w \"$APPDIR/AppRun\"\n"})
        result = self.run_image(image, "--appimage-extract-and-run", "--appimage-help")
        self.assertEqual((result.returncode, result.stdout), (0, "1 --appimage-help\n"))
        self.nothing_left()

    def test_copy_is_the_users_alone(self):
        result = self.start(self.image({"AppRun": "#!/bin/sh\nstat -c %a \"$APPDIR\"\n"}))
        self.assertEqual(result.stdout, "700\n")

    def test_broken_off_while_unpacking_nothing_stays(self):
        image = self.image({"AppRun": WAIT, **{f"data{i}": random.Random(i).randbytes(4_000_000) for i in range(8)}})
        process = subprocess.Popen([image], env=self.environment(**self.way), stdout=subprocess.DEVNULL)
        until(lambda: list(self.temporary.glob("*/data*")), "begun")
        process.kill()
        process.wait(PATIENCE)
        self.nothing_left()


@needs_root
class RunWithoutDevice(Run):
    before = ("unshare", "--mount", "sh", "-c", 'mount -t tmpfs none /dev && mknod -m 666 /dev/null c 1 3 && exec "$@"', "sh")


@needs_root
class RunWithBrokenDevice(Run):
    before = ("unshare", "--mount", "sh", "-c", 'mount --bind /dev/null /dev/fuse && exec "$@"', "sh")


@needs_root
@unittest.skipUnless(os.path.exists("/dev/fuse"), "no /dev/fuse here")
class RunWithoutHelper(Run):
    """A user who may not mount by himself, and no fusermount3."""
    before = ("unshare", "--mount", "sh", "-c",
              'helper=$(command -v fusermount3) && mount --bind /dev/null "$helper"\n'
              f'exec setpriv --reuid={NOBODY} --regid={NOBODY} --clear-groups "$@"', "sh")

    def setUp(self):
        super().setUp()
        os.chown(self.work, NOBODY, NOBODY)


@needs_root
@unittest.skipUnless(fuse_works() and shutil.which("fusermount3") and os.path.exists("/etc/mtab"),
                     "no /dev/fuse, fusermount3 or /etc/mtab here")
class RunMountedAsUser(Run):
    # As udev makes the device; without it, it is root's alone.
    before = ("unshare", "--mount", "sh", "-c",
              "mount -t tmpfs none /dev && mknod -m 666 /dev/null c 1 3 && mknod -m 666 /dev/fuse c 10 229\n"
              f'exec setpriv --reuid={NOBODY} --regid={NOBODY} --clear-groups "$@"', "sh")

    def setUp(self):
        super().setUp()
        os.chown(self.work, NOBODY, NOBODY)

    def test_it_is_a_mount(self):
        result = self.start(self.image({"AppRun": "#!/bin/sh\nstat -f -c %T \"$APPDIR\"\n"}))
        self.assertIn("fuse", result.stdout, result)


class Options(Case):
    def test_help_names_every_option(self):
        text = self.run_image(self.image(), "--appimage-help").stdout
        for option in ("help", "version", "offset", "mount", "extract", "extract-and-run"):
            self.assertIn(f"--appimage-{option} ", text)

    def test_an_unknown_option_is_refused(self):
        result = self.run_image(self.image(), "--appimage-update")
        self.assertEqual(result.returncode, 2)
        self.assertIn("--appimage-update", result.stderr)

    def test_only_the_first_argument_is_the_runtimes(self):
        result = self.run_image(self.image(), "first", "--appimage-help")
        self.assertEqual(result.stdout.split("\n")[:2], ["first", "--appimage-help"])
        self.nothing_left()

    def test_offset_is_where_the_file_system_is(self):
        image = self.image()
        offset = int(self.run_image(image, "--appimage-offset").stdout)
        self.assertEqual(image.read_bytes()[offset:offset + 4], b"hsqs")
        self.assertEqual(offset, RUNTIME.stat().st_size)

    def test_the_file_says_what_it_is(self):
        header = self.image().read_bytes()[:12]
        self.assertEqual(header[:4], b"\x7fELF")
        self.assertEqual(header[8:11], b"AI\x02")

    def test_version(self):
        self.assertRegex(self.run_image(self.image(), "--appimage-version").stdout, r"^\S.* \d+\.\d+\.\d+$")

    @needs_fuse
    def test_mount_until_interrupted(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            process = subprocess.Popen([self.image(), "--appimage-mount"], env=self.environment(), text=True,
                                       stdout=subprocess.PIPE)
            folder = Path(process.stdout.readline().rstrip("\n"))
            self.assertEqual((folder / "usr/share/words").read_text(), "words inside\n")
            self.assertEqual(os.readlink(folder / "usr/lib/libone.so"), "libone.so.1")
            with self.assertRaises(OSError):
                (folder / "new").write_text("no")
            process.send_signal(number)
            self.assertEqual(process.wait(PATIENCE), 0)
            process.stdout.close()
            self.assertFalse(folder.exists(), "all is away when it has ended")

    @needs_root
    def test_mount_without_fuse_says_what_to_do(self):
        self.refused(self.run_image(self.image(), "--appimage-mount", before=RunWithoutDevice.before),
                     "fusermount3", "--appimage-extract")
        self.nothing_left()


class Extract(Case):
    def extract(self, image, *pattern, status=0, **more):
        result = self.run_image(image, "--appimage-extract", *pattern, **more)
        self.assertEqual(result.returncode, status, result)
        return result

    def written(self):
        root = self.work / "squashfs-root"
        return sorted(str(file.relative_to(root)) for file in root.rglob("*") if file.is_symlink() or not file.is_dir())

    def test_everything(self):
        output = self.extract(self.image()).stdout
        self.assertEqual(self.written(), sorted(FILES))
        self.assertIn("squashfs-root/usr/share/words\n", output)
        root = self.work / "squashfs-root"
        self.assertEqual(os.readlink(root / "usr/lib/libone.so"), "libone.so.1")
        self.assertTrue(os.access(root / "AppRun", os.X_OK))
        self.assertFalse((root / "icon.svg").stat().st_mode & stat.S_IXUSR)

    def test_again_replaces(self):
        image = self.image()
        self.extract(image)
        (self.work / "squashfs-root/icon.svg").write_text("changed")
        self.extract(image)
        self.assertEqual((self.work / "squashfs-root/icon.svg").read_text(), "<svg/>")

    def test_pattern(self):
        for pattern, expected in (("usr/bin/*", ["usr/bin/tool"]), ("*.svg", ["icon.svg"]),
                                  ("./AppRun", ["AppRun"]), ("usr/share", ["usr/share/words"]),
                                  ("usr/*/libone*", ["usr/lib/libone.so", "usr/lib/libone.so.1"])):
            with self.subTest(pattern):
                self.extract(self.image(), pattern)
                self.assertEqual(self.written(), expected)
                shutil.rmtree(self.work / "squashfs-root")

    def test_pattern_of_nothing_is_told(self):
        self.assertIn("no/such", self.extract(self.image(), "no/such", status=1).stderr)
        self.assertFalse((self.work / "squashfs-root").exists())

    def test_gzip(self):
        self.extract(self.image(squashfs=self.squashfs(FILES, "-comp", "gzip")))
        self.assertEqual(self.written(), sorted(FILES))

    def test_another_packing_is_refused(self):
        image = self.image(squashfs=self.squashfs(FILES, "-comp", "xz"))
        self.assertIn("zstd", self.extract(image, status=1).stderr)

    def test_folders_without_rights_can_be_removed_again(self):
        folder = make_folder(self.work / "AppDir", {"AppRun": TELL, "closed/file": "x"})
        (folder / "closed").chmod(0o500)
        image = self.image(squashfs=squash(folder, self.work / "image"))
        self.run_image(image, "--appimage-extract-and-run")
        self.nothing_left()

    @needs_root
    def test_read_only_folder(self):
        image = self.image()
        closed = self.work / "closed"
        closed.mkdir(0o555)
        before = RunMountedAsUser.before
        self.assertIn("make the folder", self.extract(image, cwd=closed, before=before, status=1).stderr)
        result = self.run_image(image, "one", cwd=closed, before=before, TMPDIR=str(closed))
        self.assertIn("words inside", result.stdout, "it runs from /tmp then")


class Hostile(Case):
    """Images made by somebody who wants to write elsewhere, or to have us fall over."""
    def setUp(self):
        super().setUp()
        self.outside = self.work / "outside"
        self.outside.mkdir()
        (self.outside / "file").write_text("untouched")

    def untouched(self):
        self.assertEqual({file.name: file.read_text() for file in self.outside.iterdir()}, {"file": "untouched"})
        self.assertFalse((self.work / "evil").exists())

    def refused_everywhere(self, image, *words):
        self.refused(self.run_image(image, "--appimage-extract"), *words)
        self.refused(self.run_image(image, "--appimage-extract-and-run"), *words)
        self.nothing_left()
        self.untouched()

    def test_names_that_lead_out(self):
        for name, evil in (("XXXevil", "../evil"), ("Xevil", "/evil"), ("aXevil", "a/evil"), ("XX", ".."), ("X", "."),
                           ("Xevil", "\0evil")):
            with self.subTest(evil):
                files = {name: "evil", "AppRun": TELL} if len(name) > 2 else {f"{name}/evil": "evil", "AppRun": TELL}
                image = self.image(squashfs=renamed(self.squashfs(files, *OPEN), name, evil))
                self.refused_everywhere(image, "refused")

    def test_links_are_kept_and_not_followed(self):
        image = self.image({"AppRun": "#!/bin/sh\nreadlink \"$APPDIR/out\" \"$APPDIR/up\"\n", "out": self.outside,
                            "up": Path("../../outside/new")})
        result = self.run_image(image, "--appimage-extract-and-run")
        self.assertEqual(result.stdout, f"{self.outside}\n../../outside/new\n", result)
        self.nothing_left()
        self.untouched()

    def test_a_folder_of_a_links_name_is_not_written_through_it(self):
        files = {"AppRun": TELL, "placeA": self.outside, "placeB/file": "evil", "placeB/new": "evil"}
        self.refused_everywhere(self.image(squashfs=renamed(self.squashfs(files, *OPEN), "placeB", "placeA")), "placeA")

    def test_a_file_of_a_links_name_is_not_written_through_it(self):
        files = {"AppRun": TELL, "placeA": self.outside / "file", "placeB": "evil"}
        image = self.image(squashfs=renamed(self.squashfs(files, *OPEN), "placeB", "placeA"))
        self.run_image(image, "--appimage-extract")
        self.untouched()

    def test_links_that_lie_in_wait_are_not_followed(self):
        (self.work / "squashfs-root").symlink_to(self.outside)
        self.refused(self.run_image(self.image(), "--appimage-extract"), "folder")
        self.untouched()
        (self.work / "squashfs-root").unlink()
        (self.work / "squashfs-root").mkdir()
        (self.work / "squashfs-root/usr").symlink_to(self.outside)
        self.refused(self.run_image(self.image(), "--appimage-extract"), "folder")
        self.untouched()

    def test_a_folder_inside_itself(self):
        image = self.image(squashfs=folder_in_itself(self.squashfs({"AppRun": TELL, "inner/file": "x"}, *OPEN), "inner"))
        self.refused(self.run_image(image, "--appimage-extract-and-run"), "no end")
        self.nothing_left()

    @needs_root
    def test_devices_are_not_made(self):
        folder = make_folder(self.work / "AppDir", {"AppRun": TELL})
        os.mknod(folder / "memory", 0o666 | stat.S_IFCHR, os.makedev(1, 1))
        self.refused_everywhere(self.image(squashfs=squash(folder, self.work / "image")), "memory", "refused")

    @needs_root
    def test_nobody_becomes_root_by_it(self):
        folder = make_folder(self.work / "AppDir", {"AppRun": TELL, "root": "#!/bin/sh\n"})
        (folder / "root").chmod(0o6755)
        self.run_image(self.image(squashfs=squash(folder, self.work / "image")), "--appimage-extract")
        self.assertEqual(stat.S_IMODE((self.work / "squashfs-root/root").stat().st_mode), 0o755)

    def test_broken_off_download(self):
        image = self.image()
        whole = image.read_bytes()
        runtime = RUNTIME.stat().st_size
        for size in (len(whole) - 4096, runtime + 50, runtime):
            image = self.image(squashfs=whole[runtime:size])
            self.refused_everywhere(image, "my program.AppImage")
            self.refused(self.run_image(image), "my program.AppImage")
            self.nothing_left()

    def test_no_file_system(self):
        self.refused_everywhere(self.image(squashfs=bytes(5000)), "holds no program")

    def test_flipped_bytes_never_bring_it_down(self):
        seed = int(os.environ.get("FACETRACK_FUZZ_SEED", time.time_ns() % 1_000_000))
        print(f"FACETRACK_FUZZ_SEED={seed}", flush=True)
        chance = random.Random(seed)
        good = {kind: self.squashfs(FILES, *options) for kind, options in (("packed", ()), ("open", OPEN))}
        for attempt in range(60):
            squashfs = bytearray(good["open" if attempt % 3 else "packed"])
            used = int.from_bytes(squashfs[40:48], "little")
            for _ in range(chance.choice((1, 1, 4, 30))):
                squashfs[chance.randrange(used) if attempt % 2 else chance.randrange(96)] = chance.randrange(256)
            image = self.image(squashfs=bytes(squashfs))
            for arguments, statuses in ((["--appimage-extract"], (0, 1)), (["--appimage-extract-and-run"], None), ([], None)):
                result = subprocess.run([image, *arguments], cwd=self.work, env=self.environment(), text=True,
                                        errors="replace", capture_output=True, timeout=PATIENCE)
                # A script that is damaged ends as it likes.
                self.assertTrue(result.returncode in statuses if statuses else result.returncode >= 0, f"{attempt}: {result}")
                self.assertTrue(result.returncode == 0 or result.stderr, f"{attempt}: {result}")
            shutil.rmtree(self.work / "squashfs-root", ignore_errors=True)
            self.untouched()


def main():
    if RUNTIME is None or not RUNTIME.exists() or not shutil.which("mksquashfs"):
        print("SKIP   : the AppImage's runtime: needs squashfs-tools, libsquashfuse-dev, libfuse3-dev, libzstd-dev")
        sys.exit(77)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored ones would stay so in the programs
    del globals()["Case"]
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    suite = unittest.TestSuite(test for group in suite for test in group if type(test) is not Run)
    if len(sys.argv) > 1:
        suite = unittest.TestSuite(test for test in suite if any(word in test.id() for word in sys.argv[1:]))
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    for reason in sorted({reason for _, reason in result.skipped}):
        print("SKIP   : the AppImage's runtime, in part:", reason)
    sys.exit(not result.wasSuccessful())


if __name__ == "__main__":
    main()
