"""./demo as people run it, on a screen of its own (Xvfb) and without one.

demo_on_a_desktop.py BUILD_DIR PICTURE"""
import ctypes
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

BUILD, PICTURE = sys.argv[1:3]
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds; only a hang comes near it


def until(condition, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"never: {what}")


class Demo:
    """The script with its output, in a folder for temporary files of its own."""

    def __init__(self, folder, display):
        self.folder = Path(tempfile.mkdtemp(dir=folder))
        self.output = self.folder / "output"
        environment = {**os.environ, "FACETRACK_BUILD": BUILD, "TMPDIR": str(self.folder),
                       "XDG_RUNTIME_DIR": str(folder), "QT_QPA_PLATFORM": "xcb"}
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            environment.pop(name, None)
        if display:
            environment["DISPLAY"] = display
        # A terminal's Ctrl-C reaches the whole group of processes in its foreground.
        self.process = subprocess.Popen(["./demo"], cwd=ROOT, env=environment, stdout=self.output.open("w"),
                                        stderr=subprocess.STDOUT, start_new_session=True)

    def says(self, words):
        text = self.output.read_text()
        assert self.process.poll() is None or words in text, text
        return words in text

    def agents(self):
        return re.findall(r"^  (http://\S+)", self.output.read_text(), re.M)

    def children(self):
        """What the demo has started: its folder is in the arguments of all of them."""
        found = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if str(self.folder).encode() in entry.read_bytes():
                    found.append(entry.parent.name)
            except OSError:
                pass
        return found

    def ends(self):
        status = self.process.wait(PATIENCE)
        text = self.output.read_text()
        assert status == 0, f"status {status}: {text}"
        assert not self.children(), f"left behind: {self.children()}"
        assert [file.name for file in self.folder.iterdir()] == ["output"], list(self.folder.iterdir())
        return text

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)


def viewers(url):
    with urllib.request.urlopen(f"{url}api/v1/status", timeout=5) as answer:
        return json.load(answer)["stream"]["viewers"]


def close_window(display):
    """What a click on the cross does: WM_DELETE_WINDOW to each window of the console."""
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XInternAtom.restype = x.XDefaultRootWindow.restype = ctypes.c_ulong
    handle = ctypes.c_void_p(x.XOpenDisplay(display.encode()))

    class ClientMessage(ctypes.Structure):
        _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
                    ("display", ctypes.c_void_p), ("window", ctypes.c_ulong), ("message_type", ctypes.c_ulong),
                    ("format", ctypes.c_int), ("data", ctypes.c_long * 5), ("pad", ctypes.c_long * 24)]

    root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
    children = ctypes.POINTER(ctypes.c_ulong)()
    x.XQueryTree(handle, ctypes.c_ulong(x.XDefaultRootWindow(handle)), ctypes.byref(root), ctypes.byref(parent),
                 ctypes.byref(children), ctypes.byref(count))
    protocols, delete = (x.XInternAtom(handle, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
    for i in range(count.value):
        if not x.XFetchName(handle, ctypes.c_ulong(children[i]), ctypes.byref(ctypes.c_char_p())):
            continue
        event = ClientMessage(type=33, window=children[i], message_type=protocols, format=32)
        event.data[0] = delete
        x.XSendEvent(handle, ctypes.c_ulong(children[i]), 0, ctypes.c_long(0), ctypes.byref(event))
    x.XCloseDisplay(handle)


def shown(demo, display, picture):
    """Both agents have a viewer, and the picture of the screen has many colours."""
    until(lambda: demo.says("The console opens with them."), "the demo says that it opens the console")
    agents = demo.agents()
    assert len(agents) == 2, agents
    until(lambda: all(viewers(agent) == 1 for agent in agents), "both pictures are watched")
    time.sleep(2)  # some frames
    subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-f", "x11grab", "-draw_mouse", "0",
                    "-video_size", "1280x800", "-i", display, "-frames:v", "1", picture], check=True)
    raw = subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", "-i", picture, "-f", "rawvideo", "-pix_fmt",
                          "rgb24", "-"], check=True, capture_output=True).stdout
    colours = len({raw[i:i + 3] for i in range(0, len(raw), 3)})
    assert colours > 2000, f"{colours} colours: no pictures?"
    print(f"{picture}: {colours} colours")


def main():
    missing = [tool for tool in ("Xvfb", "ffmpeg", "curl", "jq") if not shutil.which(tool)]
    if missing:
        print("SKIP   : ./demo on a desktop: not installed:", ", ".join(missing))
        sys.exit(77)
    Path(PICTURE).parent.mkdir(parents=True, exist_ok=True)
    read, write = os.pipe()
    screen = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
                              pass_fds=[write], stderr=subprocess.DEVNULL)
    display = ":" + os.read(read, 16).decode().strip()
    demos = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            demos.append(demo := Demo(folder, display))
            shown(demo, display, PICTURE)
            close_window(display)
            assert "The console was closed" in demo.ends()

            demos.append(demo := Demo(folder, display))
            until(lambda: demo.says("demo-2: running"), "the second agent's line")
            os.killpg(demo.process.pid, signal.SIGINT)
            assert "Stopping" in demo.ends()

            demos.append(demo := Demo(folder, None))
            until(lambda: demo.says("There is no desktop here"), "it says how to see the console")
            until(lambda: demo.says("demo-1: running"), "the first agent's line")
            os.killpg(demo.process.pid, signal.SIGINT)
            demo.ends()
    finally:
        for demo in demos:
            demo.end()
        screen.terminate()
        screen.wait()
    print("1 passed, 0 failed")


main()
