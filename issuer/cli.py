"""The issuer on the command line."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from evidence.errors import EvidenceError
from issuer import errors
from issuer.accounts.actions import OPERATOR, create_api_key, end_api_key, open_account
from issuer.accounts.queries import account_named, api_keys
from issuer.accounts.scopes import Scope
from issuer.app import create_app
from issuer.database import Database
from issuer.desk import Desk, keys_folder, open_desk
from issuer.issuance.from_file import issue_from_file
from issuer.migrations import upgrade as upgrade_database
from issuer.revocation.actions import reinstate as reinstate_credential
from issuer.revocation.actions import revoke as revoke_credential
from issuer.revocation.actions import suspend as suspend_credential
from issuer.settings import IssuerSettings
from keys import multikey
from keys.errors import KeyFault
from keys.public_key import KeyType
from keys.stores.file import FileKeyStore
from keys.stores.passphrase import find_passphrase
from proofs.errors import ProofError
from schemas.codes import parse_code
from schemas.errors import SchemaError
from schemas.moments import written
from service.clock import utc_now
from service.reachability import NotAllowed
from service.serving import Processes
from service.serving import serve as serve_app

REFUSALS: Final = (
    errors.IssuerError,
    EvidenceError,
    KeyFault,
    ProofError,
    SchemaError,
    NotAllowed,
)

app = typer.Typer(no_args_is_help=True)
issuer_app = typer.Typer(no_args_is_help=True, help="Run the issuer service and give access to it.")
api_key_app = typer.Typer(
    no_args_is_help=True, help="Keys with which programs use the issuer's API."
)
keys_app = typer.Typer(no_args_is_help=True, help="The keys that sign credentials.")
db_app = typer.Typer(no_args_is_help=True, help="The issuer's database.")
issuer_app.add_typer(api_key_app, name="api-key")
app.add_typer(issuer_app, name="issuer")
app.add_typer(keys_app, name="keys")
app.add_typer(db_app, name="db")


@issuer_app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Default: SKILLMARK_ISSUER_HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="Default: SKILLMARK_ISSUER_PORT.")] = None,
    processes: Processes = 1,
) -> None:
    """Serve public pages and the API until Ctrl-C.

    On the first start it makes its database and its signing key in
    SKILLMARK_DATA_DIR. Outside development SKILLMARK_KEY_PASSPHRASE must be set.
    """
    settings = IssuerSettings()
    serve_app(
        create_app(settings),
        host=host or settings.issuer_host,
        port=settings.issuer_port if port is None else port,
        processes=processes,
        factory="issuer.app:create_app",
    )


@api_key_app.command("create")
def create_key(
    label: Annotated[str, typer.Option(help="What it is for, so that you know it later.")],
    scope: Annotated[
        list[Scope] | None,
        typer.Option(help="What it may do; may be given several times. Default: read."),
    ] = None,
    account: Annotated[
        str, typer.Option(help="Whose it is: the name of an account; made if need be.")
    ] = OPERATOR,
) -> None:
    """Make an API key and print it, this one time.

    issuer:write sets up, issues and withdraws; assess records assessments; read reads.

    For example: skillmark issuer api-key create --label "our CI" --scope read
    """
    now = utc_now()
    with _desk() as desk, desk.database.write() as session:
        organisation_id = desk.seal.organisation_id
        owner = account_named(session, organisation_id, account) or open_account(
            session, organisation_id, name=account, identities=(), now=now
        )
        key = create_api_key(session, owner, label=label, scopes=scope or [Scope.READ], now=now)
    _say(key)


@api_key_app.command("list")
def list_api_keys() -> None:
    """List the API keys by their ids; the keys themselves are not kept.

    Id, when it was made, whether it is in use, scopes, whose it is and what it is for.
    """
    with _desk() as desk, desk.database.read() as session:
        for key, owner in api_keys(session, desk.seal.organisation_id):
            state = f"ended {written(key.ended_at)}" if key.ended_at else "in use"
            scopes = ",".join(key.scopes)
            _say(
                f"{key.id}  {written(key.created_at)}  {state}  {scopes}  {owner.name}: {key.label}"
            )


@api_key_app.command("revoke")
def revoke_key(
    key_id: Annotated[
        str, typer.Argument(metavar="ID", help="The key's id, as `api-key list` shows it.")
    ],
) -> None:
    """End an API key at once and for good; what was done with it stays.

    For example: skillmark issuer api-key revoke 0f8b6c1e5d2a4e7f9a3b1c2d3e4f5a6b
    """
    with _desk() as desk, desk.database.write() as session:
        key = end_api_key(session, desk.seal.organisation_id, key_id, now=utc_now())
    _say(f"Ended: {key.id}  {key.label}")


@keys_app.command("list")
def list_keys() -> None:
    """List the signing keys of SKILLMARK_DATA_DIR: name, kind, public key.

    No passphrase is needed: only public halves are read.
    """
    store = FileKeyStore.at(keys_folder(IssuerSettings()))
    with _refusals():
        for name in store.names():
            public = store.public_key(name)
            _say(f"{name}  {public.type}  {multikey.encode(public)}")


@keys_app.command("create")
def create_signing_key(
    name: Annotated[str, typer.Argument(help="Lower-case letters, digits, dots and dashes.")],
    kind: Annotated[KeyType, typer.Option(help="P-256 and P-384 are for the VC API.")] = (
        KeyType.ED25519
    ),
) -> None:
    """Make a signing key in an encrypted file that only you can read.

    It is encrypted with SKILLMARK_KEY_PASSPHRASE and never overwrites another key.
    A P-256 or P-384 key is published when the issuer starts next; the VC API then
    offers the cryptosuites that it fits.
    """
    settings = IssuerSettings()
    given = settings.key_passphrase
    with _refusals():
        folder = keys_folder(settings)
        passphrase = find_passphrase(
            folder, given.get_secret_value() if given else None, development=settings.development
        )
        public = FileKeyStore.at(folder).create(name, kind, passphrase.text)
        if passphrase.note:
            sys.stderr.write(f"{passphrase.note}\n")
    _say(f"{name}  {public.type}  {multikey.encode(public)}")


@db_app.command()
def upgrade() -> None:
    """Bring the database to the newest version; `issuer serve` does the same when it starts."""
    settings = IssuerSettings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_address)
    try:
        upgrade_database(database)
    finally:
        database.close()
    _say("The database is up to date.")


@app.command()
def issue(
    file: Annotated[Path, typer.Argument(help="What was assessed, by whom, with which result.")],
    artifact: Annotated[
        str, typer.Option(metavar="PATH_OR_URL", help="The git repository that was assessed.")
    ] = ".",
    commit: Annotated[str | None, typer.Option(help="The commit; by default HEAD.")] = None,
) -> None:
    """Issue the credential that a file describes, if the gate lets it.

    The gate lists everything that is missing. Issuing again from the same file for
    the same artifact finds the credential that was issued before.

    For example: skillmark issue docs/examples/submission.yaml --artifact ~/work/project
    """
    console = Console(stderr=True)
    waiting = console.status("Capturing and issuing …") if console.is_terminal else nullcontext()
    with _refusals(), waiting:
        issued = issue_from_file(
            IssuerSettings(), file, artifact=artifact, commit=commit, now=utc_now()
        )
    _say(f"{issued.url}\n{issued.code}{'  (issued before)' if issued.reused else ''}")


@app.command()
def revoke(
    code: Annotated[str, typer.Argument(help="The credential's code, as it is printed.")],
    reason: Annotated[
        str, typer.Option(help="A sentence for everybody who opens the credential.")
    ] = "Withdrawn by the issuer.",
) -> None:
    """Withdraw a credential for good; its page and the status list say so at once.

    For example: skillmark revoke 4Q8RT-M2XZ9-3 --reason "The artifact was not the holder's."
    """
    with _refusals():
        canonical = parse_code(code)
        with _desk() as desk, desk.database.write() as session:
            revoke_credential(session, desk.seal, canonical, reason=reason, now=utc_now())
    _say(f"Withdrawn: {canonical}")


@app.command()
def suspend(
    code: Annotated[str, typer.Argument(help="The credential's code, as it is printed.")],
    reason: Annotated[
        str, typer.Option(help="A sentence for everybody who opens the credential.")
    ] = "Put on hold by the issuer.",
) -> None:
    """Put a credential on hold until it is reinstated or withdrawn.

    Its page and the status list say so at once.

    For example: skillmark suspend 4Q8RT-M2XZ9-3 --reason "We ask whose work this is."
    """
    with _refusals():
        canonical = parse_code(code)
        with _desk() as desk, desk.database.write() as session:
            suspend_credential(session, desk.seal, canonical, reason=reason, now=utc_now())
    _say(f"On hold: {canonical}")


@app.command()
def reinstate(
    code: Annotated[str, typer.Argument(help="The credential's code, as it is printed.")],
) -> None:
    """Take a credential off hold; what was withdrawn stays so.

    Its page and the status list say so at once.

    For example: skillmark reinstate 4Q8RT-M2XZ9-3
    """
    with _refusals():
        canonical = parse_code(code)
        with _desk() as desk, desk.database.write() as session:
            reinstate_credential(session, desk.seal, canonical, now=utc_now())
    _say(f"Off hold: {canonical}")


@contextmanager
def _desk() -> Iterator[Desk]:
    with _refusals():
        desk = open_desk(IssuerSettings(), now=utc_now())
        try:
            yield desk
        finally:
            desk.database.close()


@contextmanager
def _refusals() -> Iterator[None]:
    """Tell a person what to change, and end with 1."""
    try:
        yield
    except errors.GateClosed as closed:
        lines = "\n".join(f"  - {each.sentence}" for each in closed.missing)
        sys.stderr.write(f"Not issued. The gate is missing:\n{lines}\n")
        raise typer.Exit(1) from closed
    except REFUSALS as refused:
        sys.stderr.write(f"{refused}\n")
        raise typer.Exit(1) from refused


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
