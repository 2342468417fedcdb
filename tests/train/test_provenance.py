"""Digests follow what they name, and nothing else."""

from importlib.metadata import version

from screener.score.features import Feature
from screener.train.provenance import code_digest, digests_of, features_digest, library_versions

ONE = Feature(name="length", explanation="How long.", measure=lambda _: 1.0)


def test_the_digest_of_features_follows_names_explanations_and_order() -> None:
    renamed = Feature(name="size", explanation=ONE.explanation, measure=ONE.measure)
    reworded = Feature(name=ONE.name, explanation="How large.", measure=ONE.measure)
    lists = [(ONE,), (renamed,), (reworded,), (ONE, renamed), (renamed, ONE)]
    assert len({features_digest(listed) for listed in lists}) == len(lists)
    assert features_digest([ONE]) == features_digest([ONE])


def test_the_digest_of_a_file_is_that_of_sha256sum() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digests_of({"a": b"", "b": b"x"})["a"] == empty


def test_code_has_one_digest_and_libraries_their_installed_versions() -> None:
    assert len(bytes.fromhex(code_digest())) == 32
    assert library_versions(["numpy", "no-such-library"]) == {"numpy": version("numpy"), "no-such-library": "absent"}
