import re
import string

import pytest

from verifier import presented
from verifier.checks import CODES
from verifier.sentences import ALWAYS, LONGEST_FACT, SENTENCES, say, shortened

JARGON = re.compile(r"\b(DID|JSON|hash|digest|proof|cryptograph\w*|issuer key|URL)\b")


def facts_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_has_at_most_thirty_words_with_ordinary_facts(key: str) -> None:
    filled = say(key, **dict.fromkeys(facts_of(SENTENCES[key]), "Guild of Data"))
    assert len(filled.split()) <= 30


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_is_one_sentence_without_jargon(key: str) -> None:
    assert SENTENCES[key][-1] in ".}"
    assert not JARGON.search(SENTENCES[key])


def test_every_sentence_belongs_to_a_check_or_to_the_whole() -> None:
    assert {key.partition(".")[0] for key in SENTENCES} <= {
        *CODES,
        *presented.CODES,
        "unproven",
        "verdict",
    }


@pytest.mark.parametrize("sentence", ALWAYS)
def test_what_is_always_said_is_short(sentence: str) -> None:
    assert len(sentence.split()) <= 30


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200b", "\x00", "\n", "\ufeff"])
def test_a_fact_cannot_turn_or_break_its_sentence(mark: str) -> None:
    filled = say("issuer.unknown", issuer=f"X{mark}Y")
    assert mark not in filled


def test_a_long_fact_is_cut_and_a_brace_is_only_a_brace() -> None:
    assert len(shortened("x" * 10_000)) == LONGEST_FACT
    assert "{listed_by}" in say("issuer.unknown", issuer="{listed_by}")
