"""Making a detector from the data of this package."""

from collections.abc import Iterable
from pathlib import Path

from screener.detect.combinations import load_combinations
from screener.detect.detector import Detector, data_files, pattern_finder
from screener.detect.facts import MEASURED, load_reference
from screener.detect.flagging import Flagger
from screener.detect.indicators import load_indicators, load_laws
from screener.detect.kinds import load_kinds
from screener.detect.lexicon import load_lexicon
from screener.detect.matching import by_scope
from screener.detect.rules import load_rules, ruleset_digest
from screener.detect.terms import TermFinder
from screener.detect.view import Viewer

_HERE = Path(__file__).parent
_DATA = _HERE / "data"


def load_detector(own_rules: Iterable[Path] = ()) -> Detector:
    """The detector with the rules of this package, and those of further folders as `Detector.with_rules` has them.

    Raises RuleError when a file of this package does not fit, or one of the folders is not there.
    """
    indicators = load_indicators(_DATA / "indicators.toml", load_laws(_DATA / "law.toml"))
    reference = load_reference(_DATA)
    lexicon = load_lexicon(
        _HERE / "concepts", reference.gazetteer, (word for body in reference.bodies for word in body.words)
    )
    rules = load_rules([_HERE / "rules"], indicators, lexicon.concepts | MEASURED)
    ruleset = ruleset_digest(data_files())
    shipped = Detector(
        combinations=load_combinations(_DATA / "combinations.toml", indicators),
        rules=rules,
        ruleset=ruleset,
        base_ruleset=ruleset,
        _viewer=Viewer(
            finder=TermFinder(lexicon), lexicon=lexicon, patterns=pattern_finder(rules), reference=reference
        ),
        _flagger=Flagger(indicators=indicators, by_scope=by_scope(rules)),
        _cues=load_kinds(_HERE / "kinds.toml"),
    )
    return shipped.with_rules(own_rules)
