"""Check blocks and views as Slack does before showing them; a fault is one sentence with a JSON pointer."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from sandbox.blocks import rules
from sandbox.entities import Json

_VIEW_KEYS = rules.VIEW.allowed


def message_faults(blocks: object) -> list[str]:
    """What is wrong with a message's blocks; an empty list when they may be shown."""
    if not isinstance(blocks, list):
        return ["must be an array [json-pointer:/blocks]"]
    if len(blocks) > rules.MOST_IN_MESSAGE:
        return [f"no more than {rules.MOST_IN_MESSAGE} items allowed [json-pointer:/blocks]"]
    checker = _Checker()
    checker.blocks(blocks, "/blocks")
    return checker.faults


def view_faults(view: object) -> list[str]:
    if not isinstance(view, dict):
        return ["must be an object [json-pointer:/view]"]
    checker = _Checker()
    checker.view(view)
    return checker.faults


class _Checker:
    def __init__(self) -> None:
        self.faults: list[str] = []
        self._block_ids: set[str] = set()

    def fault(self, words: str, pointer: str) -> None:
        self.faults.append(f"{words} [json-pointer:{pointer}]")

    def view(self, view: Json) -> None:
        for key in sorted(view.keys() - _VIEW_KEYS):
            self.fault(f"invalid additional property: {key}", "/view")
        kind, blocks = view.get("type"), view.get("blocks")
        if kind not in ("modal", "home"):
            self.fault("unsupported view type", "/view/type")
        if kind == "modal" and not view.get("title"):
            self.fault("missing required field: title", "/view")
        if not isinstance(blocks, list) or not 1 <= len(blocks) <= rules.MOST_IN_VIEW:
            self.fault(f"must provide 1 to {rules.MOST_IN_VIEW} blocks", "/view/blocks")
            return
        if kind == "modal" and not view.get("submit") and any(_is_input(block) for block in blocks):
            self.fault("a `submit` is required when an input block is present", "/view")
        self._values("view", view, "/view")
        self.blocks(blocks, "/view/blocks")
        self._ask_the_sdk(lambda: View(**{**view, "state": None, "blocks": blocks}), "/view")

    def blocks(self, blocks: list[Any], pointer: str) -> None:
        for number, block in enumerate(blocks):
            here = f"{pointer}/{number}"
            if not isinstance(block, dict):
                self.fault("must be an object", here)
                continue
            block_id = block.get("block_id")
            if isinstance(block_id, str) and block_id in self._block_ids:
                self.fault(f"block_id {block_id} already exists", f"{here}/block_id")
            self._block_ids.add(str(block_id))
            self._unique_actions(block, here)
            self._thing(block, here)
            self._ask_the_sdk(lambda block=block: Block.parse(block), here)

    def _unique_actions(self, block: Json, pointer: str) -> None:
        given = block.get("elements")
        elements = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
        named = [str(each["action_id"]) for each in elements if each.get("action_id")]
        if len(named) != len(set(named)):
            self.fault("`action_id` already exists in this block", f"{pointer}/elements")

    def _thing(self, thing: Json, pointer: str) -> None:
        """A block or an element: its keys, its values, and what stands inside."""
        kind = thing.get("type")
        if not isinstance(kind, str):
            self.fault("missing required field: type", pointer)
        elif keys := rules.KEYS.get(kind):
            for key in sorted(keys.needed - thing.keys()):
                self.fault(f"missing required field: {key}", pointer)
            for key in sorted(thing.keys() - keys.allowed):
                self.fault(f"invalid additional property: {key}", pointer)
            choice = rules.EXACTLY_ONE.get(kind)
            if choice and sum(key in thing for key in choice) != 1:
                self.fault(f"exactly one of {' and '.join(choice)} is needed", pointer)
            if kind == "section" and not (thing.get("text") or thing.get("fields")):
                self.fault("missing required field: text or fields", pointer)
            if thing.get("style") not in (None, *rules.STYLES):
                self.fault("unsupported style", f"{pointer}/style")
            self._values(kind, thing, pointer)

    def _values(self, kind: str, thing: Json, pointer: str) -> None:
        for key, value in thing.items():
            here, place = f"{pointer}/{key}", f"{kind}.{key}"
            if place in rules.LISTS:
                self._length(value, rules.LISTS[place], here)
            if longest := rules.STRINGS.get(place) or rules.STRINGS.get(f"*.{key}"):
                self._string(value, longest, here)
            for number, each in enumerate(value if isinstance(value, list) else [value]):
                self._inside(place, key, each, f"{here}/{number}" if isinstance(value, list) else here)

    def _inside(self, place: str, key: str, value: object, pointer: str) -> None:
        if not isinstance(value, dict):
            if place in rules.PLACES or place in rules.TEXTS:
                self.fault("must be an object", pointer)
            return
        kind, kinds = value.get("type"), rules.PLACES.get(place)
        if kinds is not None and kind not in kinds:
            self.fault(f"unsupported type: {kind}", pointer)
            return
        is_text = place in rules.TEXTS and (place, kind) != ("context.elements", "image")
        if is_text or kind in ("plain_text", "mrkdwn"):
            self._text(value, rules.TEXTS.get(place) or rules.TEXTS.get(f"*.{key}"), pointer)
        if kinds is not None:
            self._thing(value, pointer)
        elif key in ("options", "initial_options", "initial_option"):
            self._values("option", value, pointer)
        elif key in ("option_groups", "confirm") and not is_text:
            self._values(key.removesuffix("s"), value, pointer)

    def _text(self, value: Json, limit: tuple[int, bool] | None, pointer: str) -> None:
        longest, plain = limit or (3000, False)
        text = value.get("text")
        if value.get("type") not in (("plain_text",) if plain else ("plain_text", "mrkdwn")):
            self.fault("must be a plain_text object" if plain else "must be a text object", pointer)
        elif not isinstance(text, str) or not text:
            self.fault("must be more than 0 characters", f"{pointer}/text")
        elif len(text) > longest:
            self.fault(f"must be less than {longest + 1} characters", f"{pointer}/text")

    def _string(self, value: object, longest: int, pointer: str) -> None:
        if value is not None and not isinstance(value, str):
            self.fault("must be a string", pointer)
        elif value and len(str(value)) > longest:
            self.fault(f"must be less than {longest + 1} characters", pointer)

    def _length(self, value: object, limits: tuple[int, int], pointer: str) -> None:
        fewest, most = limits
        if not isinstance(value, list):
            self.fault("must be an array", pointer)
        elif not fewest <= len(value) <= most:
            self.fault(f"must have {fewest} to {most} items", pointer)

    def _ask_the_sdk(self, parse: Any, pointer: str) -> None:
        if self.faults:
            return
        try:
            parsed = parse()
            if parsed is None:
                self.fault("unsupported type", f"{pointer}/type")
            else:
                parsed.to_dict()
        except (SlackObjectFormationError, TypeError, AttributeError) as wrong:
            self.fault(str(wrong), pointer)


def _is_input(block: object) -> bool:
    return isinstance(block, dict) and block.get("type") == "input"
