"""Tell somebody that a run failed: a command that the user names, or a webhook."""

import json
import os
import shlex
import subprocess
import urllib.request
from collections.abc import Mapping

from pipeline.settings import Settings

PATIENCE = 30
"""Seconds that the command or the webhook may take."""


def notify(settings: Settings, facts: Mapping[str, str]) -> list[str]:
    """Hand `facts` (with a `text` for people) to what the settings name; returns what went wrong on the way, never raises.

    The command gets the text on its standard input and each fact as `NEWSTABLES_RUN_<FACT>`; the webhook gets all as
    JSON, `text` being what Slack, Mattermost and the like show.
    """
    problems = []
    if settings.on_failure_command:
        problems += _command(settings.on_failure_command, facts)
    if settings.on_failure_webhook:
        problems += _webhook(settings.on_failure_webhook, facts)
    return problems


def _command(command: str, facts: Mapping[str, str]) -> list[str]:
    environment = {**os.environ, **{f"NEWSTABLES_RUN_{name.upper()}": value for name, value in facts.items()}}
    try:
        done = subprocess.run(
            shlex.split(command, posix=os.name != "nt"),
            input=facts.get("text", ""),
            env=environment,
            timeout=PATIENCE,
            capture_output=True,
            text=True,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return [f"The command of NEWSTABLES_ON_FAILURE_COMMAND could not be run: {error}"]
    if done.returncode:
        return [
            f"The command of NEWSTABLES_ON_FAILURE_COMMAND ended with {done.returncode}: {done.stderr[-500:]}"
        ]
    return []


def _webhook(address: str, facts: Mapping[str, str]) -> list[str]:
    if not address.startswith(("http://", "https://")):
        return ["NEWSTABLES_ON_FAILURE_WEBHOOK must begin with http:// or https://."]
    body = json.dumps(dict(facts)).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE):
            return []
    except (OSError, ValueError) as error:  # URLError is an OSError
        return [f"The webhook of NEWSTABLES_ON_FAILURE_WEBHOOK did not take it: {error}"]
