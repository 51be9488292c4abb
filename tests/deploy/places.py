"""Where the files are that a desk is deployed with."""

from agent.settings import PROJECT

DEPLOY = PROJECT / "deploy"
CHART = DEPLOY / "helm" / "triage-autopilot"
