"""The whole way over HTTP on loopback, with the guarded fetcher, page and command line."""

import asyncio
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner
from world.credentials import other_signer, sample_credential, sample_signer
from world.servers import Answer, Site, page

from keys import did_web
from keys.controller import build
from keys.lifecycle import KeyLife
from keys.memory import MemorySigner
from proofs.digests import Digest
from proofs.secure import secure
from proofs.status import Purpose, StatusList, status_list_credential
from schemas.codes import new_code
from schemas.document import write
from service.clock import utc_now
from service.guarded_fetcher import GuardedFetcher
from verifier.cli import app
from verifier.errors import NotReadHere
from verifier.facts import EvidenceMode
from verifier.issuers import IssuerLists
from verifier.report import Report
from verifier.verdict import Verdict
from verifier.verification import Verifier

ARTIFACT = b"the work itself\n"
RUBRIC = b'{"criteria":[]}'
CODE = new_code(lambda below: below // 2)
INDEX = 4711


def served(body: bytes, media_type: str = "application/json") -> Answer:
    """An answer of a server that says that it hangs up, as this one does."""
    return page(body, media_type, headers={"connection": "close"})


@dataclass
class Issuer:
    """A small issuer on a real server."""

    site: Site
    lists: Path

    @property
    def did(self) -> str:
        return did_web.did_for(self.site.url(""))

    @property
    def link(self) -> str:
        return self.site.url(f"/c/{CODE}")

    def publish(self, *, revoked: bool = False, **over: object) -> None:
        signer = MemorySigner(f"{self.did}#1", sample_signer().private)
        document = build(self.did, [("1", signer.public_key, KeyLife())])
        self.site.put("/.well-known/did.json", served(write(document)))
        now = datetime.now(UTC)
        bits = StatusList.blank(Purpose.REVOCATION).with_bit(INDEX, revoked)
        unsigned = status_list_credential(
            id=self.site.url("/status/1"),
            issuer=self.did,
            status_list=bits,
            valid_from=now - timedelta(minutes=1),
            valid_until=now + timedelta(days=1),
            ttl_ms=60_000,
        )
        self.site.put("/status/1", served(write(secure(unsigned, signer, now)), "application/vc"))
        self.site.put("/rubric.json", served(RUBRIC))
        self.site.put("/artifact", served(ARTIFACT, "text/plain"))
        signed = write(secure(self.credential() | over, signer, now))
        self.site.put(f"/c/{CODE}.json", served(signed, "application/vc"))
        html = f'<link rel="alternate" type="application/vc" href="/c/{CODE}.json"><p>Hi'
        self.site.put(f"/c/{CODE}", served(html.encode(), "text/html; charset=utf-8"))

    def credential(self) -> dict[str, Any]:
        base = sample_credential()
        item = base["evidence"][0]
        fixed = {"digestMultibase": Digest.of(ARTIFACT).multibase, "mediaType": "text/plain"}
        rubric = {
            "id": self.site.url("/rubric.json"),
            "mediaType": "application/json",
            "digestMultibase": Digest.of(RUBRIC).multibase,
        }
        entry = {
            "id": f"{self.site.url('/status/1')}#{INDEX}",
            "statusListIndex": str(INDEX),
            "statusListCredential": self.site.url("/status/1"),
        }
        del base["credentialSchema"]
        return base | {
            "id": self.link,
            "issuer": base["issuer"] | {"id": self.did, "url": self.site.url("")},
            "evidence": [item | fixed | {"id": self.site.url("/artifact")}],
            "relatedResource": [rubric],
            "credentialStatus": base["credentialStatus"] | entry,
            "validFrom": "2026-03-02T09:30:00Z",
            "validUntil": "2199-03-02T09:30:00Z",
        }


@pytest.fixture
def issuer(tmp_path: Path) -> Iterator[Issuer]:
    with Site() as site:
        lists = tmp_path / "issuers.json"
        found = Issuer(site, lists)
        known = {"did": found.did, "name": "A Guild", "url": site.url("")}
        lists.write_text(json.dumps({"name": "Ours", "issuers": [known]}), "utf-8")
        found.publish()
        yield found


def verified(issuer: Issuer, given: str, *, development: bool = True) -> Report:
    async def ask() -> Report:
        async with GuardedFetcher(utc_now, loopback_http=development) as fetcher:
            verifier = Verifier(fetcher, IssuerLists.read([issuer.lists]), development)
            return await verifier.verify(given, now=utc_now(), evidence=EvidenceMode.WAIT)

    return asyncio.run(ask())


@pytest.mark.parametrize("given", ["link", "json", "code", "small letters"])
def test_page_document_and_code_lead_to_the_same_verdict(issuer: Issuer, given: str) -> None:
    text = {"link": issuer.link, "json": f"{issuer.link}.json", "code": CODE}
    report = verified(issuer, text.get(given, CODE.lower()))
    assert report.verdict is Verdict.CONFIRMED, report.checks
    assert report.development


def test_a_page_that_says_not_found_with_200_does_not_hide_the_next_issuer(
    issuer: Issuer,
) -> None:
    with Site() as other:
        other.put(f"/c/{CODE}.json", served(b"<p>Not found", "text/html"))
        known = [
            {"did": "did:web:other.example", "name": "Another", "url": other.url("")},
            {"did": issuer.did, "name": "A Guild", "url": issuer.site.url("")},
        ]
        issuer.lists.write_text(json.dumps({"name": "Ours", "issuers": known}), "utf-8")
        assert verified(issuer, CODE).verdict is Verdict.CONFIRMED


def test_a_code_that_only_pages_answer_is_not_read(issuer: Issuer) -> None:
    issuer.site.put(f"/c/{CODE}.json", served(b"<p>Not found", "text/html"))
    with pytest.raises(NotReadHere, match="No issuer"):
        verified(issuer, CODE)


def test_outside_development_this_machine_is_never_asked(issuer: Issuer) -> None:
    issuer.site.requests.clear()
    report = verified(issuer, issuer.link, development=False)
    assert report.verdict is Verdict.NOT_FULLY_CHECKED
    assert issuer.site.paths == []


def test_a_withdrawal_is_seen_at_the_next_look(issuer: Issuer) -> None:
    assert verified(issuer, issuer.link).verdict is Verdict.CONFIRMED
    issuer.publish(revoked=True)
    assert verified(issuer, issuer.link).verdict is Verdict.DO_NOT_RELY


def test_a_changed_file_changes_only_its_row(issuer: Issuer) -> None:
    before = verified(issuer, issuer.link)
    issuer.site.put("/artifact", served(b"something else", "text/plain"))
    after = verified(issuer, issuer.link)
    pairs = zip(before.checks, after.checks, strict=True)
    changed = {b.code: b.because for a, b in pairs if a.outcome is not b.outcome}
    assert changed == {"evidence": "changed"}
    assert after.verdict is Verdict.CONFIRMED_WITH_NOTES


def test_one_fetch_of_the_credential_and_of_its_status(issuer: Issuer) -> None:
    issuer.site.requests.clear()
    verified(issuer, f"{issuer.link}.json")
    for path in (f"/c/{CODE}.json", "/status/1", "/.well-known/did.json"):
        assert issuer.site.paths.count(path) == 1


def run(issuer: Issuer, *arguments: str, given: str | None = None) -> tuple[int, str]:
    settings = {
        "SKILLMARK_DEVELOPMENT": "1",
        "SKILLMARK_ISSUER_LISTS": os.pathsep.join([str(issuer.lists)]),
    }
    result = CliRunner().invoke(app, ["verify", *arguments], input=given, env=settings)
    return result.exit_code, result.output


def test_the_command_ends_with_0_for_confirmed(issuer: Issuer) -> None:
    code, output = run(issuer, issuer.link)
    assert code == 0, output
    assert output.startswith("Confirmed\n")
    assert "We did not judge the skill itself" in output


def test_the_command_ends_with_1_for_what_is_not_to_be_relied_on(issuer: Issuer) -> None:
    issuer.publish(revoked=True)
    assert run(issuer, issuer.link)[0] == 1


def test_the_command_ends_with_2_for_what_is_open(issuer: Issuer) -> None:
    issuer.lists.write_text('{"name": "Nobody"}', "utf-8")
    assert run(issuer, issuer.link)[0] == 2


@pytest.mark.parametrize("given", ["what is this", "4Q8RT-M2XZ9-0"])
def test_the_command_ends_with_64_for_what_is_nothing_to_check(issuer: Issuer, given: str) -> None:
    assert run(issuer, given)[0] == 64


def test_the_command_reads_a_file_and_its_input(issuer: Issuer, tmp_path: Path) -> None:
    signer = MemorySigner(f"{issuer.did}#1", sample_signer().private)
    signed = write(secure(issuer.credential(), signer, datetime.now(UTC))).decode()
    file = tmp_path / "credential.json"
    file.write_text(signed, "utf-8")
    assert run(issuer, str(file))[0] == 0
    code, output = run(issuer, "-", "--json", given=signed)
    assert code == 0
    assert json.loads(output)["verdict"] == "confirmed"


def test_a_file_signed_by_somebody_else_ends_with_1(issuer: Issuer, tmp_path: Path) -> None:
    signed = secure(issuer.credential(), other_signer(f"{issuer.did}#1"), datetime.now(UTC))
    file = tmp_path / "credential.json"
    file.write_bytes(write(signed))
    assert run(issuer, str(file))[0] == 1


def test_a_list_that_cannot_be_read_stops_the_command(issuer: Issuer) -> None:
    issuer.lists.write_text("[", "utf-8")
    code, output = run(issuer, issuer.link)
    assert code == 64
    assert "issuers.json" in output
