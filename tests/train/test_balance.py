"""Every table counts every example once."""

from screener.train.balance import FIELDS, balance
from screener.train.corpus import Corpus
from tests.train.factory import example


def test_every_table_counts_every_example_once(shipped_corpus: Corpus) -> None:
    tables = balance(shipped_corpus.examples)
    assert [table.field for table in tables] == list(FIELDS)
    for table in tables:
        assert sum(sum(counts) for _, _, counts in table.rows) == len(shipped_corpus.examples)


def test_a_value_has_its_groups_and_its_texts_by_label() -> None:
    examples = [
        example(1, language="id", group="a/x"),
        example(2, language="id", group="a/x", label="ordinary"),
        example(3, language="en", group="b/x"),
        example(4, language="id", group="b/y", label="ordinary"),
    ]
    tables = {table.field: table for table in balance(examples)}
    assert tables["language"].labels == ("follow_up", "ordinary")
    assert tables["language"].rows == (("id", 2, (1, 2)), ("en", 1, (1, 0)))
    assert tables["author"].rows == (("a", 1, (1, 1)), ("b", 2, (1, 1)))
