"""on_stand_in.py FAKE_CRATEDB NODES TEST: runs a live test against the stand-in CrateDB."""
import os
import subprocess
import sys

fake = subprocess.Popen([sys.argv[1], "--nodes", sys.argv[2]], stdout=subprocess.PIPE, text=True)
try:
    urls = []
    for line in fake.stdout:
        word, url = line.split()
        if word == "control":
            break
        urls.append(url.rstrip("/"))
    environment = dict(os.environ, FACETRACK_CRATEDB_URL=",".join(urls))
    sys.exit(subprocess.run(sys.argv[3:], env=environment, check=False).returncode)
finally:
    fake.kill()
    fake.wait()
