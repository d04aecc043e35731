"""Which messages are deleted at once, and which must be left alone."""

import string
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.secrets_guard import Suspicion, looks_secret

# Patterns, so that nothing here looks like somebody's secret to a scanner.
MIXED_64 = "kEy9" * 16
HEX_64 = "0a1b2c3d" * 8
HEX_128 = "9f8e7d6c" * 16
BEGIN_PRIVATE = "-----BEGIN PRIVATE " + "KEY-----"
PRIVATE_BODY = "MC4CAQAwBQYDK2VwBCIEI" + "QqQ3" * 10
PUBLIC = (
    "-----BEGIN PUBLIC KEY-----\n"
    + "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n"
    + ("Ab1Cd2Ef" * 8 + "\n") * 5
    + "-----END PUBLIC KEY-----"
)
JWT = "eyJ" + "hbGciOi1" * 3 + ".eyJ" + "zdWIiOi1" * 3 + "." + "Sig9" * 8
BOT_TOKEN = "123456789:" + "AbC-d_9" * 5
SEED_12 = "abandon ability able about above absent absorb abstract absurd abuse access accident"
SEED_24 = SEED_12 + " account accuse achieve acid acoustic acquire across act action actor actress actual"
UUID = "01234567-89ab-cdef-0123-456789abcdef"


@pytest.mark.parametrize(
    ("text", "suspicion"),
    [
        (f"{BEGIN_PRIVATE}\n{PRIVATE_BODY}", Suspicion.PRIVATE_KEY),
        (f"{PUBLIC}\n{BEGIN_PRIVATE}", Suspicion.PRIVATE_KEY),
        (PRIVATE_BODY, Suspicion.PRIVATE_KEY),
        (f"my bot {BOT_TOKEN}", Suspicion.BOT_TOKEN),
        (JWT, Suspicion.WEB_TOKEN),
        (MIXED_64, Suspicion.KEY_SHAPED),
        (f"here: {MIXED_64}.", Suspicion.KEY_SHAPED),
        (f"{MIXED_64}\n{MIXED_64[::-1]}", Suspicion.KEY_SHAPED),
        (HEX_64, Suspicion.KEY_SHAPED),
        (f"secret {HEX_64}", Suspicion.KEY_SHAPED),
        (f"my private key 0x{HEX_64}", Suspicion.KEY_SHAPED),
        (HEX_128, Suspicion.LONG_HEX),
        (f"3commas gave me this {HEX_128}", Suspicion.LONG_HEX),
        ("Secret: a1b2c3d4e5", Suspicion.LABELLED),
        ("API Secret Key = Abc12345xyz", Suspicion.LABELLED),
        (f'{{"apiKey":"x","secret":"{UUID}"}}', Suspicion.LABELLED),
        ("passphrase: Tr4de-With-Me-99", Suspicion.LABELLED),
        ("Секретный ключ: a1b2c3d4e5f6", Suspicion.LABELLED),
        ("**Secret Key**: **qwerty12345**", Suspicion.LABELLED),
        ("Secret Key\nqwerty12345", Suspicion.LABELLED),
        ("my password is hunter2hunter2", Suspicion.LABELLED),
        (SEED_12, Suspicion.SEED_PHRASE),
        (SEED_24, Suspicion.SEED_PHRASE),
        (f"restore my wallet please:\n{SEED_12}", Suspicion.SEED_PHRASE),
        (f"seed: {SEED_12}", Suspicion.SEED_PHRASE),
        ("\n".join(f"{i}. {w}" for i, w in enumerate(SEED_12.split(), 1)), Suspicion.SEED_PHRASE),
        (f"my recovery phrase {SEED_12} what now", Suspicion.SEED_PHRASE),
    ],
)
def test_a_secret_is_noticed(text: str, suspicion: Suspicion) -> None:
    assert looks_secret(text) is suspicion


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/check",
        "Invalid API key, IP or permissions (-2015)",
        "My secret to trading: patience and a stop loss",
        "The secret is shown only once, right?",
        "where do I find the secret key: in the app or on the web?",
        "password: I forgot it",
        "my API key is 64 characters long",
        "private key: what is that?",
        "Secret: ********ab12cd34",
        "order 28457349384573 is still open",
        "client order id x-TKT5PX2F-1a2b3c4d5e6f7a8b9c0d1e",
        f"tx 0x{HEX_64}",
        f"0x{HEX_64}",
        f"txid {HEX_64}",
        f"deposit hash: {HEX_64} not credited",
        f"https://etherscan.io/tx/0x{HEX_64}",
        f"https://example.com/page?session={MIXED_64}",
        UUID,
        f"deal {UUID} failed",
        PUBLIC,
        PUBLIC[:200],
        " ".join(f"192.0.2.{i}" for i in range(7, 247, 8)),
        "2001:db8:85a3:8d3:1319:8a2e:370:7348",
        "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
        "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb",
        "a" * 64,
        "A" * 64,
        "=" * 200,
        "BTCUSDT " * 30,
        "futures balance shows zero after update keys still nothing works help please",
        "please help me with this bot because nothing happens since last winter",
        "the bot will open one more trade when price goes under zero",
        "can you tell what will happen with the order that has been open",
        "buy sell hold buy sell hold buy sell hold buy sell",
        "I have twelve words but they are only a sentence about trading",
        "organizations/0123/apiKeys/4567",
        "-----BEGIN PUBLIC KEY-----",
        "Where can I see which trades stand still after my key was deleted at Binance in March 2026?",
    ],
)
def test_an_ordinary_message_is_left_alone(text: str) -> None:
    assert looks_secret(text) is None


LETTERS = string.ascii_letters + string.digits


@given(st.text(LETTERS, min_size=52, max_size=52), st.sampled_from(["", "hello ", "key:\n", "API Key: ", '"', "("]))
def test_any_binance_key_is_noticed_in_any_surroundings(body: str, before: str) -> None:
    """The few lower-case words that random text may spell are no excuse."""
    assume(len(set(body)) > 12)  # forty zeros in a row are no random text, and no key
    token = "aB3dE5gH7jK9" + "".join(c.upper() if i % 7 == 0 and c.islower() else c for i, c in enumerate(body))
    assert looks_secret(f"{before}{token} ") is not None


@given(st.integers(128, 512), st.data())
def test_any_long_hex_is_noticed(length: int, data: st.DataObject) -> None:
    assert looks_secret(data.draw(st.text("0123456789abcdef", min_size=length, max_size=length))) is not None


@given(st.text(max_size=500))
def test_no_text_raises(text: str) -> None:
    looks_secret(text)


@pytest.mark.parametrize(
    "text",
    ["a" * 200_000, "a " * 100_000, "aaa " * 50_000, "1:" * 100_000, "secret: " * 25_000, "-----BEGIN " * 15_000],
)
def test_a_long_text_does_not_hold_up_everybody_else(text: str) -> None:
    began = time.process_time()
    looks_secret(text)
    assert time.process_time() - began < 1
