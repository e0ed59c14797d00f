"""A server that shuts programs out and lets browsers in: told by its status, its headers, or a body that is all script.

Pure. To pass such a test is no aim of ours; to call it by its name is, so that the user can save the page in a browser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from store.capture.strip import without_hidden

SCRIPT = "a script"  # who asks, where nobody can be told

_LOOKED_AT = frozenset({202, 403, 405, 412, 429, 503, 521})
_BUSY = frozenset({429, 503})  # a body that is all script may be an error page here
_HEADERS = (
    ("cf-mitigated", re.compile("challenge"), "Cloudflare"),
    ("x-amzn-waf-action", re.compile("challenge|captcha"), "AWS WAF"),
    ("x-datadome", re.compile("protected"), "DataDome"),
)
_BODIES = (
    (re.compile(rb"_cf_chl_opt|cf-browser-verification|<title>Just a moment"), "Cloudflare"),
    (re.compile(rb"\$_ts\b|window\[.{1,10}\$_ts"), "瑞数"),
    (re.compile(rb"AwsWafIntegration|awsWafCookieDomainList"), "AWS WAF"),
    (re.compile(rb"captcha-delivery\.com"), "DataDome"),
    (re.compile(rb"_Incapsula_Resource"), "Imperva"),
    (re.compile(rb"px-captcha|_pxAppId"), "HUMAN"),
    (re.compile(rb"__jsl_clearance"), "加速乐"),
    (re.compile(rb"acw_sc__v2|aliyun_waf"), "Aliyun WAF"),
)
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w")
_FEW = 20  # letters and digits beside the scripts


def asked_by(status: int, headers: Mapping[str, str], read_body: Callable[[], bytes]) -> str | None:
    """Who wants a browser, by name or as SCRIPT; None: this is an ordinary refusal.

    `headers` are found whatever their case; `read_body` gives the beginning of the body and is called only where it may
    matter.
    """
    for name, value, who in _HEADERS:
        if value.search(headers.get(name, "")):
            return who
    if status not in _LOOKED_AT or "html" not in headers.get("content-type", "html"):
        return None
    body = read_body()
    for mark, who in _BODIES:
        if mark.search(body):
            return who
    # 412 is an answer to conditions, and a GET with none, or with ours, never earns it: firewalls use it
    if status == 412 or (status not in _BUSY and _is_all_script(body)):
        return SCRIPT
    return None


def _is_all_script(body: bytes) -> bool:
    text = body.decode("utf-8", "replace")
    if "<script" not in text.lower():
        return False
    return len(_WORD.findall(_TAG.sub(" ", without_hidden(text)))) < _FEW
