"""Which language a run speaks, and that all of the command line speaks it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dualeco_cli import language as languages
from dualeco_cli.cli import config
from dualeco_cli.cli.app import app
from dualeco_cli.cli.choosing import of_the_system, wish_of
from dualeco_cli.cli.click_words import FORMS, spoken
from dualeco_cli.cli.run import main
from dualeco_cli.cli.speaking import help_texts
from dualeco_cli.language import Language, speaking

from .catalogues import Marked, compiled, speaking_only

RULE = "Z999"
ITALIAN = {
    "Usage:": "Uso:",
    "Options": "Opzioni",
    "Commands": "Comandi",
    "[OPTIONS]": "[OPZIONI]",
    "Show this message and exit.": "Mostra questo messaggio ed esce.",
    "default: {default}": "predefinito: {default}",
    "Error: {message}": "Errore: {message}",
    "Try '{command} {option}' for help.": "Aiuto: '{command} {option}'.",
    "Missing argument {name}.": "Manca l'argomento {name}.",
    "No such option: {name}": "Opzione sconosciuta: {name}",
    "No such command {name}. Did you mean {names}?": "Comando {name} sconosciuto. Forse {names}?",
    "Invalid value for {name}: {message}": "Valore non valido per {name}: {message}",
    "Input should be greater than or equal to {least}": "deve essere almeno {least}",
    'there is no rule "{name}".': "non c'è nessuna regola «{name}».",
    'Did you mean "{name}"?': "Forse «{name}»?",
    "Rank practices by how transferable they are to one or more targets.": "Ordina le pratiche.",
}
GERMAN = {"Usage:": "Aufruf:", 'there is no rule "{name}".': "es gibt keine Regel „{name}“."}


@pytest.fixture(autouse=True)
def small_catalogues(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Catalogues of a few messages, and a folder without settings."""
    known: dict[Language, object] = {"it": compiled(ITALIAN, "it"), "de": compiled(GERMAN, "de")}
    known["eu"] = Marked()
    monkeypatch.setattr(languages, "catalogue", speaking_only(known))  # type: ignore[arg-type]
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()  # the search for settings ends here
    for name in ("DUALECO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def said(*arguments: str, **environment: str) -> str:
    """What a run says, wherever."""
    return CliRunner().invoke(app, arguments, env=environment).output


def spoken_language(*arguments: str, **environment: str) -> str:
    """The language in which an unknown rule is refused."""
    text = said(*arguments, "rules", RULE, **environment)
    found = {"nessuna regola": "it", "keine Regel": "de", "⟦": "eu", "there is no rule": "en"}
    return next(language for words, language in found.items() if words in text)


class TestPrecedence:
    def test_the_option_wins_over_all(self) -> None:
        Path("dualeco.toml").write_text('lang = "en"\n')
        assert spoken_language("--lang", "it", DUALECO_LANG="de", LC_ALL="eu_ES.UTF-8") == "it"

    def test_the_last_of_two_options_wins(self) -> None:
        assert "keine Regel" in said("--lang", "it", "rules", RULE, "--lang=de")

    def test_then_the_environment(self) -> None:
        Path("dualeco.toml").write_text('lang = "it"\n')
        assert spoken_language(DUALECO_LANG="de", LC_ALL="eu_ES.UTF-8") == "de"

    def test_of_which_the_variable_of_the_command_wins(self) -> None:
        assert spoken_language(DUALECO_RULES_LANG="it", DUALECO_LANG="de") == "it"

    def test_then_the_settings(self) -> None:
        Path("dualeco.toml").write_text('lang = "it"\n')
        assert spoken_language(LC_ALL="eu_ES.UTF-8") == "it"

    def test_of_which_the_table_of_the_command_wins(self) -> None:
        Path("dualeco.toml").write_text('lang = "it"\n[rules]\nlang = "de"\n')
        assert spoken_language() == "de"

    def test_settings_in_a_pyproject(self) -> None:
        Path("pyproject.toml").write_text('[tool.dualeco]\nlang = "it"\n')
        assert spoken_language() == "it"

    def test_settings_in_the_file_that_is_named(self) -> None:
        Path("mine.toml").write_text('lang = "it"\n')
        assert spoken_language("--config", "mine.toml") == "it"
        assert spoken_language("--config=mine.toml") == "it"
        assert spoken_language(DUALECO_CONFIG="mine.toml") == "it"

    def test_then_the_system(self) -> None:
        assert spoken_language(LC_ALL="de_AT.UTF-8", LC_MESSAGES="it_IT", LANG="eu_ES") == "de"
        assert spoken_language(LC_MESSAGES="it_IT", LANG="eu_ES") == "it"
        assert spoken_language(LANG="eu_ES") == "eu"

    @pytest.mark.parametrize("locale", ["C", "C.UTF-8", "POSIX", "fr_FR.UTF-8", "tlh", ""])
    def test_a_system_of_another_language_is_spoken_to_in_english(self, locale: str) -> None:
        assert of_the_system({"LC_ALL": locale}) == "en"
        assert spoken_language(LC_ALL=locale) == "en"

    def test_a_system_that_says_c_means_it(self) -> None:
        assert spoken_language(LC_ALL="C", LANG="it_IT.UTF-8") == "en"

    @pytest.mark.parametrize("tag", ["it-IT", "it_CH.UTF-8", "IT"])
    def test_tags_with_a_region(self, tag: str) -> None:
        assert spoken_language("--lang", tag) == "it"
        assert spoken_language(DUALECO_LANG=tag) == "it"


class TestUnknown:
    def test_in_the_option(self) -> None:
        done = CliRunner().invoke(app, ["rules", "--lang", "fr"])
        assert done.exit_code == 2
        assert done.stdout == ""
        assert done.stderr.startswith('dualeco: --lang: there is no language "fr".')
        assert all(language in done.stderr for language in languages.LANGUAGES)

    @pytest.mark.parametrize(("name", "meant"), [("italian", "it"), ("Deutsh", "de"), ("euskera", "eu")])
    def test_with_the_nearest(self, name: str, meant: str) -> None:
        assert f'Did you mean "{meant}"?' in said("--lang", name)

    def test_in_the_environment(self) -> None:
        done = CliRunner().invoke(app, ["--help"], env={"DUALECO_LANG": "fr"})
        assert done.exit_code == 2
        assert 'DUALECO_LANG: there is no language "fr".' in done.stderr

    @pytest.mark.parametrize("value", ['"fr"', "7"])
    def test_in_the_settings(self, value: str) -> None:
        Path("dualeco.toml").write_text(f"lang = {value}\n")
        done = CliRunner().invoke(app, ["rules"])
        assert done.exit_code == 2
        assert "dualeco.toml: there is no language" in done.stderr

    def test_is_told_in_the_language_of_the_system(self) -> None:
        assert "Forse «it»?" in said("--lang", "italian", LANG="it_IT.UTF-8")

    def test_of_a_hostile_name_nothing_reaches_the_terminal(self) -> None:
        assert "\x1b" not in said("--lang", "\x1b[31mx")


class TestSettings:
    def test_are_looked_for_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("dualeco.toml").write_text('lang = "it"\n')
        reads: list[Path] = []
        read = Path.read_text

        def counted(path: Path, *args: object, **kwargs: object) -> str:
            reads.append(path)
            return read(path, *args, **kwargs)  # type: ignore[arg-type]

        monkeypatch.setattr(Path, "read_text", counted)
        assert spoken_language() == "it"
        assert [path.name for path in reads] == ["dualeco.toml"]

    def test_that_are_faulty_are_told_of_by_the_command_and_not_by_its_help(self) -> None:
        Path("dualeco.toml").write_text("lang = \n")
        done = CliRunner().invoke(app, ["rules"])
        assert done.exit_code == 2
        assert "dualeco.toml is no valid TOML" in done.stderr
        assert CliRunner().invoke(app, ["--help"]).exit_code == 0

    def test_somebody_elses_faulty_project_is_no_obstacle(self) -> None:
        Path("pyproject.toml").write_text("tool = 3\n")
        assert spoken_language(LANG="it") == "it"
        Path("pyproject.toml").write_text("no toml")
        assert spoken_language(LANG="it") == "it"

    def test_no_file_is_read_where_there_is_none(self) -> None:
        assert config.find_settings(None) == config.SettingsFile(None)


class TestWish:
    def test_after_two_dashes_there_are_no_options(self) -> None:
        assert wish_of(["--", "--lang", "it"]).lang is None

    def test_an_option_without_its_value_is_left_to_the_parser(self) -> None:
        assert wish_of(["rules", "--lang"], ["rules"]).lang is None
        assert "Option '--lang' requires an argument." in said("rules", "--lang")

    def test_a_value_is_no_command(self) -> None:
        wish = wish_of(["--config", "score", "rules", "--config", "x"], ["score", "rules"])
        assert (wish.config, wish.command) == ("score", "rules")


class TestHelp:
    @pytest.mark.parametrize(
        "arguments",
        [
            ["score", "--help", "--lang", "it"],
            ["score", "--lang", "it", "--help"],
            ["--lang", "it", "score", "--help"],
            ["--lang=it", "score", "-h"],
        ],
    )
    def test_in_any_order(self, arguments: list[str]) -> None:
        text = said(*arguments)
        assert text.startswith(("Uso: dualeco score [OPZIONI]", "Uso: root score [OPZIONI]"))
        assert "Ordina le pratiche." in text
        assert "Opzioni:" in text
        assert "Mostra questo messaggio ed esce." in text
        assert "predefinito: 0;" in text

    def test_of_the_application(self) -> None:
        for arguments in (["--help", "--lang", "it"], ["--lang", "it", "--help"], ["--lang", "it"]):
            text = said(*arguments)
            assert text.startswith("Uso:") or "\nUso:" in text
        assert "score       Ordina le pratiche." in said("--help", "--lang", "it")

    def test_several_languages_in_one_process(self) -> None:
        starts = [said("score", "--help", "--lang", code).split(" ")[0] for code in ("it", "de", "en", "it")]
        assert starts == ["Uso:", "Aufruf:", "Usage:", "Uso:"]
        assert languages.current() == "en"

    def test_every_command_takes_the_option(self) -> None:
        commands = vars(typer.main.get_command(app))["commands"]
        assert len(commands) > 10
        for name, command in commands.items():
            assert [param.name for param in command.params].count("lang") == 1, name


class TestUsageErrors:
    def test_a_missing_argument(self) -> None:
        text = said("score", "--lang", "it")
        assert "Aiuto: " in text
        assert "Errore: Manca l'argomento 'WORKBOOK'." in text

    def test_a_value_that_does_not_fit(self) -> None:
        text = said("--lang", "it", "score", "x.xlsx", "--seed", "-1")
        assert "Errore: Valore non valido per '--seed': deve essere almeno 0" in text

    def test_an_unknown_command(self) -> None:
        done = CliRunner().invoke(app, ["scor", "--lang", "it"])
        assert done.exit_code == 2
        assert "Comando 'scor' sconosciuto. Forse 'score'?" in done.stderr

    def test_an_unknown_option(self) -> None:
        assert "Errore: Opzione sconosciuta: --nothing" in said("rules", "--nothing", "--lang", "it")

    def test_what_is_not_known_of_click_stays_as_it_is(self) -> None:
        with speaking("it"):
            assert spoken("Something quite new.") == "Something quite new."

    @pytest.mark.parametrize(
        "arguments",
        [
            ["scor"],
            ["score"],
            ["score", "x", "--seed", "y"],
            ["score", "x", "--samples", "1.5"],
            ["score", "x", "--seed", "9" * 5000],
            ["score", "x", "--weight-spread", "3"],
            ["score", "x", "--fail-under", "y"],
            ["score", "-o"],
            ["score", "--quiet=3", "x"],
            ["score", "--out"],
            ["rules", "a", "b"],
            ["--config", "x"],
            ["-x"],
        ],
    )
    def test_all_that_a_user_can_meet_is_known(self, arguments: list[str]) -> None:
        """A new version of Typer that says something else shows here."""
        done = CliRunner().invoke(app, ["--lang", "eu", *arguments])
        assert done.exit_code == 2
        last = done.stderr.strip().splitlines()[-1]
        assert last.startswith("⟦Error: ⟦")
        assert last.endswith("⟧⟧")
        if ": ⟦Input" not in last and "Invalid value" in last:
            assert "⟦Unable" in last

    def test_in_english_they_are_as_click_has_them(self) -> None:
        for form in FORMS:
            assert spoken(form) == form


class TestEntry:
    def entered(self, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["dualeco", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    def test_the_real_entry(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.entered(monkeypatch, "score", "--help", "--lang", "it") == 0
        assert capsys.readouterr().out.startswith("Uso: ")
        assert self.entered(monkeypatch, "rules", RULE, "--lang", "de") == 2
        assert "es gibt keine Regel" in capsys.readouterr().err
        assert self.entered(monkeypatch, "rules") == 0

    def test_a_defect_is_told_in_the_language(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def broken(*_: object, **__: object) -> None:
            raise RuntimeError("broken")

        monkeypatch.delenv("DUALECO_DEBUG", raising=False)
        monkeypatch.setattr(config, "configure", broken)
        assert self.entered(monkeypatch, "rules", "--lang", "eu") == 70
        assert capsys.readouterr().err.startswith("⟦dualeco: this should not have happened")
        monkeypatch.setattr(languages, "catalogue", broken)
        assert self.entered(monkeypatch, "rules", "--lang", "eu") == 70
        assert "this should not have happened (RuntimeError: broken)" in capsys.readouterr().err

    def test_a_shell_that_completes_is_not_disturbed(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("_DUALECO_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", "dualeco sco")
        monkeypatch.setenv("COMP_CWORD", "1")
        monkeypatch.setenv("DUALECO_LANG", "fr")
        self.entered(monkeypatch)
        said_ = capsys.readouterr()
        assert "score" in said_.out
        assert said_.err == ""


# -- nothing in the help is left in English ----------------------------------------------------------

COMMANDS = sorted(vars(typer.main.get_command(app))["commands"])
#: Short helps of the list of commands are cut at the end.
_CUT = re.compile(r"⟦[^⟦⟧]*?\.\.\.")
_INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")


def outside(text: str) -> str:
    """What of a text is in no brackets."""
    while (less := _INNERMOST.sub(" ", text)) != text:
        text = less
    return _CUT.sub(" ", text)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_no_english_in_the_help(command: str) -> None:
    text = said(*([command] if command else []), "--help", "--lang", "eu")
    root = typer.main.get_command(app)
    one = vars(root)["commands"].get(command, root)
    allowed = {"root", "dualeco", "str", "list", *COMMANDS}
    for param in one.params:
        allowed |= {word for part in (param.metavar or "", param.name) for word in re.findall(r"\w+", part)}
    plain = re.sub(r"(?<!\w)--?[a-z][a-z-]*", " ", outside(text))
    assert set(re.findall(r"[^\W\d_]{2,}", plain)) <= allowed
    assert "⟦" in text


def test_every_help_text_is_listed_once_and_on_lines_of_its_own() -> None:
    texts = list(help_texts())
    assert len(texts) == len(set(texts))
    assert "Show the version and exit." in texts
    assert "Compare targets: every practice for each of them, what suits where, how alike they are.\n\n" in [
        text[: text.find("\n\n") + 2] for text in texts
    ]
    assert not any(re.search(r"(?<!\n)\n(?!\n)", text) for text in texts)
