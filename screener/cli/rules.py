"""`screener rules`: for analysts who write rules of their own; here `rules check`."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screener.cli import trying
from screener.cli.app import Exit, plain, tell_refused
from screener.cli.folders import Config, own_folders, settings_near

if TYPE_CHECKING:
    from screener.detect import Detector
    from screener.detect.ruletrial import Checked

_SLOWEST_SHOWN = 10
_TEXT_SHOWN = 160

app = typer.Typer(help="Check and try rules of your own.", no_args_is_help=True, rich_markup_mode=None)


@app.command("check")
def check(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FOLDER]...",
            help="Folders of rules, or rule files; all rules in use, shipped and your own, when left out.",
        ),
    ] = None,
    config: Config = None,
) -> None:
    """Try every rule on the texts that it must hit and must miss, and tell what is wrong with it.

    Prints what fails and why, rules that collide with others or add nothing to them, and what each rule costs.
    The exit code is 1 when a rule fails or a file does not fit.
    """
    from screener.detect import load_detector
    from screener.detect.ruletrial import check_rule
    from screener.errors import SettingsError

    shipped = load_detector()
    detector = shipped.with_rules(own_folders(folders, settings_near(config)))
    rules = detector.own_rules if folders else detector.rules
    refused = tell_refused(detector.refusals)
    if not rules and not refused:
        raise SettingsError(f"{', '.join(map(str, folders or ()))}: there is no rule file (*.toml) here")
    checked = [check_rule(rule, detector) for rule in rules]
    for line in _told(checked, detector):
        print(plain(line))
    failed = sum(bool(one.failures) for one in checked)
    texts = sum(len(rule.hits) + len(rule.misses) for rule in rules)
    files = len({refusal.path for refusal in detector.refusals})
    print(f"Rules checked: {len(rules)}, texts: {texts}; rules that fail: {failed}, files refused: {files}")
    raise typer.Exit(Exit.FAILED if failed or refused else Exit.DONE)


def _told(checked: "Sequence[Checked]", detector: "Detector") -> Iterator[str]:
    own = {rule.name for rule in detector.own_rules}
    for one in checked:
        yield from _failures(one)
    for one in checked:
        yield from _overlaps(one, own)
    yield from _costs(checked, detector, own)


def _failures(checked: "Checked") -> Iterator[str]:
    rule = checked.rule
    for failure in checked.failures:
        place = f"{rule.path.name}, line {rule.line}"
        yield f"FAIL  {rule.name} ({place}): should {failure.expected} {_short(failure.text)!r}"
        yield f"      {failure.reason}"


def _short(text: str) -> str:
    return text if len(text) <= _TEXT_SHOWN else f"{text[:_TEXT_SHOWN]}..."


def _overlaps(checked: "Checked", own: set[str]) -> Iterator[str]:
    """What an analyst should know of a rule of theirs, and of shipped ones only where theirs has a part in it."""
    name, mine = checked.rule.name, checked.rule.name in own
    for collision in checked.collisions:
        if mine or collision.rule in own or not own:
            yield f"same words  {name}: {collision.rule} fires on {_short(collision.quote)!r} too"
    covering = [rule for rule in checked.covered_by if mine or rule in own or not own]
    if covering:
        yield f"redundant   {name}: all its hits are hit by {', '.join(covering)} as well"


def _costs(checked: "Sequence[Checked]", detector: "Detector", own: set[str]) -> Iterator[str]:
    from screener.detect.ruletrial import cost, sample_of

    if not checked:
        return
    sample = sample_of(detector)
    costs = sorted(((cost(one.rule, sample, time.perf_counter), one.rule) for one in checked), key=lambda c: -c[0])
    shown = [pair for number, pair in enumerate(costs) if number < _SLOWEST_SHOWN or pair[1].name in own]
    yield "cost in µs per 1,000 characters, hits, misses, rule:"
    for microseconds, rule in shown:
        yield f"{microseconds:9.2f} {len(rule.hits):4} {len(rule.misses):4}  {rule.name}"
    if len(costs) > len(shown):
        yield f"          and {len(costs) - len(shown)} faster ones; all together {sum(c for c, _ in costs):.2f}"


app.command("try")(trying.try_rules)
