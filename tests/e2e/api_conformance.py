"""A running agent is held to resources/openapi.yaml by schemathesis, and to 4xx for what is hostile.

api_conformance.py AGENTD WORK: WORK keeps the virtual environment between runs."""
import os
import random
import socket
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

AGENTD, WORK = sys.argv[1], Path(sys.argv[2])
HERE = Path(__file__).parent
PATIENCE = 60  # seconds; only a hang comes near it
EXAMPLES = int(os.environ.get("FACETRACK_API_EXAMPLES", "15"))  # for each operation


def environment():
    """Makes the virtual environment, or says aloud why there is none."""
    python = WORK / "bin" / "python"
    requirements = HERE / "requirements.txt"
    stamp = WORK / "installed.txt"
    if stamp.exists() and stamp.read_text() == requirements.read_text():
        return python
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", WORK], capture_output=True, text=True)
    if made.returncode == 0:
        made = subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                               "--only-binary", ":all:", "--retries", "1", "--timeout", "15",
                               "-r", requirements], capture_output=True, text=True)
    if made.returncode != 0:
        reason = (made.stderr or made.stdout).strip().splitlines()
        print("SKIP   : schemathesis cannot be installed:", reason[-1] if reason else "no reason given")
        sys.exit(77)
    stamp.write_text(requirements.read_text())
    return python


def answer_to(address, request, chunks=()):
    """The status of the answer to raw bytes; 0 when the agent closed without one."""
    with socket.create_connection(address, timeout=PATIENCE) as connection:
        try:
            connection.sendall(request)
            for chunk in chunks:
                connection.sendall(chunk)
        except OSError:
            pass  # it has answered and closed already
        received = b""
        try:
            while b"\r\n" not in received:
                piece = connection.recv(4096)
                if not piece:
                    break
                received += piece
        except OSError:
            pass
    return int(received.split()[1]) if received.startswith(b"HTTP/1.1 ") else 0


def head(method, path, length, content_type="application/json"):
    return (f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {content_type}\r\n"
            f"Content-Length: {length}\r\nConnection: close\r\n\r\n").encode()


def hostile(address):
    """What strangers send is refused with 4xx, wherever a body is taken."""
    bodies = {
        "malformed": b'{"detect":',
        "no object": b"[]",
        "a number": b"7",
        "null": b"null",
        "not UTF-8": b'{"name": "\xff"}',
        "a lone surrogate": b'{"name": "\\ud800"}',
        "a key twice": b'{"name": "a", "name": "b"}',
        "deep arrays": b"[" * 200_000,
        "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "a huge number": b'{"detect": {"min_neighbors": 1e999}}',
        "wrong types": b'{"detect": [], "name": {}, "values": 3}',
        "a long key": b'{"' + b"k" * 900_000 + b'": 1}',
    }
    wrong = []
    for method, path in (("PATCH", "/api/v1/tuning"), ("PUT", "/api/v1/agent"), ("PUT", "/api/v1/presets/x")):
        for name, body in bodies.items():
            status = answer_to(address, head(method, path, len(body)) + body)
            if not 400 <= status < 500:
                wrong.append(f"{method} {path}, {name}: {status}")
        large = answer_to(address, head(method, path, 10_000_000), (b" " * 100_000 for _ in range(100)))
        if large != 413:
            wrong.append(f"{method} {path}, 10 MB: {large}")
    for path in ("/api/v1/tuning/undo", "/api/v1/identify", "/api/v1/presets/none/apply"):
        large = answer_to(address, head("POST", path, 10_000_000), (b" " * 100_000 for _ in range(100)))
        if large != 413:
            wrong.append(f"POST {path}, 10 MB: {large}")
    assert not wrong, "\n".join(wrong)


def conform(python, url, folder):
    seed = random.randrange(2**32)
    command = [
        python.with_name("schemathesis"), "run", url + "api/v1/openapi.yaml", "--url", url,
        "--exclude-path", "/stream.mjpg", "--exclude-path", "/api/v1/events",  # they never end
        "--phases", "examples,coverage,fuzzing", "--mode", "all", "--max-examples", str(EXAMPLES),
        "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,"
                    "response_headers_conformance,response_schema_conformance,"
                    "unsupported_method,allow_header_conformance",
        "--request-timeout", "30", "--seed", str(seed), "--generation-database", "none",
        "--warnings", "off", "--no-color",
    ]
    print("seed", seed, flush=True)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
    print(done.stdout[-8000:] if done.returncode else done.stdout[-1500:])
    assert done.returncode == 0, done.stderr[-2000:]


def main():
    python = environment()
    with tempfile.TemporaryDirectory() as folder:
        agent = subprocess.Popen(
            [AGENTD, "run", "--source", "synthetic:booth?seed=1&people=2&size=320x240&fps=5",
             "--listen", "127.0.0.1:0", "--state-dir", folder + "/state", "--insecure-loopback"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            url = agent.stdout.readline().removeprefix("ready ").strip()
            assert url.startswith("http://"), url
            parts = urlsplit(url)
            hostile((parts.hostname, parts.port))
            conform(python, url, folder)
            assert agent.poll() is None, "the agent has ended"
            assert urllib.request.urlopen(url + "api/v1/status", timeout=PATIENCE).status == 200
        finally:
            agent.terminate()
            assert agent.wait(PATIENCE) == 0, agent.returncode
    print("1 passed, 0 failed")


main()
