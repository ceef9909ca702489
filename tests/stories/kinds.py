"""What a scene is: one kind of page of one zone.

A scene's path is a pattern over the language and the ids of the cast; `fill` and `press` lead from a form to its
refusal.
"""

from dataclasses import dataclass

LONG_NAME = "Maximiliane-Alexandrina Wolfeschlegelsteinhausen"
EVERYWHERE, DANISH_ONLY = ("da", "ar"), ("da",)
SEND, DANGER = "main form .button.primary", "main form .button.danger"


@dataclass(frozen=True)
class Scene:
    """One kind of page. `who` is a member of the cast; `status` is what the last answer has."""

    name: str
    endpoint: str
    path: str
    who: str = ""
    fill: tuple[tuple[str, str], ...] = ()
    press: str = ""
    status: int = 200
    languages: tuple[str, ...] = EVERYWHERE


def public(name: str, endpoint: str, path: str, status: int = 200) -> Scene:
    return Scene(name, endpoint, path, status=status)


def mit(name: str, endpoint: str, path: str, who: str = "rich", **more: object) -> Scene:
    return Scene(f"mit-{name}", endpoint, f"/mit/{{lang}}/{path}", who, **more)  # type: ignore[arg-type]


def desk(name: str, endpoint: str, path: str, who: str = "clerk", **more: object) -> Scene:
    return Scene(f"desk-{name}", endpoint, f"/desk/{path}", who, languages=DANISH_ONLY, **more)  # type: ignore[arg-type]
