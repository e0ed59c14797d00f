"""A name out of what a page calls its author. Pure.

Rules: "By", 作者 and roles go, and so does all that follows a separator or a date. No name: an account of the system
(admin), a word of the page's furniture (Sign in), an address, a company by its legal form.
"""

from __future__ import annotations

import re

from store.capture.tree import one_space
from store.text import fold

_NOBODY = frozenset(
    (
        "about|about the author|about author|admin|administrator|anonymous|article|author|authors|"
        "author name|autor|auteur|beitrag|blog|by|category|comment|comments|content team|contributor|"
        "contributors|copyright|description|editor|editorial|editorial team|follow|gast|gastautor|"
        "get started|guest|here|home|info|learn more|log in|login|marketing|menu|more|my account|n a|"
        "n/a|name|news|none|null|op|post|posts|privacy policy|read more|redakteur|reply|root|search|"
        "share|share this|shop all|sign in|sign up|site admin|staff|subscribe|super user|superuser|"
        "support|tags|team|the|the author|the editor|thread|topic|topic author|undefined|unknown|user|"
        "view profile|web editor|webmaster|webredaktion|website|wordpress|佚名|原创|匿名|小编|无|暂无|未知|本站|来源|"
        "管理员|编辑|网络|互联网|发表于|只看该作者|楼主|倒序浏览|阅读模式|电梯直达|系统管理员|责任编辑"
    ).split("|")
)
_BY = re.compile(
    r"^(?:(?:written|posted|published|created|submitted|story|words?|text|article|reported)\s+(?:and \w+ )?by\b[\s:：]*"
    r"|(?:view|see|show)?\s*(?:all )?(?:posts|articles|stories|more) by\s+"
    r"|(?:by|von|par|por|di|door|af)\s*[:：]?\s+(?=\S)"
    r"|(?:zeige alle beiträge von|geschrieben von|ver(?:ö|oe)ffentlicht von|ein(?: gast)?(?:artikel|beitrag) von)\s+"
    r"|(?:(?:publi|écrit|rédig)[eé]? par|escrito por|publicado por|scritto da|a cura di)\s+"
    r"|authors?\s+(?=[A-ZÀ-Þ])"
    r"|(?:authors?|by|text|autore?(?:in)?|auteur|words|redaktion|original poster|artikel von)\s*[:：/|]\s*"
    r"|(?:作者|撰文|撰稿|文字|文|记者|本报记者|通讯员)\s*[:：/／|]\s*|(?:本报|特约)?记者\s*)+",
    re.I,
)
_ROLES = r"(?:(?:contributing|senior|staff|associate|managing|chief|deputy|guest|freelance)\s+)*"
_TAIL = re.compile(
    r"\s*(?:[|·•∙●—]|\s[-–]\s|\b(?:on|am|le) (?=\w+\.? \d|\d)|\b\d{1,2}[./:]\d|\b(?:19|20)\d\d\b|\b\d+ (?:min|\w+ ago)"
    r"|\b(?:published|posted|updated|last updated|reviewed|created|veröffentlicht)\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\bis an?\b|\bfollow\b|\bread (?:more|time)"
    r"|\b(?:view|see) (?:all|profile|bio|more)|\bmore (?:by|from)\b"
    r"|[,/，]\s*(?:(?:contributing|senior|staff|associate|managing|chief|deputy|guest|freelance)\s+)*"
    r"(?:editor|reporter|correspondent|writer|contributor|author|founder|ceo|cto|director|redakteur|journalist"
    r"|photographer|manager)\b"
    r"|\b(?:staff|contributing|senior|guest) (?:writer|reporter|editor|correspondent|contributor)\b"
    r"|\bphotographs?\b|责任编辑|编辑\s*[:：]|责编|来源).*$",
    re.I | re.S,
)
_ROLE = re.compile(
    r"(?<=\S \S)(\S*)\s(?:writer|reporter|author|founder|editor|marketing director|content (?:writer|manager))$",
    re.I,
)
_EDITOR = re.compile(
    r"[（(【\[\s]*(?:(?:责任|本文|网络|值班|执行|文字)?编辑|责编|校对|审核|审校|监制)(?:\s*[:：/／|]|$|\s)|责任编辑"
)
_SOFTWARE = re.compile(
    r"(?:discuz!?|comsenz|phpwind|vbulletin|phpbb|mybb|flaskbb|xenforo|invision|ipboard|smf|simple machines|wordpress"
    r"|dedecms|joomla!?|drupal|phpcms|empirecms|帝国cms|typecho|z-?blog(?:php)?|ubb\.?threads|jelsoft|ips)"
    r"(?:[\s!,&.]+(?:and|ui|team|group|inc|solutions|enterprises|ltd|forum|software|community|limited|cms|discuz!?|comsenz"
    r"|default|user|power|community))*[\s.!]*",
    re.I,
)
_DOMAIN = re.compile(r"\S+\.(?:com|org|net|de|at|ch|fr|it|es|cl|co\.uk|io)", re.I)
_COMPANY = re.compile(
    r"\b(?:inc|gmbh|ag|llc|ltd|corp(?:oration)?|kg|plc|pty|university|universität)\b\.?(?:$|[,(])|\be\. ?v\.?$", re.I
)
_HAN_OFFICE = re.compile("(?:[网報报社刊台厅局部委会]|新闻|日报|消息|发布|科技|财经|自媒体综合|编辑部|办公室)$")
_ALL_HAN = re.compile("[\u3400-\u9fff·•\\s]+")
_WORD = re.compile(r"[^\W\d_][\w.'’`´-]*")
_SMALL = frozenset("and und et y e de da di del della van von der den la le du dos al bin ibn ter of & zu af".split())
_NO_NAME = frozenset(
    "account article articles content cookie free guide more news page password podcast policy posts prevention press"
    " read register reviews search services share sign solutions started subscribe tips trial consulting view".split()
)
_LONGEST = 100


def name_in(value: str | None) -> str | None:
    """A name, cleaned, or None."""
    words = one_space(value or "")
    if len(words) > 3 * _LONGEST or "://" in words or _EDITOR.match(words) or _SOFTWARE.fullmatch(words):
        return None
    words = _TAIL.sub("", _BY.sub("", words).partition(" » ")[0]).strip(" ,.:;|/·•-–—[]（）<>#").removesuffix("(")
    words = _ROLE.sub(r"\1", words)
    if (
        not 1 < len(words) <= _LONGEST
        or "@" in words
        or "{" in words
        or _DOMAIN.fullmatch(words)
        or _COMPANY.search(words)
    ):
        return None
    if fold(words) in _NOBODY or not any(character.isalpha() for character in words):
        return None
    return None if _ALL_HAN.fullmatch(words) and _HAN_OFFICE.search(words) else words


def says_by(value: str) -> bool:
    """The text begins with "By", 作者：and the like."""
    return _BY.match(one_space(value)) is not None


def looks_like_name(name: str) -> bool:
    """Two to five words, each with a capital; or Han, two to four."""
    if _ALL_HAN.fullmatch(name):
        return 2 <= len(name.replace(" ", "")) <= 4
    words = [word.strip(",.") for word in name.split()]
    names = [word for word in words if word.lower() not in _SMALL]
    if not 2 <= len(names) <= 8 or len(words) > 10:
        return False
    if any(word.lower() in _NO_NAME for word in names) or fold(name) in _NOBODY:
        return False
    return all(_WORD.fullmatch(word) and word[0].isupper() for word in names)


def turned(name: str) -> str:
    """`Last, First` as catalogues have it -> `First Last`."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first and len(name.split()) <= 5 else name
