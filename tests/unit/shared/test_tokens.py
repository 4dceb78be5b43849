"""Tokens: whom they name, which are not believed, and the pair of keys that signs them."""

import base64
import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from hypothesis import given
from hypothesis import strategies as st

from shared.access import (
    COUNSELLOR,
    OPERATOR,
    ROLES,
    AccessSettings,
    DevelopmentIssuer,
    Principal,
    TokenRefused,
    Verifier,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("issuer")


@pytest.fixture(scope="module")
def issuer(folder: Path) -> DevelopmentIssuer:
    return DevelopmentIssuer(folder)


@pytest.fixture(scope="module")
def verifier(issuer: DevelopmentIssuer) -> Verifier:
    return Verifier(issuer.public_key)


@pytest.fixture(scope="module")
def key(folder: Path, issuer: DevelopmentIssuer) -> Ed25519PrivateKey:
    loaded = load_pem_private_key((folder / "private.pem").read_bytes(), None)
    assert isinstance(loaded, Ed25519PrivateKey)
    return loaded


def claims(**changed: Any) -> dict[str, Any]:
    now = datetime.now(UTC)
    whole = {
        "iss": "reintegration-development",
        "aud": "reintegration",
        "sub": "sokha",
        "iat": now,
        "exp": now + timedelta(minutes=5),
        "roles": ["counsellor"],
        "centre": "pursat",
    }
    return {name: value for name, value in (whole | changed).items() if value is not None}


def refused(verifier: Verifier, token: str) -> str:
    with pytest.raises(TokenRefused) as raised:
        verifier.principal(f"Bearer {token}")
    return str(raised.value)


def test_a_token_names_its_principal(issuer: DevelopmentIssuer, verifier: Verifier) -> None:
    token = issuer.token("sokha", [COUNSELLOR, OPERATOR], centre="pursat")
    expected = Principal("sokha", frozenset({COUNSELLOR, OPERATOR}), centre="pursat")
    assert verifier.principal(f"Bearer {token}") == expected
    assert verifier.principal(f"bearer {token}") == expected


def test_roles_that_nobody_knows_are_left_out(verifier: Verifier, key: Ed25519PrivateKey) -> None:
    token = jwt.encode(claims(roles=["counsellor", "emperor"]), key, algorithm="EdDSA")
    assert verifier.principal(f"Bearer {token}").roles == {COUNSELLOR}


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "somebody-else"},
        {"iss": None},
        {"aud": "another-system"},
        {"aud": None},
        {"sub": None},
        {"sub": ""},
        {"sub": "a b"},
        {"sub": "x" * 101},
        {"sub": 7},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": float("nan")},
        {"iat": None},
        {"iat": datetime.now(UTC) + timedelta(hours=1)},
        {"nbf": datetime.now(UTC) + timedelta(hours=1)},
        {"roles": "counsellor"},
        {"roles": [7]},
        {"roles": ["counsellor"] * 21},
        {"centre": None},
        {"centre": ["pursat"]},
        {"centre": "Pursat; drop"},
        {"roles": ["training-provider"]},
    ],
)
def test_claims_that_are_not_believed(verifier: Verifier, key: Ed25519PrivateKey, changed: dict[str, Any]) -> None:
    assert refused(verifier, jwt.encode(claims(**changed), key, algorithm="EdDSA")) == "token-refused"


def test_a_token_ends_a_little_after_its_time(verifier: Verifier, key: Ed25519PrivateKey) -> None:
    now = datetime.now(UTC)
    just = jwt.encode(claims(exp=now - timedelta(seconds=2)), key, algorithm="EdDSA")
    assert verifier.principal(f"Bearer {just}").subject == "sokha"
    assert refused(verifier, jwt.encode(claims(exp=now - timedelta(seconds=60)), key, algorithm="EdDSA")) == (
        "token-expired"
    )


def test_other_keys_and_other_algorithms_are_not_believed(verifier: Verifier, issuer: DevelopmentIssuer) -> None:
    assert refused(verifier, jwt.encode(claims(), Ed25519PrivateKey.generate(), algorithm="EdDSA")) == "token-refused"
    assert refused(verifier, jwt.encode(claims(), "", algorithm="none")) == "token-refused"
    # The oldest trick: the public key, which everybody has, as the secret of a symmetric signature.
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').rstrip(b"=").decode()
    payload = json.dumps(claims(iat=0, exp=4_000_000_000)).encode()
    signed = f"{head}.{base64.urlsafe_b64encode(payload).rstrip(b'=').decode()}"
    hs256 = jwt.get_algorithm_by_name("HS256")
    signature = hs256.sign(signed.encode(), issuer.public_key.read_bytes())
    forged = f"{signed}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"
    assert refused(verifier, forged) == "token-refused"


