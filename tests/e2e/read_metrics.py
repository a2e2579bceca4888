"""Reads /metrics with the Prometheus client's own parser and checks what must be there."""
import sys
import urllib.request

from prometheus_client.parser import text_string_to_metric_families

with urllib.request.urlopen(sys.argv[1], timeout=60) as answer:
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4"), answer.headers
    text = answer.read().decode()
families = {family.name: family for family in text_string_to_metric_families(text)}
assert len(families) > 20, sorted(families)
for family in families.values():
    assert family.documentation, f"{family.name} has no help"
    assert family.type in ("gauge", "counter"), f"{family.name} is {family.type}"
    assert family.samples, f"{family.name} has no sample"
    assert all("agent" in sample.labels for sample in family.samples)
if sys.argv[2:]:  # families that must be there, of whatever serves them
    assert set(sys.argv[2:]) <= families.keys(), sorted(families)
else:
    assert families["facetrack_captured_frames"].type == "counter"
    assert families["facetrack_agent_info"].samples[0].labels["name"] == 'a "b"\\c ü'
print(f"{len(families)} families")
