"""The page at the root of each service: its API, to be read by people, without scripts and without the network."""

from collections.abc import Mapping
from html import escape
from typing import Any

STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: #1b1b1b; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #ccc; }
code { white-space: nowrap; }
"""


def page(document: Mapping[str, Any]) -> str:
    """An OpenAPI document as a page: each operation with what it does, its action, and the roles that may do it."""
    rows = "\n".join(
        _row(method, path, operation)
        for path, operations in sorted(document["paths"].items())
        for method, operation in operations.items()
    )
    title = escape(document["info"]["title"])
    return f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>{STYLE}</style></head>
<body>
<h1>{title}</h1>
<p>Version {escape(document["info"]["version"])}. The full description, with every field and limit, is
<a href="/openapi.json">/openapi.json</a>; how it is: <a href="/health/ready">/health/ready</a>.</p>
<p>Every request needs <code>Authorization: Bearer TOKEN</code>, every POST an <code>Idempotency-Key</code>: a new one
for each command, the same one when it is repeated. What goes wrong is answered as
<code>application/problem+json</code>, in English and Khmer.</p>
<table>
<thead><tr><th>Request</th><th>What it does</th><th>Action</th><th>Roles</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


def _row(method: str, path: str, operation: Mapping[str, Any]) -> str:
    what = escape(operation.get("description") or operation.get("summary") or "")
    action, roles = operation.get("x-action"), ", ".join(operation.get("x-roles", ["everybody"]))
    request = f"<code>{method.upper()} {escape(path)}</code>"
    return f"<tr><td>{request}</td><td>{what}</td><td>{escape(action or '')}</td><td>{escape(roles)}</td></tr>"
