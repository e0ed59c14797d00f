"""How much a text looks like one that somebody wrote, by the letters that are not ASCII. Pure.

Bytes read in a wrong encoding give letters too, but rare ones in a row, capitals inside words, signs between letters
and scripts that change from letter to letter. No dictionary and no language model: tables of the most frequent letters
(of Han about 1,100, which make 90 % of Chinese and Japanese texts; of Hangul 190, which make 80 %) and what stands
beside what. A thousand letters cost about a millisecond.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache

_MOST = 4_000  # characters that are looked at

_HAN = frozenset(
    "一丁七万三上下不与专世业东両两严並个中为主举么义之乐九也习乡书买了予争事二于云互五井些交产享京人亿什仅今"
    "介从他付代令以们件价任份企休众优会传估但位低住体何作你佳使來例供依便促保信修個倍們债值假做停健側備储傳像"
    "價億優儿元充先光克免兒党入內全兩八公六共关兴其具典养内円冊册再写军农决况准减几出击函分切划列则创初判別利"
    "别到制券前副割創劃力办功加务动助励势動務包化北区医區十升半华协協单南博印即厅历原去县参參又及友双反发取受"
    "变口古只可台史号司各合同名后向吗否吧含启告员周味命和品响員售唱商問善喜單器四回因团园困围国图國圍園圖團在"
    "地场址坂块坚坛型城域執培基堂堅報場境增士声売处备変复夏外多夜大天太央失头奖女她好如始委媒子字存学學宁它安"
    "完官定宛宝实実审客宣害家容宽密富察實審对导対寿将將專對導小少尔就尽局层居屆届屋屏展属屬山岁川州工己已巴币"
    "市布师带師席帮帶常干平年并广広庆序库应底店府度座庫康廣廳建开式引张張強强当录形影征很律後得從復微德心必志"
    "応快念态思急性总息情惠想意愛感態應懐成我或战戰戶户房所手才打托扣执扫扶批承技把投护报担拉招择持指按挥换据"
    "掃排採探接控推措提搜撃播擊擔據支收改攻放政故效教敦数整數文料断斯新方於施旅无日早时明易昔星春是昼显時普景"
    "智暂曜曲更書最會月有服朝期木未本术机权李村条来東板极构析枚果查査标栏校样核根格案档條检検業極楼楽榜構樂標"
    "模樣権機檔權次款歌止正此步歳歷段每比民气気水求汗江決汽沒没河治況法注活流测济浜浪海消涉涨深清測港游湃湖湾"
    "源準满演漲澎濟火点為热烹無然焼照熱營爱爲片版牌牛物特状狀独狭獎獲率王环现班現球理環生產用田由电男町画界留"
    "當疗発登發白百的益监盘監目直相省看県真着督知短石码研破础确確碼示社神票福离私种科积称移稅程税種稱稿積究空"
    "突立站章童端符第等答策签简算管節範篇簡米类粮精糧系約級素索紹組結給統絶經続維網総線編縣總織續红约级纳线组"
    "细织经结给络统继续维综编网置署美羣群義習老考者而职联聞聯職肉股育能自至致臺與興舉航色艺节芯花若英苹范荐药"
    "获菓華营萬落蔡薦藏藝處號融衆行術补表袖被装裏補裝西要見規視覧観觀见观规视觉角解言計訊訓記訪設許評詞試詩話"
    "該誌認語說読調談請論證識警議護讀變讓计认让训议讯记许论设访证评识词试诗话询该详语说请读课调谷象負財貧販責"
    "買費貿資質購贊负财责货质贫购贴贷贸费资赞赤走起超越足跟跨路踩身車軍転載輯轉车轨转软载较辑辦農边込达迁过运"
    "近还这进违连述追退送适选這通速造連週進遊運過道達違適選還那邮郡部都配酒醫采里重量金銀錄錯鏈铁银链销错镇長"
    "长門閉開間関關门问间闻阅队防阳际降限院除险随隐際障險难雄雅集離電需青静非面革音頁項預領頭頻題願類顯页项预"
    "领频题额風风食養館首香馬駅驗马验體高鳥麼黄黑默點黨龙"
)
_HANGUL = frozenset(
    "가간감강같개거건것게결경계고공과관광교구국그극금기김까나남내네년노는능니다당대던데도동될드들때라러럼레력"
    "로론료류를리마만면명모무문물므미민및바반발방배백버보복본부분비사산상생서석선설성세소수스습시식신실심아안"
    "야약양어업었에엔엘여연영예오와외요용우운워원위유율으은을음응의이인일입있자작장재적전점정제조존주준중지진"
    "질차책체초최치칼크타태터템트폭하학한할합해했행현형호화환회효히"
)
_FREQUENT = frozenset("оеаинтсрвлкмдпуіαοιετσνηυρπκάέίόήύςωاليمونرتبةهعدיוהלאתרמבשנนรากอเงยมวลทสดต")
# of the frequent ones in real texts; kana of half width are rare in all
_SHARE = {
    "han": 0.75, "hangul": 0.65, "cyrillic": 0.75, "greek": 0.75, "arabic": 0.7, "hebrew": 0.65, "thai": 0.6,
    "half": 2.0,
}  # fmt: skip
_PART = 0.15  # of the letters: a script with fewer spoils no text
_WRONG = "wrong"


def plausibility(text: str) -> float:
    """From 0, nobody wrote this, to 1; a text in ASCII is 1. Only the beginning is looked at."""
    found: Counter[str] = Counter()
    good: dict[str, float] = {}
    text = f" {text[:_MOST]} "
    for before, letter, after in zip(text, text[1:], text[2:], strict=False):
        if letter < "\x80":
            continue
        script, worth = _seen(before, letter, after)
        if script:
            found[script] += 1
            good[script] = good.get(script, 0.0) + worth
    if not found:
        return 1.0
    each_worth = {script: min(1.0, good[script] / _SHARE.get(script, 1.0) / count) for script, count in found.items()}
    total = sum(each_worth[script] * count for script, count in found.items()) / found.total()
    worst = min((each_worth[script] for script, count in found.items() if count > _PART * found.total()), default=1.0)
    return max(0.0, min(total, worst + _PART))  # Japanese in Chinese is right but for its Han


def _seen(before: str, letter: str, after: str) -> tuple[str, float]:
    """The script of a letter and what it is worth between these two; no script for signs that may stand anywhere."""
    script = script_of(letter)
    if script in ("", "sign"):
        return _sign(before, letter, after)
    beside = (script_of(before), script_of(after))
    if script == _WRONG:
        return script, 0.0
    if script in ("han", "hangul", "half"):
        return script, _east(script, letter, beside)
    if script != "kana" and any(other not in ("", "sign", script) for other in beside):
        return script, 0.0
    if script in ("cyrillic", "greek", "latin"):
        return script, _cased(script, before, letter, after)
    return script, float(letter in _FREQUENT) if script in _SHARE else 1.0


def _sign(before: str, letter: str, after: str) -> tuple[str, float]:
    """A sign between two letters is none, and beside one it tells nothing good, if they are not ASCII or Han."""
    if unicodedata.category(letter)[0] not in "SN" and letter not in "ªº¡¿":
        return "", 0.0
    scripts = script_of(before), script_of(after)
    beside = [
        script
        for script, other in zip(scripts, (before, after), strict=True)
        if other >= "\x80" and other != letter and script not in ("", "han", "kana")
    ]
    if "" not in scripts and any(script != "sign" for script in beside):
        return "sign", -1.0
    return ("sign", 0.0) if beside else ("", 0.0)


def _east(script: str, letter: str, beside: tuple[str, str]) -> float:
    """Han and Hangul hardly ever stand side by side, and neither stands beside half-width kana."""
    others = {"han": ("hangul", "half"), "hangul": ("han", "half", "kana"), "half": ("han", "hangul", "latin")}[script]
    if beside[0] in others or beside[1] in others:
        return 0.0
    if script == "half":
        return 1.0 if "half" in beside else 0.0
    if letter in (_HAN if script == "han" else _HANGUL):
        return 1.0
    return 0.15 if script == "han" and _is_common(letter) else 0.0


def _cased(script: str, before: str, letter: str, after: str) -> float:
    if letter.isupper():
        if before.islower():
            return -1.0
        if script == "latin" and not before.isalpha() and not after.isalpha():
            return 1.0
        if after.islower() and (script != "latin" or after < "\x80"):
            return _SHARE.get(script, 1.0)
        return 0.4 if script != "latin" or not (before.isupper() or after.isupper()) else 0.7
    if script != "latin":
        return float(letter in _FREQUENT)
    if before < "\x80" or after < "\x80":
        return 1.0
    return 0.3  # no language has three accents in a row, but some have two


@cache
def _is_common(han: str) -> bool:
    """Of the 3,755 of the first level of GB 2312, or the 5,401 of Big5's."""
    in_china, in_taiwan = han.encode("gb2312", "ignore"), han.encode("big5", "ignore")
    return b"\0" < in_china < b"\xd8" or b"\0" < in_taiwan < b"\xc7"


@cache
def script_of(letter: str) -> str:
    """han, hangul, kana, half (half-width kana), latin, cyrillic, greek, the name of another script, sign, or nothing.

    Nothing for blanks, punctuation and marks; wrong for what no page means.
    """
    category = unicodedata.category(letter)
    if category in ("Co", "Cn", "Cs", "Cc") or letter == "\ufffd":
        return "" if letter < "\x80" else _WRONG
    if category[0] != "L":
        return "sign" if category[0] == "S" and letter >= "\x80" else ""
    name = unicodedata.name(letter, "").split(" ")[0]
    return _NAMES.get(name, name.lower())


_NAMES = {
    "CJK": "han", "HIRAGANA": "kana", "KATAKANA": "kana", "KATAKANA-HIRAGANA": "kana", "HALFWIDTH": "half",
    "FULLWIDTH": "",
}  # fmt: skip
