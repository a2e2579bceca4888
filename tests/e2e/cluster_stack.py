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
    published = {port["published"] for service in stack["services"].values() for port in service.get("ports", [])}
    assert {int(port) for port in published} == {6200, 4200, 3000}, published


def main():
    if shutil.which("docker") is None or subprocess.run(
            ["docker", "stack", "config", "--help"], capture_output=True, check=False).returncode != 0:
        print("SKIP   : no client of Docker that knows \"stack config\"")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([CLUSTER / "make-secrets", folder, "localhost"], check=True, capture_output=True)
        for count, majority in (1, 1), (3, 2), (4, 3):
            nodes = [f"node-{i + 1}" for i in range(count)]
            text = subprocess.run([CLUSTER / "deploy", "--print", folder, *nodes], check=True, text=True,
                                  stdout=subprocess.PIPE).stdout
            assert folder in text and "${" not in text
            stack = yaml.safe_load(text)
            check_secrets(stack, pathlib.Path(folder))
            check_nodes(stack, nodes, majority)
    print("1, 3 and 4 nodes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
