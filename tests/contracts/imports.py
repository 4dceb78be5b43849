"""What a Python file imports, read from its text, and which rules of the layout it breaks."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

PURE = tuple(
    f"shared.{name}"
    for name in ("events", "kinds", "work", "rejections", "reference", "text", "referral_codes", "rows", "local_time")
)
"""What rules may import of `shared`: contracts, the types of decisions, refusals, coded lists and texts."""

TOUCHES_THE_WORLD = frozenset(
    re.findall(
        r"\w+",
        """asyncio http io logging multiprocessing os pathlib random secrets shutil socket sqlite3 ssl subprocess
        tempfile threading time urllib""",
    )
)
"""Modules of the standard library that a rule has no use for: a rule gets time, chance and data handed in."""

CALLS = frozenset({"open", "print", "input", "now", "today", "utcnow", "uuid1", "uuid4"})
"""Calls that read a clock, chance or the world by another way than an import of the above."""


def imported(file: Path, root: Path) -> Iterator[tuple[str, str]]:
    """Each import as (module, module.name): the second is a module too where a package was imported from."""
    package = file.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, alias.name
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                yield module, f"{module}.{alias.name}"


def below(module: str, packages: Iterable[str]) -> bool:
    """Whether a module is one of these packages or inside one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def services(root: Path) -> list[Path]:
    return sorted(file.parent for file in (root / "services").glob("*/__init__.py"))


def between_services(root: Path) -> list[str]:
    """Services that import each other, or the whole of `services`, or what runs them."""
    found = []
    for service in services(root):
        others = [f"services.{other.name}" for other in services(root) if other != service]
        for file in files(service):
            for module, name in imported(file, root):
                if module == "services" and name == f"services.{service.name}":
                    continue
                if module == "services" or below(name, [*others, "deploy", "tests"]):
                    found.append(f"{file.relative_to(root)} imports {name}")
    return found


def out_of_shared(root: Path) -> list[str]:
    """Files of `shared` that import a service or what runs the services."""
    return [
        f"{file.relative_to(root)} imports {name}"
        for file in files(root / "shared")
        for _, name in imported(file, root)
        if below(name, ["services", "deploy", "tests"])
    ]


def out_of_the_oracle(root: Path) -> list[str]:
    """Imports of the oracle that would let it repeat the mistakes of what it judges."""
    return [
        f"{file.relative_to(root)} imports {name}"
        for file in oracle_files(root)
        for module, name in imported(file, root)
        if below(name, ["shared", "services", "tests"])
        or (below(module, ["deploy"]) and not below(name, ["deploy.oracle"]))
    ]


def oracle_files(root: Path) -> list[Path]:
    return [file for file in files(root / "deploy") if below(_module(file, root), ["deploy.oracle"])]


def domain_files(root: Path) -> list[Path]:
    """The files of rules: `domain.py`, or all of a package of that name."""
    return sorted([*(root / "services").glob("*/domain.py"), *(root / "services").glob("*/domain/**/*.py")])


def impure(root: Path) -> list[str]:
    """Files of rules that import more than the standard library, contracts and their own package, or reach out."""
    found = []
    for file in domain_files(root):
        own = f"services.{file.relative_to(root).parts[1]}.domain"
        for module, name in imported(file, root):
            first = module.partition(".")[0]
            allowed = first in sys.stdlib_module_names and first not in TOUCHES_THE_WORLD
            if not (allowed or below(module, [*PURE, own]) or below(name, [*PURE, own])):
                found.append(f"{file.relative_to(root)} imports {name}")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node.func) in CALLS:
                found.append(f"{file.relative_to(root)}:{node.lineno} calls {ast.unparse(node.func)}")
    return found


def missing_names(root: Path) -> list[str]:
    """Services that lack one of the seven names that every service has."""
    found = []
    for service in services(root):
        for name in ("README.md", "app.py"):
            if not (service / name).is_file():
                found.append(f"services/{service.name} lacks {name}")
        for name in ("handlers", "api", "storage", "domain"):
            if not ((service / f"{name}.py").is_file() or (service / name / "__init__.py").is_file()):
                found.append(f"services/{service.name} lacks {name}.py or {name}/")
        if not list((service / "migrations" / "versions").glob("*.py")):
            found.append(f"services/{service.name} lacks migrations/")
    return found


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _module(file: Path, root: Path) -> str:
    return ".".join(file.relative_to(root).with_suffix("").parts)