def test_a_changed_token_is_not_believed(verifier: Verifier, issuer: DevelopmentIssuer) -> None:
    head, payload, signature = issuer.token("sokha", [COUNSELLOR], centre="pursat").split(".")
    told = json.loads(base64.urlsafe_b64decode(payload + "=="))
    other = base64.urlsafe_b64encode(json.dumps(told | {"roles": ["operator"]}).encode()).rstrip(b"=").decode()
    assert refused(verifier, f"{head}.{other}.{signature}") == "token-refused"


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=200))
def test_whatever_stands_in_the_header_is_refused_or_missing(verifier: Verifier, text: str) -> None:
    for header in (text, f"Bearer {text}", f"Bearer {text}.{text}.{text}"):
        with pytest.raises(TokenRefused):
            verifier.principal(header)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(name=st.sampled_from(["iss", "aud", "sub", "iat", "exp", "nbf", "roles", "centre", "employer"]), value=JSON)
def test_a_claim_may_be_anything_and_nothing_breaks(
    verifier: Verifier, key: Ed25519PrivateKey, name: str, value: Any
) -> None:
    whole = claims(iat=int(datetime.now(UTC).timestamp()), exp=4_000_000_000) | {name: value}
    token = jwt.api_jws.encode(json.dumps(whole).encode(), key, algorithm="EdDSA")
    try:
        principal = verifier.principal(f"Bearer {token}")
    except TokenRefused:
        return
    assert principal.roles <= ROLES
    assert COUNSELLOR not in principal.roles or principal.centre is not None


def test_issuer_and_audience_are_settings(issuer: DevelopmentIssuer, folder: Path) -> None:
    elsewhere = AccessSettings(issuer="the-ministry", audience="another-system")
    token = DevelopmentIssuer(folder, elsewhere).token("sokha", [OPERATOR])
    assert Verifier(issuer.public_key, elsewhere).principal(f"Bearer {token}").subject == "sokha"
    assert refused(Verifier(issuer.public_key), token) == "token-refused"


def test_the_pair_of_keys_is_made_once_and_the_private_one_kept_to_ourselves(tmp_path: Path) -> None:
    first = DevelopmentIssuer(tmp_path / "new" / "folder")
    private = tmp_path / "new" / "folder" / "private.pem"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    token = DevelopmentIssuer(tmp_path / "new" / "folder").token("sokha", [OPERATOR])
    assert Verifier(first.public_key).principal(f"Bearer {token}").subject == "sokha"
    assert sorted(path.name for path in private.parent.iterdir()) == ["private.pem", "public.pem"]
    private.chmod(0o640)
    with pytest.raises(ValueError, match="can be read by others"):
        DevelopmentIssuer(private.parent)


def test_a_public_key_that_belongs_to_no_private_one_is_replaced(tmp_path: Path) -> None:
    DevelopmentIssuer(tmp_path)
    (tmp_path / "private.pem").unlink()
    second = DevelopmentIssuer(tmp_path)
    assert Verifier(second.public_key).principal(f"Bearer {second.token('sokha', [OPERATOR])}").subject == "sokha"


@pytest.mark.parametrize(
    "content", [None, b"", b"nonsense", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"]
)
def test_a_file_that_is_no_key_is_said(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "public.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ValueError, match=r"REINTEGRATION_ISSUER_KEY: .* is not an Ed25519 public key"):
        Verifier(path)


def test_a_token_is_verified_once_and_again_after_its_time(
    issuer: DevelopmentIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    verifier, verified = Verifier(issuer.public_key), 0
    verify = verifier._verify

    def counted(token: str) -> tuple[Principal, int]:
        nonlocal verified
        verified += 1
        return verify(token)

    monkeypatch.setattr(verifier, "_verify", counted)
    token = f"Bearer {issuer.token('sokha', [OPERATOR])}"
    assert verifier.principal(token) == verifier.principal(token)
    assert verified == 1
    monkeypatch.setattr("shared.access.time.time", lambda: 4_000_000_000.0)
    verifier.principal(token)
    assert verified == 2


def test_a_time_beyond_all_numbers_breaks_nothing(verifier: Verifier, key: Ed25519PrivateKey) -> None:
    whole = json.dumps(claims(iat=0, exp=10**400)).encode()
    token = jwt.api_jws.encode(whole, key, algorithm="EdDSA")
    assert verifier.principal(f"Bearer {token}").subject == "sokha"
