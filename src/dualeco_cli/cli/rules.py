"""``dualeco rules``: what is checked, why, and what to do about it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dualeco_cli.cli.say import sentences, stop, suggestion
from dualeco_cli.language import _


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("rules", epilog="Example: dualeco rules C104")(rules)


def rules(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="Show this rule, by code or name, in full.")
    ] = None,
) -> None:
    """List the rules that workbooks are checked against, or explain one."""
    from dualeco_cli.checks.catalogue import BY_CODE, BY_NAME
    from dualeco_cli.checks.rule_pages import list_text, page_text
    from dualeco_cli.checks.suggest import nearest
    from dualeco_cli.reports.terminal import emit

    if code is None:
        emit(list_text(), sys.stdout)
        return
    rule = BY_CODE.get(code.upper()) or BY_NAME.get(code.lower())
    if rule is None:
        close = nearest(code, [*BY_CODE, *BY_NAME], cutoff=0.6)
        stop(
            sentences(
                _('there is no rule "{name}".').format(name=code),
                suggestion(close),
                _("`dualeco rules` lists them."),
            )
        )
    emit(page_text(rule), sys.stdout)
