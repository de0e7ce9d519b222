from world.credentials import signed_sample
from world.judging import judged

from verifier.result_page import result_page


def test_a_changed_document_has_one_line_for_each_question_that_stays_open() -> None:
    report = judged(signed_sample().replace(b"M. Okafor", b"M. Okafur"))
    page = result_page(report, given="", evidence_pending=False)
    lines = {question.title: len(question.checks) for question in page.questions}
    assert lines.pop("Genuine?") == 3  # a form we know, a signature that fails, and the rest
    assert set(lines.values()) == {1}
