"""One admitted request as the endpoints see it."""

from dataclasses import dataclass

from sandbox.three_commas.parameters import Parameters
from sandbox.three_commas.state import Mode, User


@dataclass(frozen=True)
class Call:
    """`user` is empty on endpoints that need no token. `path` holds the parts matched in the path."""

    user: User
    mode: Mode
    path: dict[str, str]
    parameters: Parameters
    permissions: tuple[str, ...] = ()

    @property
    def person(self) -> int:
        return self.user.person

    def id(self, name: str = "id") -> int:
        """The number in the path; something else matches nothing, as id 0 does."""
        part = self.path[name]
        return int(part) if part.isdigit() else 0
