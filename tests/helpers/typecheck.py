"""The checker that jaxtyping's import hook applies to ebmlib under test.

`typeguard.typechecked` rewrites the source and reads shape strings such as "batch 2" as
Python; `typeguard.check_type` takes the annotation as it is, so we bind and check ourselves.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any

from typeguard import TypeCheckError, check_type


def _check(what: str, value: object, hint: object) -> None:
    try:
        check_type(value, hint)
    except TypeCheckError as error:
        raise TypeError(f"{what} {error}") from error


def checked(fn: Any) -> Any:
    """Check the arguments and the value of `fn` against its annotations, at each call."""
    if isinstance(fn, type) or not callable(fn):
        return fn  # methods arrive one by one; dataclasses are checked by jaxtyping itself
    return _checked_function(fn)


def _checked_function(fn: Callable[..., Any]) -> Callable[..., Any]:
    signature = inspect.signature(fn)
    returns = signature.return_annotation

    @functools.wraps(fn)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        for name, value in bound.arguments.items():
            parameter = signature.parameters[name]
            if parameter.annotation is parameter.empty:
                continue
            if parameter.kind is parameter.VAR_POSITIONAL:
                for item in value:
                    _check(f"{fn.__qualname__}: *{name}", item, parameter.annotation)
            elif parameter.kind is parameter.VAR_KEYWORD:
                for key, item in value.items():
                    _check(f"{fn.__qualname__}: {key}", item, parameter.annotation)
            else:
                _check(f"{fn.__qualname__}: {name}", value, parameter.annotation)
        result = fn(*args, **kwargs)
        if returns is not signature.empty and not inspect.isgeneratorfunction(fn):
            _check(f"{fn.__qualname__}: the value", result, returns)
        return result

    return wrapped
