#!/usr/bin/python3
"""The AppImage in one chroot, for packaging/appimage/try: try_in_root.py ROOT NAME SHOTS, in namespaces of
mounts, processes and network of its own; try_in_root.py --compare SHOTS, when all were tried."""
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

WIDTH, HEIGHT, STARTS = 1280, 800, 6
DISPLAY = ":97"
WANTED = 2.0  # seconds from start to window, warm, on a quiet machine
PATIENCE = 60
USER = "1000"


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True)


def furnish(root):
    """What a running system has and a chroot has not."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    mount("-t", "proc", "proc", root / "proc")
    mount("-t", "tmpfs", "tmpfs", root / "tmp")
    mount("-t", "tmpfs", "tmpfs", root / "dev")
    for name, major, minor in (("null", 1, 3), ("zero", 1, 5), ("full", 1, 7), ("random", 1, 8), ("urandom", 1, 9),
                               ("tty", 5, 0), ("fuse", 10, 229)):
        os.mknod(root / "dev" / name, 0o666 | 0o020000, os.makedev(major, minor))
        os.chmod(root / "dev" / name, 0o666)
    (root / "dev/shm").mkdir()
    mount("-t", "tmpfs", "tmpfs", root / "dev/shm")
    os.chmod(root / "tmp", 0o1777)
    home = root / "tmp/home"
    home.mkdir()
    os.chown(home, int(USER), int(USER))
    if not os.path.lexists(root / "etc/mtab"):
        (root / "etc/mtab").symlink_to("../proc/self/mounts")


def started(root, *command, user=None, **environment):
    who = [f"--userspec={user}:{user}"] if user else []
    return subprocess.Popen(["chroot", *who, root, "/usr/bin/env", "-i", "PATH=/usr/bin:/bin", "LANG=C.UTF-8",
                             f"DISPLAY={DISPLAY}", "HOME=/tmp/home", *(f"{k}={v}" for k, v in environment.items()),
                             *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def drain(process):
    """So that the program is not held up by a full pipe."""
    threading.Thread(target=lambda: [None for _ in process.stderr], daemon=True).start()


def until(condition, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise SystemExit(f"try: never: {what}")


def grab(file=None):
    """The screen as bytes of RGB, and as a file."""
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-f", "x11grab", "-draw_mouse", "0", "-video_size",
               f"{WIDTH}x{HEIGHT}", "-i", DISPLAY, "-frames:v", "1", "-pix_fmt", "rgb24"]
    if file:
        subprocess.run([*command, "-y", file], check=True)
        return pixels(file)
    return subprocess.run([*command, "-f", "rawvideo", "-"], check=True, capture_output=True).stdout


def pixels(file, size=None):
    scale = ["-vf", f"scale={size}:flags=area"] if size else []
    return subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", "-i", file, *scale, "-pix_fmt", "rgb24", "-f",
                           "rawvideo", "-"], check=True, capture_output=True).stdout


def wall(screen):
    """The middle of the window, where the pictures are."""
    left, right = WIDTH * 3 // 10 * 3, WIDTH * 7 // 10 * 3
    rows = range(HEIGHT // 4, HEIGHT * 3 // 5)
    return b"".join(screen[row * WIDTH * 3 + left:row * WIDTH * 3 + right] for row in rows)


def colours(part):
    return len({part[i:i + 3] for i in range(0, len(part), 3)})


def changed(one, other):
    """The share of pixels that differ by more than what an encoder does."""
    return sum(abs(a - b) > 12 for a, b in zip(one[::3], other[::3])) / (len(one) / 3)


def windows():
    listed = subprocess.run(["xwininfo", "-display", DISPLAY, "-root", "-tree"], capture_output=True, text=True)
    return re.findall(r'"([^"]*)": \("facetrack-console"[^)]*\)\s+(\d+)x(\d+)\+', listed.stdout)


def painted(process):
    """Seconds from the start of the process, as the console tells them of itself."""
    for line in process.stderr:
        found = re.search(r"window painted (\d+) ms after the start", line)
        if found:
            return int(found[1]) / 1000
    raise SystemExit("try: no window")


def nothing_left(root):
    until(lambda: not list((root / "tmp").glob("appimage-*")), "its mount or copy is gone")


def programs(root, *beginnings):
    """What runs under such names: folders of /proc."""
    found = []
    for folder in (root / "proc").glob("[0-9]*"):
        try:
            if (folder / "comm").read_text().startswith(beginnings):
                found.append(folder)
        except OSError:  # ended meanwhile
            pass
    return found


def cpu(root):
    """Seconds that the program has used since its start, with the copying and the serving of its mount."""
    total = 0
    for folder in programs(root, "facetrack-conso", "appimage-keeper"):
        total += sum(map(int, (folder / "stat").read_text().rpartition(")")[2].split()[11:15]))
    return total / os.sysconf("SC_CLK_TCK")


def ended(root, process):
    process.send_signal(signal.SIGTERM)
    process.wait(PATIENCE)
    nothing_left(root)


def look_at_demo(root, name, shots, **way):
    process = started(root, "/opt/program.AppImage", "--demo", "--theme", "light", "--size", f"{WIDTH}x{HEIGHT}",
                      user=USER, QT_LOGGING_RULES="facetrack.console.debug=true", **way)
    painted(process)
    drain(process)
    window = until(lambda: [w for w in windows() if int(w[1]) > 600], "a window of the console")[0]
    first = until(lambda: (lambda s: s if colours(wall(s)) > 2000 else None)(grab()), "pictures on the wall")
    time.sleep(1)  # the pictures move
    second = grab(shots / f"{name}.png")
    share = changed(wall(first), wall(second))
    if share < 0.01:
        raise SystemExit(f"try: {name}: the pictures stand still ({share:.2%} of them changed in a second)")
    ended(root, process)
    print(f"{name}: window \"{window[0]}\" {window[1]}x{window[2]}, {colours(wall(second))} colours on the wall, "
          f"{share:.0%} of it changed in a second", flush=True)


def quick_start(root, name, documentation):
    """The commands of docs/quick-start.md, as written, by somebody who has just got the file."""
    section = documentation.read_text().split("## With one file")[1].split("\n## ")[0]
    commands = textwrap.dedent(re.search(r"^1\. ```\n(.*?)^ *```", section, re.M | re.S)[1])
    home = root / "tmp/home"
    got = home / "facetrack-console-1.2.3-x86_64.AppImage"
    shutil.copyfile(root / "opt/program.AppImage", got)
    os.chown(got, int(USER), int(USER))
    got.chmod(0o644)
    begun = time.monotonic()
    process = started(root, "/bin/bash", "-ec", f"cd\n{commands}", user=USER)
    drain(process)
    until(lambda: [w for w in windows() if int(w[1]) > 600], "a window of the console")
    window = time.monotonic() - begun
    until(lambda: colours(wall(grab())) > 2000, "pictures on the wall")
    pictures = time.monotonic() - begun
    for folder in programs(root, "facetrack-conso"):
        os.kill(int(folder.name), signal.SIGTERM)  # as closing the window: agents and mount have to go with it
    if process.wait(PATIENCE) != 0:
        raise SystemExit(f"try: {name}: the quick start ended with status {process.returncode}")
    nothing_left(root)
    until(lambda: not programs(root, "facetrack"), "its agents have ended")
    got.unlink()
    print(f"{name}: {'; '.join(commands.split(chr(10))[:-1])}: window after {window:.1f} s, pictures after {pictures:.1f} s; "
          "nothing left when it ended", flush=True)


def starts(root, name, **way):
    times, work = [], []
    for _ in range(STARTS):
        process = started(root, "/opt/program.AppImage", "--no-discovery", "--no-keychain", "--settings",
                          "/tmp/home/console.ini", user=USER, QT_LOGGING_RULES="facetrack.console.debug=true", **way)
        times.append(painted(process))
        work.append(cpu(root))
        ended(root, process)
    warm = times[1:]
    print(f"{name}: start to painted window: first {times[0]:.2f} s, then {statistics.median(warm):.2f} s "
          f"(median), {max(warm):.2f} s (worst of {len(warm)}); CPU {statistics.median(work[1:]):.2f} s, "
          f"load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores", flush=True)
    if statistics.median(warm) > WANTED:
        print(f"{name}: more than the {WANTED:.0f} s wanted on a quiet machine", flush=True)


def other_programs(root, name):
    """By links: an agent, and the fleet command, which meets it over TLS."""
    script = """cd "$HOME" && ln -sf /opt/program.AppImage facetrack && ln -sf /opt/program.AppImage facetrack-agentd
        ./facetrack-agentd run --source synthetic:booth --listen 127.0.0.1:0 --state-dir agent > ready 2> agent.log &
        for try in $(seq 300); do grep -q ^ready ready && break; sleep 0.1; done
        read -r _ url fingerprint < ready
        ./facetrack-agentd token --state-dir agent | ./facetrack pair "$url" --fingerprint "$fingerprint" --token-file - &&
            ./facetrack status >&2
        kill $!; wait"""
    process = started(root, "/bin/bash", "-c", script, user=USER)
    told = process.communicate(timeout=PATIENCE)[1]
    if not re.search(r"running +\d", told):
        raise SystemExit(f"try: {name}: agent and fleet command: {told}")
    print(f"{name}: an agent by link, met over TLS by the fleet command", flush=True)
    nothing_left(root)


def main(root, name, shots):
    shots.mkdir(exist_ok=True)
    furnish(root)
    screen = started(root, "Xvfb", DISPLAY, "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp")
    drain(screen)
    until(lambda: subprocess.run(["xwininfo", "-display", DISPLAY, "-root"], capture_output=True).returncode == 0,
          "a screen")
    for kind, way in (("mount", {}), ("copy", {"APPIMAGE_EXTRACT_AND_RUN": "1"})):
        look_at_demo(root, f"{name}-{kind}", shots, **way)
        starts(root, f"{name}-{kind}", **way)
    other_programs(root, name)
    quick_start(root, name, Path(__file__).resolve().parents[2] / "docs/quick-start.md")
    # And by itself where there is no FUSE.
    (root / "dev/fuse").unlink()
    look_at_demo(root, f"{name}-no-fuse", shots)


def compare(shots):
    """All screens show the same in the large; people move, so not in detail."""
    files = sorted(shots.glob("*.png"))
    first = pixels(files[0], "32:20")
    for file in files[1:]:
        other = pixels(file, "32:20")
        difference = sum(abs(a - b) for a, b in zip(first, other)) / len(first)
        print(f"{file.name} against {files[0].name}: {difference:.1f} of 255 apart")
        if difference > 12:
            raise SystemExit("try: that looks different: look at both")


if __name__ == "__main__":
    if sys.argv[1] == "--compare":
        compare(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
