#!/usr/bin/env python3
"""sbom.py VERSION LIST FILE…: what is in a release, as CycloneDX 1.5 JSON on standard output. Each FILE is a
component with its checksum; a Debian package is said to need what its Depends names. LIST has the packages that it
was built with, and those inside FILEs, one a line: built-with or the FILE's name, NAME VERSION ARCHITECTURE. Its time
is SOURCE_DATE_EPOCH, so that the same release has the same list."""
import collections
import hashlib
import json
import os
import re
import subprocess
import sys
import time
import uuid
from pathlib import Path


def purl(name, version, architecture):
    return f"pkg:deb/debian/{name}@{version.replace(':', '%3A').replace('+', '%2B')}?arch={architecture}"


def component_of(file):
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return {"bom-ref": file.name, "type": "application", "name": file.name, "version": version,
            "licenses": [{"license": {"id": "GPL-3.0-or-later"}}],
            "hashes": [{"alg": "SHA-256", "content": digest}]}


def needs_of(file):
    """Names in a package's Depends; of alternatives the first."""
    depends = subprocess.run(["dpkg-deb", "-f", file, "Depends"], check=True, text=True,
                             capture_output=True).stdout
    return sorted({re.split(r"[ (|:]", part.strip())[0] for part in depends.split(",") if part.strip()})


version, listed, *files = sys.argv[1:]
files = sorted(map(Path, files))
components = [component_of(file) for file in files]
known, inside, dependencies = {}, collections.defaultdict(set), []
for line in sorted(set(Path(listed).read_text().splitlines())):
    where, *package = line.split()
    known[purl(*package)] = package
    if where != "built-with":
        inside[where].add(purl(*package))
within = set().union(*inside.values())
components += [{"bom-ref": ref, "type": "library", "name": name, "version": of, "purl": ref,
                "scope": "required" if ref in within else "optional"} for ref, (name, of, _) in sorted(known.items())]
refs = {(name, architecture): ref for ref, (name, _, architecture) in known.items()}
refs |= {tuple(file.stem.split("_")[::2]): file.name for file in files if file.suffix == ".deb"}
for file in files:
    if file.suffix == ".deb":
        architecture, needs = file.stem.split("_")[2], set()
        for name in needs_of(file):
            ref = refs.get((name, architecture)) or refs.get((name, "all"))
            if not ref:
                ref = refs[name, "all"] = f"pkg:deb/debian/{name}"  # in a version that the machine has
                components.append({"bom-ref": ref, "type": "library", "name": name, "purl": ref})
            needs.add(ref)
        dependencies.append({"ref": file.name, "dependsOn": sorted(needs)})
    elif file.name in inside:
        dependencies.append({"ref": file.name, "dependsOn": sorted(inside[file.name])})

seed = "".join(c["hashes"][0]["content"] for c in components if "hashes" in c)
when = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())))
print(json.dumps({
    "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
    "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, seed)}",
    "metadata": {"timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", when),
                 "component": {"bom-ref": "facetrack", "type": "application", "name": "facetrack",
                               "version": version}},
    "components": components, "dependencies": dependencies}, indent=1))
