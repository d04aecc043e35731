"""Who the pretend 3Commas lets in: tokens, signatures, addresses, permissions, plans."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from sandbox.three_commas.errors import Refused
from sandbox.three_commas.state import Token
from sandbox.world import BOT_ADDRESS
from tests.sandbox.three_commas_house import PERSON, ThreeCommasHouse, three_commas_house

KEY, SECRET = "tc_demo_key_0001", "tc_demo_secret_0001"
ORDER = b'{"account_id":41,"pair":"USDT_SOL","note":"reconnect:7f3a"}'
SPACED = b'{"account_id": 41, "pair": "USDT_SOL", "note": "reconnect:7f3a"}'
VECTORS = {
    "V1": ("GET", "/ver1/validate", b"", "b6130780791de71c7850ab5e39d4850abf8ee4cddd864b0a4dca386a7b0da51a"),
    "V2": (
        "GET",
        "/v2/smart_trades?account_id=41&page=1&per_page=100&status=failed",
        b"",
        "9c1a69de6877bc8829a8774ef5f2c983c44d66ea03fd31b4058dacc2a4755491",
    ),
    "V3": (
        "GET",
        "/v2/smart_trades?from=2026-01-02T03%3A04%3A05.000Z&status=all",
        b"",
        "eb571a6a1d73d2d9317a2ee17581598477063633dcf80d49577eea1b3b619fe8",
    ),
    "V4": (
        "POST",
        "/ver1/accounts/41/load_balances",
        b"",
        "f9daa900704bfc254ab7e2dc8d96454241e0e12f7a0f1aada8a3808f460a7f1f",
    ),
    "V5": (
        "POST",
        "/ver1/accounts/41/rename?name=New%20name",
        b"",
        "72c28bb3cdc28dd8ad88357aafd4d3aa67c0cc776778536886b8275cd3a5173c",
    ),
    "V6": ("POST", "/v2/smart_trades", ORDER, "c1ca7cc0b3500e73bd81336740f5d422788e0015073a1ca0b72e7529859881d5"),
    "V7": ("POST", "/v2/smart_trades", ORDER, "5cb88cbed334f494ced52c2b4e241862a029934699045eaeff4982fc218376e1"),
    "V8": ("POST", "/v2/smart_trades", SPACED, "290f3bb664de6938e6cda4d8316542724ffcc6928cfe3c57a7650338c4558d0a"),
    "V9": ("DELETE", "/v2/smart_trades/9001", b"", "55fe9e5822ba160ba8a69ee4a36a07691a7fcc0e53097365dcd05b93da74a8d7"),
}

RSA_PUBLIC = """-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA1bsC/Pr4TzlfKnYBmTXs
NQmlKbb3ZH/jjMvBpaQo/uV4LjNfjyuNq2TUHQye99jAP5U3ykpMNc23BKVq/Sbj
92lHUsMlpYC2CcEthyUWqW8Jl4AAsgYpFc/TfI25RubaVRyl5jokJRQmJfYsJQ3m
l8QXZj13NbXOkOc7KWKLfZKdQkcsfhLaypfVWjHtxBteGgTlbxWmpdkjpBh1HnhD
wDgi28dG4Hq3tcHuuBjfbxetCFIwcpBF0TFfCdrAs6+JrNIxv4qsG8AWFKc2PZQe
cGZeeRhY7kdvDYZAZbJ9CVGM9ZMuqR3pSA+3HJRKwBvgWUfvaaG/BrhCf5S153jU
swIDAQAB
-----END PUBLIC KEY-----"""
RSA_V1 = (
    "EO0L2fP1gu0d/4FE4tdZ+YTxUvtfpmgTvcdlHtBzE3MAnfMVEze54atUFY/JQjWWJ4NbUmfDmz+zn0gvWJU9TQlB9e1Km8cpaQ9KPRMEI01UJJ6b"
    "++uFsOZpdQZkw7X/CDa6U2AZBZf37r0aX4yIqxgMSv4b0kBF48jxImT86uZ/FyVZeiA+65zz/bt3sM3VlCxClOg3man/2ss5boH4j7R/QfTJJOVR"
    "GpaAJ+sWG72tpjXF9QMMg3hZ0S1qcwrFaEFZMWsb2R4TYcjuhZyj+suAxQOcaJt0Ra7FevleH6QRCHshY0vdjvtZAEk+q7Szt0YXdQzNKfjP5WOA"
    "ZU2nfA=="
)
RSA_V6 = (
    "Bg2zRW25kMv6vaXyWaFYJT1L4/WrvB0BZ+ep2uaW2qw8C8TUiXX8plPPHCM9PVCZLEhorFRcm2PJdAgxfyJ2PjgmtcyBTfEe8ayz2MwLOn5u1zFS"
    "Dj+CPShOGzF1AzvlYggkS7gQvLoIObvNrzWP1bFnEo8bS3pHACwNIuJG9Fla1tTNn79jv/r0DuByNngNKgfPcUEPWOS+AgsZPlc2xa0vW7JDmg9H"
    "eYJ2K9k9rbGWvLguWV7U41d7PQo5D3KxxGOqrkSinEj2J6PixH+H8gcenPL6+MsbxhsQ6ce05fvCGge/mYNNGJ6DvJPBzW6G1zrY7NNpoAeK9dpp"
    "wtWWWw=="
)


@pytest.fixture
async def house():
    async with three_commas_house() as house:
        house.emulator.set_plan(PERSON, "expert")
        house.emulator.add_account(PERSON, "binance", "Main spot", account_id=41)
        yield house


def put_demo_token(house: ThreeCommasHouse, **facts: object) -> None:
    token = {
        "key": KEY,
        "name": "demo",
        "kind": "system",
        "verifier": SECRET,
        "permissions": ["ACCOUNTS_READ", "ACCOUNTS_WRITE", "SMART_TRADES_READ", "SMART_TRADES_WRITE"],
        "ips": [BOT_ADDRESS],
        "created_at": house.world.clock.now(),
    }
    house.emulator.user(PERSON).tokens.append(Token.model_validate(token | facts))


async def knock(house: ThreeCommasHouse, name: str, signature: str = "", **headers: str):
    method, path, body, expected = VECTORS[name]
    sent = {"Apikey": KEY, "Signature": signature or expected, **headers}
    if body:
        sent["Content-Type"] = "application/json"
    return await house.send(method, f"/public/api{path}", body, sent)


@pytest.mark.parametrize("name", VECTORS)
async def test_documented_signatures_are_accepted(house, name):
    put_demo_token(house)

    answer = await knock(house, name)

    assert answer.status != 401, answer.body


@pytest.mark.parametrize("name", VECTORS)
async def test_a_signature_of_something_else_is_refused(house, name):
    put_demo_token(house)
    other = VECTORS["V9" if name == "V1" else "V1"][3]

    answer = await knock(house, name, other)

    assert answer.refusal == (401, "signature_invalid")
    assert answer.body["error_description"] == "Provided signature is invalid"


async def test_path_alone_does_not_sign_a_body(house):
    client = house.client()

    answer = await house.send(
        "POST",
        "/public/api/ver1/accounts/41/rename",
        b'{"name":"Other"}',
        {
            "Apikey": client.key,
            "Signature": client.sign(b"/public/api/ver1/accounts/41/rename"),
            "Content-Type": "application/json",
        },
    )

    assert answer.refusal == (401, "signature_invalid")


@pytest.mark.parametrize("join", ["", "?"])
async def test_both_joins_of_path_and_body_are_accepted(house, join):
    answer = await house.client().post("/ver1/accounts/41/rename", {"name": "Renamed"}, join=join)

    assert (answer.status, answer.body["name"]) == (201, "Renamed")


async def test_a_join_can_be_switched_off(house):
    house.emulator.behaviour.json_joins = ["?"]

    answer = await house.client().post("/ver1/accounts/41/rename", {"name": "Renamed"}, join="")

    assert answer.refusal == (401, "signature_invalid")


async def test_an_empty_payload_may_carry_the_question_mark(house):
    assert (await house.client().send("GET", "/ver1/validate", join="?")).body == {"valid": True}


async def test_hex_case_and_header_case_do_not_matter(house):
    put_demo_token(house)

    answer = await house.send(
        "GET", "/public/api/ver1/validate", headers={"APIKEY": KEY, "signature": VECTORS["V1"][3].upper()}
    )

    assert (answer.status, answer.body) == (200, {"valid": True})


async def test_documented_rsa_signatures_are_accepted(house):
    put_demo_token(house, kind="self_generated", verifier=RSA_PUBLIC, ips=[])

    assert (await knock(house, "V1", RSA_V1)).body == {"valid": True}
    assert (await knock(house, "V6", RSA_V6)).status == 501


@pytest.mark.parametrize("signature", [RSA_V6, RSA_V1.lower(), "no base64!", "", base64.b64encode(b"short").decode()])
async def test_other_rsa_signatures_are_refused(house, signature):
    put_demo_token(house, kind="self_generated", verifier=RSA_PUBLIC, ips=[])

    answer = await house.send("GET", "/public/api/ver1/validate", headers={"Apikey": KEY, "Signature": signature})

    assert answer.refusal == (401, "signature_invalid")


async def test_the_key_is_looked_at_before_the_signature(house):
    answer = await house.send("GET", "/public/api/ver1/validate", headers={"Apikey": "unknown", "Signature": "x"})

    assert answer.refusal == (401, "api_key_invalid_or_expired")
    assert answer.body["error_description"] == "Unauthorized. Invalid or expired api key."


async def test_an_address_outside_the_list_is_refused_until_the_caller_moves_back(house):
    client = house.client()
    house.world.state.caller_address = "203.0.113.99"

    assert (await client.get("/ver1/validate")).refusal == (401, "api_key_invalid_or_expired")

    house.emulator.behaviour.address_refusal = "signature_invalid"
    assert (await client.get("/ver1/validate")).refusal == (401, "signature_invalid")

    house.world.state.caller_address = BOT_ADDRESS
    assert (await client.get("/ver1/validate")).status == 200


async def test_a_deleted_token_is_unknown(house):
    client = house.client()
    house.emulator.delete_token(PERSON, client.key)

    assert (await client.get("/ver1/validate")).refusal == (401, "api_key_invalid_or_expired")


async def test_a_missing_permission_is_403_and_reading_does_not_write(house):
    client = house.client(permissions=("ACCOUNTS_READ",))

    assert (await client.get("/ver1/accounts")).status == 200
    for answer in (
        await client.get("/v2/smart_trades"),
        await client.get("/ver1/deals"),
        await client.post("/ver1/accounts/41/rename", {"name": "Other"}),
    ):
        assert answer.refusal == (403, "Forbidden")
        assert answer.body["error_description"] == "Api key not authorized for this action"


async def test_permissions_info_has_three_shapes(house):
    client = house.client(permissions=("BOTS_READ", "ACCOUNTS_READ"))

    assert (await client.get("/ver1/users/permissions_info")).body == ["ACCOUNTS_READ", "BOTS_READ"]

    house.emulator.behaviour.permissions_info = "object"
    told = (await client.get("/ver1/users/permissions_info")).body["permissions"]
    assert {name for name, allowed in told.items() if allowed} == {"ACCOUNTS_READ", "BOTS_READ"}
    assert told["BOTS_WRITE"] is False

    house.emulator.behaviour.permissions_info = "missing"
    assert (await client.get("/ver1/users/permissions_info")).refusal == (404, "not_found")


@pytest.mark.parametrize(("plan", "ended"), [("free", False), ("pro", True), ("expert", True)])
async def test_without_a_paid_plan_everything_is_429_in_json(house, plan, ended):
    client = house.client()
    house.emulator.set_plan(PERSON, plan, ended=ended)

    for path in ("/ver1/accounts", "/v2/smart_trades", "/ver1/validate"):
        answer = await client.get(path)
        assert answer.status == 429
        assert answer.body == {
            "error": "The request type 'read' is not available with your current subscription plan. "
            "Please upgrade your plan to use this type of request."
        }


async def test_validate_can_be_left_out_of_the_plan(house):
    client = house.client()
    house.emulator.set_plan(PERSON, "free")
    house.emulator.behaviour.plan_gates_validate = False

    assert (await client.get("/ver1/validate")).status == 200
    assert (await client.get("/ver1/accounts")).status == 429


@pytest.mark.parametrize("plan", ["starter", "pro"])
async def test_cheaper_plans_read_and_do_not_write(house, plan):
    client = house.client(plan)

    assert (await client.post("/ver1/accounts/41/account_table_data")).status == 201
    answer = await client.post("/ver1/accounts/41/rename", {"name": "Other"})
    assert answer.status == 429
    assert "'write'" in answer.body["error"]


async def test_each_refusal_can_be_switched_on_for_one_token(house):
    told = {
        "api_key_invalid": 401,
        "signature_invalid": 401,
        "forbidden": 403,
        "plan": 429,
        "rate": 429,
        "banned": 418,
    }
    client = house.client()
    for answers, status in told.items():
        house.emulator.user(PERSON).tokens[0].answers = answers
        assert (await client.get("/ver1/accounts")).status == status


async def test_open_endpoints_need_no_token(house):
    assert (await house.send("GET", "/public/api/ver1/ping")).body == {"pong": "pong"}
    told = await house.send("GET", "/public/api/ver1/time")
    assert told.body == {"server_time": int(house.world.clock.now().timestamp())}


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/public/api/ver1/smart_trades"), ("POST", "/public/api/ver1/validate"), ("GET", "/ver1/validate")],
)
async def test_unknown_paths_are_404(house, method, path):
    answer = await house.send(method, path)

    assert (answer.status, answer.body) == (404, {"error": "not_found", "error_description": "Not Found"})


async def test_what_is_not_emulated_says_so_after_the_same_checks(house):
    assert (await house.client(permissions=("BOTS_READ",)).post("/v2/smart_trades", {})).status == 403
    assert (await house.client("pro").post("/v2/smart_trades", {})).status == 429

    answer = await house.client().post("/v2/smart_trades", {})

    assert answer.refusal == (501, "not_emulated")
    assert "POST /v2/smart_trades" in answer.body["error_description"]


async def test_paper_and_real_are_separate_and_forced_mode_chooses(house):
    house.emulator.add_account(PERSON, "paper_trading", "Demo")
    house.emulator.set_mode(PERSON, "paper")
    client = house.client()

    async def names(**headers: str) -> list[str]:
        return [account["name"] for account in (await client.get("/ver1/accounts", **headers)).body]

    assert await names() == ["Demo"]
    assert await names(Forced_Mode="real") == ["Main spot"]
    assert (await client.get("/ver1/users/current_mode")).body == {"mode": "paper"}

    house.emulator.behaviour.forced_mode_honoured = False
    assert await names(Forced_Mode="real") == ["Demo"]


async def test_malformed_json_is_an_unknown_error(house):
    answer = await house.client().send("POST", "/ver1/accounts/update", b"{broken")

    assert answer.status == 500
    assert answer.body["error_description"] == "Unknown error occurred#JSON::ParserError"


async def test_the_query_wins_over_form_and_json(house):
    client = house.client()
    path = "/ver1/accounts/41/rename?name=Query"

    assert (await client.post(path, {"name": "Body"})).body["name"] == "Query"
    form = await client.send(
        "POST", "/ver1/accounts/41/rename", b"name=Form+name", content_type="application/x-www-form-urlencoded"
    )
    assert form.body["name"] == "Form name"


def pem_of(key: object) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()  # type: ignore[attr-defined]


async def test_a_self_made_pair_signs_in_either_pem_form_with_or_without_addresses(house):
    private = rsa.generate_private_key(65537, 2048)
    public = private.public_key()
    for form, ips in ((PublicFormat.SubjectPublicKeyInfo, []), (PublicFormat.PKCS1, [BOT_ADDRESS])):
        pem = public.public_bytes(Encoding.PEM, form).decode()
        key = house.emulator.create_self_generated_token(PERSON, "own", f"\n{pem}\n", ["ACCOUNTS_READ"], ips)
        assert (await house.signing(key, private).get("/ver1/accounts")).status == 200


async def test_public_keys_that_will_not_do_are_refused_with_the_reason(house):
    private = rsa.generate_private_key(65537, 2048)
    secret_half = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    refused = {
        secret_half: "private key",
        pem_of(rsa.generate_private_key(65537, 1024).public_key()): "1024 bits",
        pem_of(ed25519.Ed25519PrivateKey.generate().public_key()): "Only RSA",
        pem_of(private.public_key())[:200]: "not a public key",
        "": "not a public key",
    }
    for pem, reason in refused.items():
        with pytest.raises(Refused, match=reason):
            house.emulator.create_self_generated_token(PERSON, "own", pem, ["ACCOUNTS_READ"])
    assert house.emulator.user(PERSON).tokens == []


@pytest.mark.parametrize(("ips", "reason"), [([], "at least one"), (["  "], "at least one"), (["home"], "home")])
async def test_a_system_token_needs_addresses(house, ips, reason):
    with pytest.raises(Refused, match=reason):
        house.emulator.create_system_token(PERSON, "bot", ["ACCOUNTS_READ"], ips)


async def test_a_range_of_addresses_allows_everybody_in_it(house):
    key, secret = house.emulator.create_system_token(PERSON, "bot", [], ["203.0.113.0/24"])
    client = house.client()
    client.key, client._secret = key, secret

    assert (await client.get("/ver1/validate")).status == 200


async def test_the_state_survives_json(house):
    client = house.client()
    stored = json.loads(house.emulator.state.model_dump_json())

    again = type(house.emulator.state).model_validate(stored)

    assert again == house.emulator.state
    assert again.users[PERSON].tokens[0].key == client.key
