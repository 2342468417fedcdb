"""Which commands there are, in the order of the help."""

import typer

from screener.cli import corpus, doctor, explaining, learning, models, reporting, rules, scanning, screens


def register(app: typer.Typer) -> None:
    """Put every command into the app."""
    app.command("scan")(scanning.scan)
    app.command("screen")(screens.screen)
    app.command("report")(reporting.report)
    app.command("explain")(explaining.explain)
    app.add_typer(rules.app, name="rules")
    app.command("train")(learning.train)
    app.command("evaluate")(learning.evaluate)
    app.add_typer(models.app, name="model")
    app.add_typer(corpus.app, name="corpus")
    app.command("doctor")(doctor.doctor)
