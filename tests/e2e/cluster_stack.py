"""The stack file of packaging/cluster, without Docker's daemon: for one, three and four nodes Docker's own client reads
it, and what services read as secrets is there, mounted, for the right user."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

CLUSTER = pathlib.Path(__file__).resolve().parents[2] / "packaging" / "cluster"
SETTINGS = {"relay": ["relay.toml"], "tables": ["upkeep.toml"], "rollup": ["upkeep.toml"],
            "retention": ["upkeep.toml"], "readers": ["readers.cfg"], "grafana": []}
# tables overrides whose password of upkeep.toml it takes.
NOT_READ = {("tables", "upkeep-password")}


def secrets_read(name, service):
    text = "".join((CLUSTER / file).read_text() for file in SETTINGS[name])
    text += str(service.get("command")) + str(service.get("environment"))
    return {secret for secret in re.findall(r"/run/secrets/([\w.-]+)", text) if (name, secret) not in NOT_READ}


def check_secrets(stack, folder):
    for name, service in stack["services"].items():
        if name == "cratedb":
            assert "secrets" not in service
            continue
        mounted = {secret["source"]: secret for secret in service.get("secrets", [])}
        assert set(mounted) == secrets_read(name, service), (name, set(mounted), secrets_read(name, service))
        users = {secret["uid"] for secret in mounted.values()}
        assert users == {{"readers": "99", "grafana": "472"}.get(name, "7420")}, (name, users)
        assert all(secret["mode"] == 0o400 for secret in mounted.values()), name
    for name, secret in stack["secrets"].items():
        file = folder / pathlib.Path(secret["file"]).name
        assert file.stat().st_mode & 0o777 == 0o600, name
    for name, config in stack["configs"].items():
        assert (CLUSTER / config["file"]).is_file(), name


def check_nodes(stack, nodes, majority):
    database = stack["services"]["cratedb"]
    settings = dict(argument[2:].split("=") for argument in database["command"][1:])
    assert settings["cluster.initial_master_nodes"] == ",".join(nodes), settings
    assert int(settings["gateway.expected_data_nodes"]) == len(nodes)
    assert int(settings["gateway.recover_after_data_nodes"]) == majority
    assert settings["discovery.seed_hosts"] == "tasks.cratedb"
    assert database["deploy"]["mode"] == "global" and database["deploy"]["endpoint_mode"] == "dnsrr"
    assert "ports" not in database
    for name, service in stack["services"].items():
        assert int(service["deploy"]["resources"]["limits"]["memory"]) >= 128 << 20, name
        check = service["healthcheck"]
        if name in ("tables", "rollup", "retention"):  # these end, and their exit status says it
            assert check["disable"], name
        else:
            assert check["test"][0].startswith("CMD") and "disable" not in check, name
            update = service["deploy"]["update_config"]
            assert update["order"] == "stop-first" and update["failure_action"] in ("pause", "rollback"), name
        if "facetrack" in service["image"]:
            assert service["cap_drop"] == ["ALL"] and service["read_only"], name
    for name in "relay", "readers", "cratedb":
        assert stack["services"][name]["deploy"]["mode"] == "global", name
    for name in "relay", "cratedb", "grafana":  # what they keep outlives their containers
        assert [volume["type"] for volume in stack["services"][name]["volumes"]] == ["volume"], name
    assert stack["networks"]["database"]["driver_opts"]["encrypted"] == "true"
    published = {port["published"] for service in stack["services"].values() for port in service.get("ports", [])}
    assert {int(port) for port in published} == {6200, 4200, 3000}, published


def printed(folder, nodes):
    text = subprocess.run([CLUSTER / "deploy", "--print", folder, *nodes], check=True, text=True,
                          stdout=subprocess.PIPE).stdout
    assert str(folder) in text and "${" not in text
    return yaml.safe_load(text)


def make_secrets(folder, *names):
    subprocess.run([CLUSTER / "make-secrets", folder, *names], check=True, capture_output=True)
    return {file.name: file.read_bytes() for file in pathlib.Path(folder).iterdir()}


def check_make_secrets(folder):
    names = "localhost", "192.0.2.7", "relay.example"
    first = make_secrets(folder, *names)
    assert make_secrets(folder, *names) == first, "a repeat changed something"
    certificate = subprocess.run(["openssl", "x509", "-noout", "-ext", "subjectAltName", "-in", f"{folder}/relay-cert.pem"],
                                 check=True, text=True, stdout=subprocess.PIPE).stdout
    assert "DNS:localhost, IP Address:192.0.2.7, DNS:relay.example" in certificate, certificate
    subprocess.run(["openssl", "verify", "-CAfile", f"{folder}/ca.pem", f"{folder}/relay-cert.pem"], check=True,
                   capture_output=True)
    before = printed(folder, ["node-1"])["secrets"]
    # Docker changes no secret in place: one that is made anew has another name, and the others keep theirs.
    (pathlib.Path(folder) / "relay-secrets").unlink()
    assert {name for name, bytes in make_secrets(folder, *names).items() if bytes != first[name]} == {"relay-secrets"}
    after = printed(folder, ["node-1"])["secrets"]
    assert {name for name in after if after[name]["name"] != before[name]["name"]} == {"relay-secrets"}


def main():
    if shutil.which("docker") is None or subprocess.run(
            ["docker", "stack", "config", "--help"], capture_output=True, check=False).returncode != 0:
        print("SKIP   : no client of Docker that knows \"stack config\"")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        check_make_secrets(folder)
        for count, majority in (1, 1), (3, 2), (4, 3):
            nodes = [f"node-{i + 1}" for i in range(count)]
            stack = printed(folder, nodes)
            check_secrets(stack, pathlib.Path(folder))
            check_nodes(stack, nodes, majority)
    print("1, 3 and 4 nodes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
