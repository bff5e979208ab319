"""What an edit aims at in a tree, why that may be impossible, and what to cut for it."""

from mktexec.dates import parse_day
from mktexec.i18n import Text as T
from mktexec.source import ALIAS, MAPPING, SEQUENCE, Path
from mktexec.store.edit.add import add_item, add_key
from mktexec.store.edit.cut import Splice
from mktexec.store.edit.operations import Append, Edit, Put, Remove, Rename
from mktexec.store.edit.put import put_value
from mktexec.store.edit.remove import remove, rename
from mktexec.store.edit.tree import Data, Node, find, plain
from mktexec.store.events import MERGE

NOT_THERE = T("there is nothing", "这里没有内容")
NOT_A_MAP = T("it is a plain value and has no fields", "它是单个值，没有下级字段")
NOT_A_LIST = T("it is no list", "它不是列表")
TAKEN = T("the new name is taken", "新名称已被占用")
BY_ALIAS = T(
    "it is written in another place and only repeated here by an alias", "内容写在别处，这里只是用别名引用"
)
SHARED = T(
    "{other} shares it by an alias or merge and would change too",
    "{other} 通过别名或合并共用这里的内容，会一起被改动",
)
MERGED = T("it comes from a merge key (<<)", "它来自合并键（<<）")
TWICE = T("it is written twice", "它被写了两次")
ENTANGLED = T(
    "a comment or the way it is written stands in the way of a safe change",
    "此处的注释或写法使程序无法安全地修改",
)
CONTROLS = T("it holds control characters", "内容含有控制字符")


def by_day(keys: list[str]) -> bool:
    """Return whether all keys are days."""
    return all(parse_day(key) for key in keys)


def target(root: Node, edit: Edit) -> tuple[Node, T | None]:
    """Return the deepest node on the path of ``edit``, and why the edit is impossible there, if it is."""
    nodes = list(find(root, edit.path))
    node = nodes[-1]
    missing = len(edit.path) + 1 - len(nodes)
    for parent, step in zip(nodes, edit.path, strict=False):
        if parent.kind == ALIAS:
            return parent, BY_ALIAS
        if sum(child.key == step for child in parent.children) > 1:
            return node, TWICE
    return node, _impossible(node, edit, missing)


def _impossible(node: Node, edit: Edit, missing: int) -> T | None:
    """Return why ``edit`` cannot be made at ``node``, ``missing`` steps before the end of its path."""
    parent = node if missing else node.parent
    if not isinstance(edit, (Put, Append)):
        if parent is not None and edit.path[-1] in _merged(parent):
            return MERGED
        if missing:
            return NOT_THERE
    elif missing and not (node.kind == MAPPING or node.null):
        return NOT_A_MAP
    if not missing and isinstance(edit, Append) and node.kind in (MAPPING, ALIAS):
        return NOT_A_LIST if node.kind == MAPPING else BY_ALIAS
    if isinstance(edit, Rename) and parent and any(one.key == edit.key for one in parent.children):
        return TAKEN
    return None


def _merged(parent: Node) -> Data:
    """Return what a map has from others."""
    return plain(Node(MAPPING, 0, 0, children=[one for one in parent.children if one.key == MERGE]))


def splices(text: str, node: Node, edit: Edit, path: Path) -> list[Splice]:
    """Return what to cut for ``edit`` at ``node``, the deepest that is written on its path."""
    depth = _depth(node)
    rest = edit.path[depth:]
    if isinstance(edit, Remove):
        return remove(text, node)
    if isinstance(edit, Rename):
        return rename(text, node, edit.key)
    if not rest:
        if isinstance(edit, Append):
            return _append(text, node, edit.value)
        return put_value(text, node, edit.value)
    value = [edit.value] if isinstance(edit, Append) else edit.value
    for step in reversed(rest[1:]):
        value = {step: value}
    done = len(path) - len(rest)
    return add_key(
        text, node, rest[0], value, _position(node, path[:done], rest[0]), entry=_is_entry(path[:done])
    )


def _append(text: str, node: Node, item: Data) -> list[Splice]:
    if node.kind == SEQUENCE:
        return add_item(text, node, item)
    known = [] if node.null else [plain(node)]
    return put_value(text, node, [*known, item])


def _depth(node: Node) -> int:
    return 0 if node.parent is None else 1 + _depth(node.parent)


def _is_entry(path: Path) -> bool:
    """Return whether the keys at ``path`` are ids: each holds an entry of its own."""
    from mktexec.model.shape import model_at  # slow to import, and most edits need none

    return model_at(path) is None and bool(path)


def _position(node: Node, path: Path, key: str) -> int:
    """Return how many children stand before a new key: days in their order, fields in the model's."""
    from mktexec.model import Plan
    from mktexec.model.shape import model_at

    keys = [child.key for child in node.children]
    if keys and parse_day(key) and by_day(keys):
        return sum(one < key for one in keys) if keys == sorted(keys) else len(keys)
    model = Plan if not path else model_at(path)
    if model is None or key not in model.model_fields:
        return len(keys)
    order = {name: rank for rank, name in enumerate(model.model_fields)}
    before = [index for index, one in enumerate(keys) if order.get(one, len(order)) < order[key]]
    return before[-1] + 1 if before else 0
