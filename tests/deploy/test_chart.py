"""The chart, rendered and linted by Helm itself and held against the API's own schemas."""

import json
from collections.abc import Iterator
from typing import Any

import kubernetes_validate
import pytest
import yaml

from agent.settings import PROJECT
from tests.deploy.places import CHART

helm = pytest.importorskip("helm_python", reason="helm-python-sdk has no wheel for this machine")

KUBERNETES = "1.37"
SECRET = {"values": {"TRIAGE_DATABASE_URL": "postgresql://a:b@c/d", "TRIAGE_SECRET_KEY": "s" * 40}}
EVERYTHING = {
    "secret": {"existing": "desk"},
    "signIn": {"existingSecret": "sign-in"},
    "ingress": {"enabled": True, "tlsSecret": "certificate"},
    "networkPolicy": {"enabled": True},
    "image": {"pullSecrets": [{"name": "registry"}]},
    "nodeSelector": {"pool": "web"},
    "tolerations": [{"key": "web", "operator": "Exists"}],
    "podAnnotations": {"team": "support"},
}
Manifests = dict[str, dict[str, Any]]


def rendered(**values: Any) -> Manifests:
    """Every object that these values make, by kind; the hook's Secret as `hook Secret`."""
    with helm.Chart.load(CHART) as chart:
        files = chart.render({"secret": SECRET, **values}, name="demo", namespace="support")
    return dict(_objects(files))


