"""Telling people, over the addresses that environment variables hold: the only way out to the network.

An address holds a password or a token. It never leaves this module: what went wrong is said in
words of our own, and what apprise and the libraries below it log or warn of is swallowed.
"""

import logging
import os
import re
import warnings
from typing import TYPE_CHECKING

from mktexec.errors import MktexecError
from mktexec.i18n import Text as T

if TYPE_CHECKING:
    from apprise import Apprise

LONGEST = 60  # seconds; a message in parts takes its time
BYTES = {"wecombot": 2048, "dingtalk": 19985, "feishu": 19985}  # a message; apprise counts characters
MOST_BYTES = 4  # a character
STATUS = re.compile(r"\berror=(\d{3})\b")
UNSET = T("the variable is not set", "未设置该环境变量")
NO_ADDRESS = T("it holds no address that apprise knows", "其中不是 apprise 支持的通知地址")
NOT_SENT = T("the server could not be reached, or did not take it", "服务器连接失败，或拒绝接收")


class _Swallow(logging.Handler):
    """Keeps of what is logged the answer of an HTTP server only."""

    status = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record; it may hold the address."""
        if found := STATUS.search(record.getMessage()):
            self.status = found[1]


SWALLOW = _Swallow()


def unset(variable: str) -> T | None:
    """Return that a variable holds nothing, None if it holds something."""
    return None if os.environ.get(variable) else UNSET


def send(variable: str, subject: str, text: str) -> T | None:
    """Send a message to the address that a variable holds; return why it was not sent, None if it was.

    Raises MktexecError where apprise is not installed.
    """
    if why := unset(variable):
        return why
    logging.getLogger().addHandler(SWALLOW)  # it stays: what was given up may still be at work
    SWALLOW.status = ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _sent(os.environ[variable], subject, text)


def _sent(address: str, subject: str, text: str) -> T | None:
    try:
        box = _box(address)
        if box is None:
            return NO_ADDRESS
        result = box.notify(title=subject, body=text, body_format="text", timeout=LONGEST)
    except MktexecError:
        raise
    except Exception:  # noqa: BLE001  # whatever it is, it may hold the address
        return NOT_SENT
    if result:
        return None
    if result.status.name == "TIMEOUT":
        return T(f"no answer within {LONGEST} s", f"{LONGEST} 秒内没有响应")
    status = SWALLOW.status
    return T(f"the server answered {status}", f"服务器返回 {status}") if status else NOT_SENT


def _box(address: str) -> "Apprise | None":
    """Return what sends to an address, or to several with commas between; None if one is none."""
    try:
        from apprise import Apprise, AppriseAsset, OverflowMode
    except ModuleNotFoundError as error:
        raise MktexecError(
            T("telling people needs apprise, which is not installed", "发送通知需要 apprise，目前尚未安装"),
            T('install it: pip install "mktexec[notify]"', '请安装：pip install "mktexec[notify]"'),
        ) from error
    box = Apprise(asset=AppriseAsset(async_mode=False, app_id="mktexec", app_desc="mktexec"))
    if not box.add(address) or not len(box):
        return None
    for service in box:  # what is too long would be refused, by these without a word
        if service.overflow_mode == OverflowMode.UPSTREAM:
            service.overflow_mode = OverflowMode.SPLIT
        if limit := BYTES.get(str(service.secure_protocol)):
            service.body_maxlen = limit // MOST_BYTES
    return box
