"""How the twin says no, in the words of Cloud Tasks."""

import grpc


class ApiError(Exception):
    """Refused with this status; the client library raises its own exception for it."""

    def __init__(self, code: grpc.StatusCode, message: str) -> None:
        super().__init__(message)
        self.code = code


def invalid(message: str) -> ApiError:
    return ApiError(grpc.StatusCode.INVALID_ARGUMENT, message)


def no_queue(name: str) -> ApiError:
    return ApiError(grpc.StatusCode.NOT_FOUND, f"Queue does not exist: {name}")


def no_task(name: str) -> ApiError:
    return ApiError(grpc.StatusCode.NOT_FOUND, f"Task does not exist: {name}")


def task_exists(name: str) -> ApiError:
    message = f"The task cannot be created because a task with this name existed too recently: {name}"
    return ApiError(grpc.StatusCode.ALREADY_EXISTS, message)


def queue_exists(name: str) -> ApiError:
    return ApiError(grpc.StatusCode.ALREADY_EXISTS, f"Queue already exists: {name}")


def too_many(what: str, most: int) -> ApiError:
    return ApiError(grpc.StatusCode.RESOURCE_EXHAUSTED, f"The local twin holds at most {most} {what}")


def not_here(what: str) -> ApiError:
    return ApiError(grpc.StatusCode.UNIMPLEMENTED, f"The local twin has no {what}")
