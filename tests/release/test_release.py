"""packaging/release on a small repository of its own: what it refuses, that a source release is whole and the same
twice; and the list of contents (SBOM) of a Debian package made here."""
import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

ROOT = Path(sys.argv.pop(1)).resolve()


class Release(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory())
                           if hasattr(self, "enterContext") else tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.tree = self.folder / "tree"
        (self.tree / "packaging").mkdir(parents=True)
        for name in ("release", "sbom.py", "packages.txt"):
            shutil.copy(ROOT / "packaging" / name, self.tree / "packaging" / name)
        (self.tree / "CMakeLists.txt").write_text("project(facetrack VERSION 1.2.3 LANGUAGES CXX)\n")
        (self.tree / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.3\n\n- First.\n")
        self.git("init", "-q")
        self.commit()

    def git(self, *words):
        who = {f"GIT_{r}_{k}": v for r in ("AUTHOR", "COMMITTER")
               for k, v in (("NAME", "t"), ("EMAIL", "t@t"), ("DATE", "2026-01-02T03:04:05Z"))}
        subprocess.run(["git", "-C", self.tree, *words], check=True, env=os.environ | who)

    def commit(self, tag="v1.2.3"):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "all")
        self.git("tag", "-f", tag)

    def release(self, *words):
        return subprocess.run([self.tree / "packaging/release", *words], text=True, capture_output=True)

    def refused(self, words, why):
        answer = self.release(*words)
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertIn(why, answer.stderr)

    def test_an_unknown_tag_is_refused(self):
        self.refused(["v9"], "there is no tag v9")

    def test_a_tag_of_another_version_is_refused(self):
        self.git("tag", "v1.3.0")
        self.refused(["v1.3.0"], "call it v1.2.3")

    def test_a_version_without_changes_is_refused(self):
        (self.tree / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n")
        self.commit()
        self.refused(["v1.2.3"], 'no heading "## 1.2.3"')

    def test_the_source_is_the_same_twice_and_its_sums_are_right(self):
        (self.tree / "uncommitted").write_text("not in the release")
        answer = self.release("v1.2.3", "--only", "source", "--twice")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertIn("every file is the same", answer.stdout)
        out = self.tree / "build/release-v1.2.3"
        sums = dict(reversed(line.split("  ")) for line in (out / "SHA256SUMS").read_text().splitlines())
        self.assertEqual(sorted(sums), ["facetrack-1.2.3.cdx.json", "facetrack-1.2.3.tar.gz"])
        for name, digest in sums.items():
            self.assertEqual(hashlib.sha256((out / name).read_bytes()).hexdigest(), digest)
        with gzip.open(out / "facetrack-1.2.3.tar.gz") as packed:
            content = packed.read()
        self.assertIn(b"facetrack-1.2.3/CHANGELOG.md", content)
        self.assertNotIn(b"uncommitted", content)

    def test_the_list_of_contents_names_packages_and_what_they_need(self):
        control = self.folder / "deb/DEBIAN/control"
        control.parent.mkdir(parents=True)
        control.write_text("Package: facetrack-agentd\nVersion: 1\nArchitecture: all\nMaintainer: t <t@t>\n"
                           "Description: t\nDepends: libc6 (>= 2.36), opencv-data | other, libfacetrack0\n")
        debs = []
        for name in ("facetrack-agentd", "libfacetrack0"):
            control.write_text(control.read_text().replace("facetrack-agentd", name)
                               if name != "libfacetrack0" else
                               "Package: libfacetrack0\nVersion: 1\nArchitecture: all\nMaintainer: t <t@t>\n"
                               "Description: t\n")
            debs.append(self.folder / f"{name}_1_all.deb")
            subprocess.run(["dpkg-deb", "-b", self.folder / "deb", debs[-1]], check=True, stdout=subprocess.DEVNULL)
        listed = self.folder / "list"
        listed.write_text("built-with libc6 2.36-9+deb12u1 all\nbuilt-with libc6 2.36-9+deb12u1 arm64\n"
                          "image.tar.gz libqt6core6 6.4.2 amd64\n")
        image = self.folder / "image.tar.gz"
        image.write_bytes(b"")
        bom = json.loads(subprocess.run([ROOT / "packaging/sbom.py", "1.2.3", listed, *debs, image], check=True,
                                        capture_output=True, env=os.environ | {"SOURCE_DATE_EPOCH": "0"}).stdout)
        self.assertEqual((bom["bomFormat"], bom["specVersion"]), ("CycloneDX", "1.5"))
        self.assertEqual(bom["metadata"]["timestamp"], "1970-01-01T00:00:00Z")
        refs = [c["bom-ref"] for c in bom["components"]]
        self.assertEqual(len(refs), len(set(refs)))
        needs = {d["ref"]: d["dependsOn"] for d in bom["dependencies"]}
        self.assertEqual(needs["facetrack-agentd_1_all.deb"],
                         ["libfacetrack0_1_all.deb", "pkg:deb/debian/libc6@2.36-9%2Bdeb12u1?arch=all",
                          "pkg:deb/debian/opencv-data"])
        self.assertEqual(needs["image.tar.gz"], ["pkg:deb/debian/libqt6core6@6.4.2?arch=amd64"])
        scopes = {c["name"]: c.get("scope") for c in bom["components"]}
        self.assertEqual((scopes["libqt6core6"], scopes["libc6"]), ("required", "optional"))
        for needed in needs.values():
            self.assertLessEqual(set(needed), set(refs))

    def archive(self, name, container):
        """As buildah writes them, with its id and its host's name in the configuration."""
        config = {"created": "2026-01-02T03:04:05Z", "container": container, "config": {"Hostname": container, "User": "7420"}}
        files = {"layer.tar": b"files", "old.json": json.dumps(config).encode(),
                 "manifest.json": b'[{"Config": "old.json", "RepoTags": ["facetrack:1"], "Layers": ["layer.tar"]}]'}
        with tarfile.open(self.folder / name, "w") as archive:
            for path, content in files.items():
                entry = tarfile.TarInfo(path)
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
        steady = self.folder / f"steady-{name}"
        subprocess.run([ROOT / "packaging/container/steady", self.folder / name, steady, "1"], check=True)
        return steady

    def test_images_made_in_different_containers_are_the_same(self):
        one, other = self.archive("one.tar", "7a9d48cd7c22"), self.archive("other.tar", "d81a149fb548")
        self.assertEqual(one.read_bytes(), other.read_bytes())
        with tarfile.open(one) as archive:
            [image] = json.load(archive.extractfile("manifest.json"))
            config = archive.extractfile(image["Config"]).read()
            self.assertEqual(image["Config"], f"{hashlib.sha256(config).hexdigest()}.json")
            self.assertEqual(json.loads(config)["config"], {"User": "7420"})
            self.assertEqual(archive.extractfile(image["Layers"][0]).read(), b"files")


unittest.main()
