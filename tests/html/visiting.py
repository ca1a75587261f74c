"""A page in the browser, and what it did there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Dialog, Error, Page, Request


class Visit:
    """One page in the browser, with all that it complained of and asked for."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page = page
        self.file = file
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self._listeners: dict[Any, Any] = {
            "console": self._said,
            "pageerror": self._failed,
            "dialog": self._interrupted,
            "request": self._asked,
        }
        for event, listener in self._listeners.items():
            page.on(event, listener)
        page.goto(file.as_uri())

    def leave(self) -> None:
        """Listen no longer: the next visit is in the same tab."""
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)

    def _said(self, message: ConsoleMessage) -> None:
        self.complaints.append(message.text)

    def _failed(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _interrupted(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        if request.url != self.file.as_uri():
            self.requests.append(request.url)

    def open_settings(self) -> None:
        """Open the panel with everything in it."""
        self.page.click("#open-settings")
        self.page.evaluate(
            "document.querySelectorAll('#settings details').forEach(one => { one.open = true })"
        )

    def settle(self) -> None:
        """Wait until the page has drawn what was set."""
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")


#: Opens the page of a report: width, colour scheme and whether scripts run can be given.
Visitor = Callable[..., Visit]
