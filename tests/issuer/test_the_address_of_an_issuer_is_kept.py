"""Credentials name their issuer by its address: it never changes underneath them, its place may."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from issuer.desk import open_desk
from issuer.errors import AddressChanged
from issuer.settings import IssuerSettings

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def settings(folder: Path, address: str = "http://localhost:8000") -> IssuerSettings:
    return IssuerSettings(data_dir=folder, development=True, issuer_url=address)


def test_another_address_for_the_same_data_is_refused_with_the_way_back(tmp_path: Path) -> None:
    open_desk(settings(tmp_path / "a"), now=NOON).database.close()
    with pytest.raises(AddressChanged, match=r"localhost%3A8000.*SKILLMARK_ISSUER_URL"):
        open_desk(settings(tmp_path / "a", "http://localhost:9000"), now=NOON)


def test_the_data_may_move_to_another_folder_and_signs_with_the_same_key(tmp_path: Path) -> None:
    first = open_desk(settings(tmp_path / "a"), now=NOON)
    first.database.close()
    (tmp_path / "a").rename(tmp_path / "moved to b")
    second = open_desk(settings(tmp_path / "moved to b"), now=NOON)
    second.database.close()
    assert second.seal.signer.public_key == first.seal.signer.public_key