def _objects(files: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, text in files.items():
        if name.endswith(".yaml"):
            for one in filter(None, yaml.safe_load_all(text)):
                is_hook = "helm.sh/hook" in one["metadata"].get("annotations", {})
                yield ("hook " if is_hook else "") + one["kind"], one


def pod_of(workload: dict[str, Any]) -> dict[str, Any]:
    pod: dict[str, Any] = workload["spec"]["template"]["spec"]
    return pod


def test_helm_finds_no_fault() -> None:
    report = helm.lint(CHART, {"secret": SECRET}, strict=True)

    assert report["errors"] == []
    assert {message["error"] for message in report["messages"]} <= {"icon is recommended"}


@pytest.mark.parametrize(
    "values", [{}, EVERYTHING, {"autoscaling": {"enabled": False}, "migrations": {"enabled": False}}]
)
def test_what_it_makes_is_what_kubernetes_takes(values: dict[str, Any]) -> None:
    for one in rendered(**values).values():
        kubernetes_validate.validate(one, KUBERNETES, strict=True)


def test_without_database_or_key_nothing_is_made() -> None:
    for missing in SECRET["values"]:
        rest = {name: value for name, value in SECRET["values"].items() if name != missing}

        with pytest.raises(helm.HelmError, match=f"secret.values.{missing} is missing: set secret.existing"):
            rendered(secret={"values": rest})


@pytest.mark.parametrize(
    "values",
    [
        {"replica": 3},
        {"config": {"TRIAGE_SECRET_KEY": "in plain sight"}},
        {"config": {"TRIAGE_SIGN_IN": "maybe"}},
        {"image": {"repository": "desk", "tag": "latest"}},
        {"secret": {"values": {**SECRET["values"], "TRIAGE_SECRET_KEY": "short"}}},
    ],
)
def test_values_that_cannot_be_meant_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(helm.HelmError):
        rendered(**values)


def test_two_to_ten_replicas_at_seventy_percent_and_one_always_stays() -> None:
    made = rendered()
    scaler = made["HorizontalPodAutoscaler"]["spec"]

    assert (scaler["minReplicas"], scaler["maxReplicas"]) == (2, 10)
    assert scaler["metrics"][0]["resource"]["target"] == {"type": "Utilization", "averageUtilization": 70}
    assert made["PodDisruptionBudget"]["spec"]["minAvailable"] == 1
    assert "replicas" not in made["Deployment"]["spec"]  # they would fight the autoscaler


def test_its_pods_have_no_rights() -> None:
    made = rendered()

    for workload in (made["Deployment"], made["hook Job"]):
        pod = pod_of(workload)
        container = pod["containers"][0]
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
    assert made["ServiceAccount"]["automountServiceAccountToken"] is False


def test_it_is_asked_whether_it_lives_and_whether_it_is_ready() -> None:
    container = pod_of(rendered()["Deployment"])["containers"][0]

    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert container["startupProbe"]["httpGet"]["path"] == "/readyz"  # a desk that cannot be opened is started again


def test_tables_are_upgraded_first_with_the_same_settings_and_nobody_is_sent_there() -> None:
    made = rendered(config={"TRIAGE_JWT_ISSUER": "somebody"})
    job, selector = made["hook Job"], made["Service"]["spec"]["selector"]
    container = pod_of(job)["containers"][0]

    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    assert container["command"] == ["python", "-m", "agent", "migrate"]
    assert container["envFrom"][0]["secretRef"]["name"] == made["hook Secret"]["metadata"]["name"]
    assert {"name": "TRIAGE_JWT_ISSUER", "value": "somebody"} in container["env"]
    assert not selector.items() <= job["spec"]["template"]["metadata"]["labels"].items()


def test_a_secret_that_exists_is_used_and_none_is_made() -> None:
    made = rendered(secret={"existing": "desk"})

    assert not {"Secret", "hook Secret"} & set(made)
    for workload in (made["Deployment"], made["hook Job"]):
        assert pod_of(workload)["containers"][0]["envFrom"] == [{"secretRef": {"name": "desk"}}]


def test_a_browser_stays_with_its_replica() -> None:
    annotations = rendered(ingress={"enabled": True})["Ingress"]["metadata"]["annotations"]

    assert annotations["nginx.ingress.kubernetes.io/affinity"] == "cookie"


def test_new_settings_start_new_pods() -> None:
    def checksum(**values: Any) -> str:
        annotations = rendered(**values)["Deployment"]["spec"]["template"]["metadata"]["annotations"]
        return str(annotations["checksum/config"])

    assert checksum() != checksum(config={"TRIAGE_APP_URL": "https://desk.example"})


def test_the_notes_say_when_nobody_can_sign_in() -> None:
    with helm.Chart.load(CHART) as chart:
        open_to_all = chart.render({"secret": SECRET}, name="demo")
        closed = chart.render({"secret": SECRET, "signIn": {"existingSecret": "sign-in"}}, name="demo")

    notes = "triage-autopilot/templates/NOTES.txt"
    assert "NOBODY CAN SIGN IN YET" in open_to_all.get(notes, "")
    assert "NOBODY" not in closed.get(notes, "")


def test_chart_image_and_program_have_one_version() -> None:
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text(encoding="utf-8"))
    program = (PROJECT / "agent" / "version.py").read_text(encoding="utf-8")

    assert chart["appVersion"] == chart["version"]
    assert f'VERSION = "{chart["appVersion"]}"' in program


def test_every_value_is_described_by_the_schema() -> None:
    values = yaml.safe_load((CHART / "values.yaml").read_text(encoding="utf-8"))
    schema = json.loads((CHART / "values.schema.json").read_text(encoding="utf-8"))

    assert set(values) == set(schema["properties"]) - {"global"}


def test_figures_are_scraped_where_that_is_asked_for() -> None:
    monitored = rendered(monitoring={"annotations": True, "serviceMonitor": {"enabled": True, "keySecret": "scrape"}})
    annotations = monitored["Deployment"]["spec"]["template"]["metadata"]["annotations"]
    (endpoint,) = monitored["ServiceMonitor"]["spec"]["endpoints"]

    assert annotations["prometheus.io/path"] == endpoint["path"] == "/metrics"
    assert endpoint["port"] == monitored["Service"]["spec"]["ports"][0]["name"]
    assert endpoint["authorization"]["credentials"] == {"name": "scrape", "key": "key"}
    assert "ServiceMonitor" not in rendered()
