"""Which sentences the code can say, read from its syntax: every first argument of `say` and what it can be."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

BOT = Path(__file__).resolve().parents[2] / "bot"


@dataclass(frozen=True)
class Call:
    """One call of `say`. `keys` are ids; in those of f-strings each hole is `{source of the hole}`."""

    place: str
    keys: tuple[str, ...]


def calls() -> Iterator[Call]:
    """All of them, those of `Advice` included, whose first field is a sentence."""
    for path in sorted(BOT.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for top in tree.body:
            for node in ast.walk(top):
                if isinstance(node, ast.Call) and _name(node.func) in ("say", "Advice") and node.args:
                    place = f"{path.relative_to(BOT.parent)}:{node.lineno}"
                    yield Call(place, tuple(_keys(node.args[0], top, tree)))


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def _keys(node: ast.expr, top: ast.stmt, tree: ast.Module) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp():
            yield from _keys(node.body, top, tree)
            yield from _keys(node.orelse, top, tree)
        case ast.JoinedStr():
            yield "".join(
                part.value if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}"  # type: ignore[attr-defined]  # only these two stand in an f-string
                for part in node.values
            )
        case ast.Name(id=name):
            yield from _values_of(name, top, tree)
        case _:
            yield f"{{{ast.unparse(node)}}}"


def _values_of(name: str, top: ast.stmt, tree: ast.Module) -> Iterator[str]:
    """What a name stands for: what is assigned to it, or what the function is called with inside this module."""
    found: list[str] = []
    for node in ast.walk(top):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                found += _assigned(name, target, node.value, top, tree)
        elif isinstance(node, ast.FunctionDef) and name in [argument.arg for argument in node.args.args]:
            at = [argument.arg for argument in node.args.args].index(name)
            for call in ast.walk(tree):
                if isinstance(call, ast.Call) and _name(call.func) == node.name and len(call.args) > at:
                    found += _keys(call.args[at], top, tree)
    yield from found or [f"{{{name}}}"]


def _assigned(name: str, target: ast.expr, value: ast.expr, top: ast.stmt, tree: ast.Module) -> list[str]:
    if isinstance(target, ast.Name) and target.id == name:
        return list(_keys(value, top, tree))
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = zip(target.elts, value.elts, strict=True)
        return [key for one, its in pairs for key in _assigned(name, one, its, top, tree)]
    return []


HOLE = re.compile(r"\{([^}]*)\}")


def filled(key: str, holes: Mapping[str, set[str]]) -> set[str]:
    """The key with every value of its hole. Raises LookupError for a hole that nobody explained."""
    found = HOLE.search(key)
    if found is None:
        return {key}
    values = holes.get(key) or holes.get(found[1])
    if values is None:
        raise LookupError(f"{key}: say in HOLES what {{{found[1]}}} can be")
    return {one for value in values for one in filled(key[: found.start()] + value + key[found.end() :], holes)}
