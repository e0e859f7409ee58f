"""The refusals of the Bot API, worded as the real server words them."""

from typing import Any

_PREFIX = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class ApiError(Exception):
    def __init__(self, code: int, description: str = "", **parameters: int) -> None:
        prefix = _PREFIX.get(code, "")
        self.code = code
        self.parameters = parameters
        self.description = f"{prefix}: {description}" if prefix and description else prefix or description
        super().__init__(self.description)

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def too_many(retry_after: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
