"""The local cloud signs papers too, with a key that only it believes."""

from pathlib import Path

import pytest

from infra.local.local_key import LocalKey
from infra.local.local_seal import local_seal
from shared.runtime.settings import from_environment
from shared.runtime.wiring import Wiring
from tests.shared.adapters.a_paper import MINIMAL
from tests.shared.runtime.test_settings import CLOUD


def test_papers_of_the_local_cloud_are_signed(tmp_path: Path) -> None:
    papers = Wiring(from_environment(local_seal(LocalKey(tmp_path).private))).papers
    pdf = papers.certificate(MINIMAL)
    assert b"/ETSI.CAdES.detached" in papers.sign(pdf).removeprefix(pdf)


def test_its_key_is_refused_in_the_cloud(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="local keys"):
        from_environment({**CLOUD, **local_seal(LocalKey(tmp_path).private)})
