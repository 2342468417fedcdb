"""The README and the program agree: each command in it exists, and each command is in it."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from screener.cli import commands

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.strip() and not line.startswith("#")
]
PROGRAM = [line for line in LINES if shlex.split(line)[0].endswith("screener")]
MAKE = [line for line in LINES if shlex.split(line)[0] == "make"]


def command_group() -> TyperGroup:
    app = typer.Typer()
    commands.register(app)
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    return group


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return {name for line in re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE) for name in line.split()}


def test_the_readme_has_commands_in_its_blocks() -> None:
    assert {"make scan", "make test"} <= set(LINES)
    assert len(PROGRAM) + len(MAKE) == len(LINES)


def all_commands() -> dict[str, TyperCommand]:
    """Every command by its whole name, "rules check" for one of a group."""
    found: dict[str, TyperCommand] = {}
    for name, command in command_group().commands.items():
        inner = command.commands.items() if isinstance(command, TyperGroup) else [("", command)]
        found |= {f"{name} {part}".strip(): each for part, each in inner if isinstance(each, TyperCommand)}
    return found


def named(line: str) -> tuple[str, list[str]]:
    """The whole name of the command in a line, and its arguments."""
    words = shlex.split(line)[1:]
    name = next(name for name in (" ".join(words[:2]), words[0]) if name in all_commands())
    return name, words[len(name.split()) :]


@pytest.mark.parametrize("line", PROGRAM)
def test_a_command_of_the_readme_is_understood(line: str) -> None:
    name, arguments = named(line)
    all_commands()[name].make_context(name, arguments)


@pytest.mark.parametrize("name", sorted(all_commands()))
def test_a_command_and_its_options_have_help(name: str) -> None:
    command = all_commands()[name]
    assert command.help
    assert all(parameter.help for parameter in command.params if isinstance(parameter, TyperOption))


@pytest.mark.parametrize("line", MAKE)
def test_a_target_of_the_readme_is_in_the_makefile(line: str) -> None:
    assert set(shlex.split(line)[1:]) <= targets()


@pytest.mark.parametrize("target", ["scan", "test", "check", "bench", "train"])
def test_what_a_target_needs_is_known_to_make(target: str) -> None:
    dry = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607  our own Makefile
    assert dry.returncode == 0, dry.stderr
    assert dry.stdout


@pytest.mark.parametrize("name", sorted(all_commands()))
def test_a_command_is_in_the_readme(name: str) -> None:
    assert any(named(line)[0] == name for line in PROGRAM)


@pytest.mark.parametrize("name", ["explain", "rules check", "rules try"])
def test_each_option_of_a_command_for_analysts_is_in_the_readme(name: str) -> None:
    options = [option for parameter in all_commands()[name].params for option in parameter.opts if option[:2] == "--"]
    assert [option for option in options if option not in README] == []


def test_the_exit_codes_of_the_readme_are_those_of_the_program() -> None:
    from screener.cli.app import Exit  # noqa: PLC0415  beside its one use

    assert [int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)] == [int(code) for code in Exit]


def test_files_and_links_of_the_readme_exist() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_module_is_the_command() -> None:
    shown = subprocess.run([sys.executable, "-m", "screener", "--help"], capture_output=True, text=True, check=False)
    assert shown.returncode == 0
    assert all(name in shown.stdout for name in command_group().commands)
