"""The words that noise is made of, as pieces of patterns: what is counted, what is past, what is said above lists."""

from __future__ import annotations

COUNTED = (
    r"(?:page ?)?views?|reads?|hits?|visits?|visitors?|likes?|loves?|shares?|comments?|repl(?:y|ies)|responses?"
    r"|reactions?|claps?|followers?|subscribers?|downloads?|installs?|forks?|watchers?|listens?|favou?rites?|bookmarks?"
    r"|(?:re)?tweets?|reposts?|boosts?"
    r"|people (?:reading|online|watching)|(?:users?|members?|guests?|readers?|visitors?) (?:online|reading|watching)"
    r"|online|aufrufe?|kommentare?|antworten|vues?|lectures?|commentaires?|visitas?|vistas?|comentarios?|respuestas?"
    r"|visualizzazioni|commenti|comentários|просмотр(?:ов|а)?|комментари(?:ев|й|я)|ответ(?:ов|а)?"
)
"""What is counted of readers, in either order: "views: 12", "12 views"."""
GIVEN = r"(?:up)?votes?|answers?|reviews?|ratings?"
"""What a text counts too ("Answer: 42", "Rating: 4"): a counter only behind its number."""
READING = (
    r"(?:people|persons|others?|users?|readers?|visitors?|guests?|members?|viewers|shoppers)(?: (?:are|is))?"
    r"(?: (?:currently|now))? (?:reading|viewing|watching|looking at|browsing|online|here)(?: (?:this|it))?"
    r"(?: (?:page|article|item|product|story|post|topic|thread|video))?(?: (?:right now|now|at the moment|currently))?"
)
SIGNS = "(?:[\u2661\u2665\u2764\U0001f44d\U0001f44e\U0001f441\U0001f4ac\U0001f5e8\U0001f501]\ufe0f?)"
"""Hearts, thumbs, eyes, speech: not stars, which are given to things."""
COLUMNS = (
    r"(?:page ?)?views?|reads?|hits?|replies|(?:浏览|瀏覽|阅读|閱讀|点击|點擊|查看|人气|回复|回覆)(?:次?数|量|數)?"
)
"""Heads of columns that count the readers of what each row names."""
_COUNTED_HAN = (
    r"浏览|瀏覽|阅读|閱讀|点击|點擊|访问|訪問|查看|观看|觀看|播放|围观|人气|人氣|热度|点赞|點讚|赞|讚|喜欢|喜歡|评论|評論|回复|回覆"
    r"|回帖|留言|跟帖|收藏|转发|轉發|转载|分享|下载|下載|关注|粉丝|推荐|在看|已阅|在线|在線|閲覧|いいね|コメント|조회|댓글"
)
OF_HAN = r"(?:(?:本文|本页)?(?:总|已有|已被?|被|今日|累计|当前|目前|共有?|有))?"
COUNTED_HAN = (
    rf"{OF_HAN}(?:页面)?(?:{_COUNTED_HAN})"
    r"(?:人?次?数|量|率|人数|数量|总数|次|人次|\s*\(\s*次\s*\)|數|数)?"
)
UNIT_HAN = r"\s*(?:次|人次?|个|個|条|條|回|件の?)?"

