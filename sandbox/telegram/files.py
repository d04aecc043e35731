"""Files that were sent: kept, found again by their id, handed out by their path.

Limits: https://core.telegram.org/bots/api#sending-files and #getfile.
"""

import base64
import secrets
from typing import Literal

from sandbox.telegram.errors import Refused, bad_request, not_emulated
from sandbox.telegram.parameters import Parameters, Upload
from sandbox.telegram.pictures import picture_size
from sandbox.telegram.state import StoredFile, TelegramState

Kind = Literal["document", "photo"]

SEND_LIMIT_BYTES = 50 * 1024 * 1024
PHOTO_LIMIT_BYTES = 10 * 1024 * 1024
DOWNLOAD_LIMIT_BYTES = 20 * 1024 * 1024
PHOTO_SIDES_LIMIT = 10_000
PHOTO_RATIO_LIMIT = 20


class Files:
    def __init__(self, state: TelegramState) -> None:
        self._state = state

    def store(self, upload: Upload, kind: Kind = "document") -> StoredFile:
        """Keep the bytes; a picture gets its size in pixels."""
        width, height = picture_size(upload.content) or (0, 0)
        number = len(self._state.files) + 1
        suffix = upload.name.rpartition(".")[2].lower() if "." in upload.name else "bin"
        stored = StoredFile(
            file_id=f"BQAC{secrets.token_urlsafe(45)}",
            unique_id=f"AgAD{secrets.token_urlsafe(8)}",
            name=upload.name,
            mime_type=upload.mime_type,
            path=f"{kind}s/file_{number}.{suffix}",
            size=len(upload.content),
            content_base64=base64.b64encode(upload.content).decode(),
            width=width,
            height=height,
        )
        self._state.files[stored.file_id] = stored
        return stored

    def sent(self, given: Parameters, kind: Kind) -> StoredFile:
        """The file that a send hands in: uploaded, attached by name, or known by its id. Raises Refused."""
        value = given.text(kind)
        upload = given.files.get(value.removeprefix("attach://") if value.startswith("attach://") else kind)
        if upload is None:
            return self._known(value, kind)
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > SEND_LIMIT_BYTES:
            raise Refused(413, "Request Entity Too Large")
        if kind == "photo":
            _check_photo(upload)
        return self.store(upload, kind)

    def _known(self, value: str, kind: Kind) -> StoredFile:
        if not value:
            raise bad_request(f"there is no {kind} in the request")
        if value in self._state.files:
            return self._state.files[value]
        if value.startswith(("http://", "https://")):
            raise not_emulated("sending a file by its address")
        raise bad_request("wrong file identifier/HTTP URL specified")

    def downloadable(self, file_id: str) -> StoredFile:
        """The file that getFile asks for. Raises Refused."""
        if not file_id:
            raise bad_request("file_id not specified")
        stored = self._state.files.get(file_id)
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if stored.size > DOWNLOAD_LIMIT_BYTES:
            raise bad_request("file is too big")
        return stored

    def content(self, path: str) -> bytes | None:
        """The bytes of a file by its `file_path`."""
        for stored in self._state.files.values():
            if stored.path == path:
                return base64.b64decode(stored.content_base64)
        return None


def _check_photo(upload: Upload) -> None:
    if len(upload.content) > PHOTO_LIMIT_BYTES:
        raise bad_request(
            f"file of size {len(upload.content)} bytes is too big for a photo;"
            f" the maximum size is {PHOTO_LIMIT_BYTES} bytes"
        )
    size = picture_size(upload.content)
    if size is None or 0 in size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > PHOTO_SIDES_LIMIT or max(size) > PHOTO_RATIO_LIMIT * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
