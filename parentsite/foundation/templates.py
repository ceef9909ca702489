"""Jinja, one environment per language: constant sentences are translated when a template is compiled, not when it is
shown.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from parentsite.foundation.i18n import LANGUAGES, Language
from parentsite.foundation.resources import TEMPLATES


class _Code(BytecodeCache):
    """Compiled templates of one language: the apps of a process share them."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.code


@cache
def _code_of(language: str, plain: bool) -> _Code:
    """Translations are part of the code, and so is whether anything is escaped."""
    return _Code()


class _LeanCode(CodeGenerator):
    """Writes templates' code without two things that Jinja does anew each time they are shown.

    A macro or function is called as it is, not asked first whether it wants the context: none here does. A translated
    constant, or a dict of constants, is made once, when the template is loaded.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self._constants: dict[str, str] = {}
        super().visit_Template(node, frame)
        for value, name in self._constants.items():
            self.writeline(f"{name} = {value}")

    def visit_MarkSafe(self, node: nodes.MarkSafe, frame: Frame) -> None:
        self._visit_constant(node, frame, super().visit_MarkSafe)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        self._visit_constant(node, frame, super().visit_Dict)

    def _visit_constant(self, node: Any, frame: Frame, otherwise: Callable[[Any, Frame], None]) -> None:
        try:
            value = repr(node.as_const(frame.eval_ctx))
        except nodes.Impossible:
            otherwise(node, frame)
        else:
            self.write(self._constants.setdefault(value, f"constant_{len(self._constants)}"))

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        self.visit(node.node, frame)
        # An empty argument first: the signature is written with a comma in front.
        self.write("(*()")
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class _SharedModule(Template):
    """Imported macros are made once: pages bring no globals of their own that would have to be looked for."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class LanguageEnvironment(Environment):
    """Templates in one language; `template_globals` are what every template may use besides; `plain` escapes
    nothing.
    """

    code_generator_class = _LeanCode
    template_class = _SharedModule

    def __init__(self, language: Language, template_globals: Mapping[str, Any], plain: bool = False) -> None:
        super().__init__(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=not plain,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=_code_of(language.code, plain),
        )
        self.language = language
        self.globals.update(template_globals)
        self.globals.update(
            _=_bound_gettext(language, str if plain else Markup),
            ngettext=_bound_ngettext(language, str if plain else Markup),
            language=language,
            languages=tuple(LANGUAGES.values()),
        )
        self.filters.update(_formats_of(language))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return _Folder(self.language).visit(super()._parse(source, name, filename))  # type: ignore[no-any-return]


def environments(template_globals: Mapping[str, Any], languages: Iterable[Language]) -> dict[str, LanguageEnvironment]:
    """One environment for each language, by its code."""
    return {language.code: LanguageEnvironment(language, template_globals) for language in languages}


def _formats_of(language: Language) -> dict[str, Callable[..., str]]:
    """How dates, numbers and lists are written in the language, by the filter's name."""
    return {
        "listed": language.listed,
        "long_date": language.long_date,
        "day": language.day,
        "month": language.month,
        "long_moment": language.long_moment,
        "moment": language.moment,
        "number": language.number,
        "time_of_day": language.time_of_day,
        "weekday": language.weekday,
        "words": language.words,
    }


class _Folder(NodeTransformer):
    """Replaces `_("a constant")` by its translation."""

    def __init__(self, language: Language) -> None:
        self._translate = language.gettext

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        if isinstance(node.node, nodes.Name) and node.node.name == "_" and len(node.args) == 1:
            argument, has_values = node.args[0], node.kwargs or node.dyn_kwargs
            if not has_values and isinstance(argument, nodes.Const) and isinstance(argument.value, str):
                return nodes.MarkSafe(nodes.Const(self._translate(argument.value)), lineno=node.lineno)
        return self.generic_visit(node)


def _bound_gettext(language: Language, kind: type[str]) -> Callable[..., str]:
    translate = language.gettext

    def gettext(message: str, **values: Any) -> str:
        text = kind(translate(message))
        return text % values if values else text

    return gettext


def _bound_ngettext(language: Language, kind: type[str]) -> Callable[..., str]:
    translate = language.ngettext

    def ngettext(singular: str, plural: str, count: int, **values: Any) -> str:
        return kind(translate(singular, plural, count)) % {"count": count, **values}

    return ngettext