_UNITS = r"s|sec(?:ond)?s?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mo|mos|months?|y|yrs?|years?"
AGO = (
    rf"(?:about |almost |over |less than )?(?:\d+|an?|one|two|three|a few|few|several) ?(?:{_UNITS})\.? ago"
    r"|just now|moments? ago|a moment ago"
    r"|vor \d+ \w+|il y a \d+ \w+|hace \d+ \w+|há \d+ \w+|\d+ \w+ fa|\d+ \w+ назад"
)
AGO_HAN = (
    r"刚刚|剛剛|(?:\d+|[一二三四五六七八九十两几半])\s*"
    r"(?:秒钟?|分钟?|分鐘|小时|小時|个小时|天|日|周|星期|个?月|個月|年|時間|か月|ヶ月|週間)(?:以|之)?前"
)
DAY = r"today|yesterday|heute|gestern|hier|aujourd'hui|hoy|ayer|oggi|ieri|сегодня|вчера"
DAY_HAN = r"今天|昨天|前天|今日|昨日"
TIME = r"\d{1,2}[:h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: ?(?:uhr|utc|gmt|[a-z]{1,4}t))?"
UPDATED = (
    r"(?:updated|posted|published|edited|modified|last seen|changed|created|submitted|stand|aktualisiert|veröffentlicht"
    r"|geändert|publiée?|mise? à jour|modifiée?|actualizad[oa]|publicad[oa]|atualizado|aggiornato|pubblicato"
    r"|обновлено|опубликовано|(?:更新|发布|發布|发表|發表|编辑|編輯|修改|刊登)(?:于|於|时间|時間|日期)?)"
)
"""What is said before the moment at which a page was written, and not before the one of an event."""
READING_HAN = r"\d+\s*(?:人|位[^\W\d_]{0,3})(?:正在|在)(?:浏览|阅读|观看|围观|看)"

NOW = (
    r"现在时间|当前时间|北京时间|今天是|現在時間|现在是|local time|current time|time now|server time|now is|it is now"
    r"|today is|all times are"
)
MADE_IN = (
    r"(?:generated|rendered|processed|loaded|executed|页面执行时间|耗时)(?: in)?[:： ]*\d[\d.]* ?(?:m?s\b|sec|秒|毫秒)"
)
ADVERT = r"advertisements?|sponsored(?: content)?|ads?|anzeige|publicité|publicidad|广告|廣告|推广"

_NAMED = (
    r"to read|reading|reads|articles?|posts?|stories|news|content|topics?|products?|items?|videos?|pages?|questions?"
    r"|searches|now|today|this week|on this (?:topic|subject)|(?:from|in|by) .{1,30}|like this"
)
_NAMED_HAN = r"阅读|文章|新闻|推荐|内容|资讯|帖子|话题|视频|产品|商品|图文|精选|排行|主题|热点|问题|博文"
RELATED = (
    r"(?:related|recommended|popular|trending|most (?:read|popular|viewed|shared)|similar)"
    rf"(?: (?:{_NAMED})){{0,3}}|(?:latest|recent|more|other|top)(?: (?:{_NAMED})){{1,3}}"
    r"|you (?:may|might) also (?:like|enjoy|be interested in)|(?:people|customers) also (?:viewed|bought|ask|like)"
    r"|read (?:next|more)|(?:up )?next(?: up)?|what to read next|don'?t miss|editor'?s picks?|hot network questions"
    rf"|(?:相关|推荐|热门|热点|最新|精彩|更多|本周|本月|今日|同类|随机)(?:{_NAMED_HAN}){{1,3}}"
    r"|猜你喜欢|大家都在看|大家还看了|看过本文的人还看了|[为為][您你]推[荐薦]|你可能(?:还|也)?(?:喜欢|感兴趣).{0,6}"
    r"|(?:点击|阅读|热门)排行|相關(?:閱讀|文章|新聞)|推薦(?:閱讀|文章)|熱門(?:文章|新聞)|関連記事|おすすめ記事"
)

ANNEXED = (
    r"附件|附表|附图|附圖|附录|附錄|下载|下載|文件|材料|资料|資料|첨부|添付|annex|appendi[xc]|attach|enclosure|download"
    r"|documents?\b|files?\b|forms?\b|releases?\b|versions?\b|changelog|anlagen?\b|anhang|anhänge|dokument"
    r"|pièces? jointes?|anexos?\b|allegat|приложени|документ"
)
"""Above a list that belongs to the text."""
FILES = r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|pptx?|od[tsp]|rtf|csv|zip|rar|7z|gz|epub|txt|jpe?g|png|mp[34])(?=[?#)\s]|$)"
"""Ends of addresses that give a file."""
