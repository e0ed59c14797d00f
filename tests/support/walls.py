# ruff: noqa: E501 - pages as they come, not as code is set
"""What a site shows in the place of a page, made like the real ones; and pages that were honestly shortened.

`WALLS` are forty error, login, captcha and cookie pages, `STUBS` what else may stand there, `shortenings` twenty pairs
of a page before and after.
"""

from __future__ import annotations

import html
from dataclasses import dataclass

from pages import PROSE

_LINKS = {
    "en": ("Home", "News", "Sport", "Culture", "Opinion", "Shop", "Log in", "Subscribe", "About us", "Contact"),
    "zh": ("首页", "新闻", "体育", "文化", "评论", "商城", "登录", "订阅", "关于我们", "联系我们"),
    "de": ("Startseite", "Politik", "Sport", "Kultur", "Meinung", "Shop", "Anmelden", "Abo", "Impressum", "Kontakt"),
    "fr": ("Accueil", "Actualités", "Sport", "Culture", "Débats", "Boutique", "Connexion", "Abonnement", "Contact"),
    "es": ("Inicio", "Noticias", "Deportes", "Cultura", "Opinión", "Tienda", "Iniciar sesión", "Suscripción"),
    "ja": ("ホーム", "ニュース", "スポーツ", "文化", "オピニオン", "ショップ", "ログイン", "会員登録", "お問い合わせ"),
    "ru": ("Главная", "Новости", "Спорт", "Культура", "Мнения", "Магазин", "Войти", "Подписка", "Контакты"),
}
TEASERS = (
    "Ten sheds that survived the flood", "Why the ferry is late on Mondays", "The price of lamp oil, explained",
    "A walk along the northern pier", "Who painted the lighthouse?", "Our readers' best pictures of fog",
)  # fmt: skip
_FOOTERS = {
    "en": "© 2026 Tidewater Press. All rights reserved. Terms of use · Privacy · Cookie settings",
    "zh": "版权所有 © 2026 潮汐出版社 京ICP备12345678号 隐私政策 网站地图",
    "de": "© 2026 Tidewater Verlag. Alle Rechte vorbehalten. AGB · Datenschutz · Cookie-Einstellungen",
    "fr": "© 2026 Éditions de la Marée. Tous droits réservés. Mentions légales · Cookies",
    "es": "© 2026 Editorial Marea. Todos los derechos reservados. Aviso legal · Cookies",
    "ja": "© 2026 潮出版. 無断転載を禁じます. プライバシーポリシー",
    "ru": "© 2026 Издательство «Прилив». Все права защищены. Условия использования",
}


@dataclass(frozen=True, slots=True)
class WallPage:
    """A page that is none. `doubt` is the name of what should be thought of it, `at` the path it is found at."""

    name: str
    doubt: str
    html: str
    at: str | None = None


def page(title: str, inner: str, lang: str = "en", head: str = "") -> str:
    """A page in the frame of its site: navigation, footer, a search, as everywhere."""
    links = "".join(f"<li><a href='/{number}'>{word}</a></li>" for number, word in enumerate(_LINKS[lang]))
    return (
        f"<!DOCTYPE html><html lang='{lang}'><head><meta charset='utf-8'><title>{html.escape(title)}</title>{head}"
        f"</head><body><header><nav><ul>{links}</ul></nav><form action='/search'><input name='q'></form></header>"
        f"<main>{inner}</main><footer><p>{_FOOTERS[lang]}</p></footer></body></html>"
    )


def bare(title: str, inner: str, lang: str = "en", head: str = "") -> str:
    """A page without a frame, as a server or a firewall makes it."""
    return (
        f"<!DOCTYPE html><html lang='{lang}'><head><meta charset='utf-8'><title>{html.escape(title)}</title>{head}"
        f"</head><body>{inner}</body></html>"
    )


def _login(*words: str, button: str = "Log in") -> str:
    fields = "<input type='text' name='user'><input type='password' name='password'>"
    said = "".join(f"<p>{word}</p>" for word in words)
    return (
        f"<div class='login'><form method='post' action='/session'>{fields}<button>{button}</button></form>{said}</div>"
    )


_NOT_FOUND = [
    WallPage("wordpress", "SoftNotFound", page(
        "Page not found – Tidewater", "<h1>Oops! That page can’t be found.</h1><p>It looks like nothing was found at this"
        " location. Maybe try a search?</p><form><input type='search'><button>Search</button></form>"
        "<h2>Most Used Categories</h2><ul><li><a href='/c/a'>Harbour</a> (12)</li><li><a href='/c/b'>Boats</a> (9)</li></ul>")),
    WallPage("plain", "SoftNotFound", bare("404 Not Found", "<center><h1>404 Not Found</h1></center><hr><center>nginx/1.24.0</center>")),
    WallPage("apache", "SoftNotFound", bare(
        "404 Not Found", "<h1>Not Found</h1><p>The requested URL was not found on this server.</p><hr>"
        "<address>Apache/2.4.57 (Debian) Server at example.org Port 80</address>")),
    WallPage("news-en", "SoftNotFound", page(
        "Tidewater News", "<h1>Sorry, we can't find the page you are looking for</h1><p>The page may have been moved, or"
        " the address may have been mistyped.</p><h3>Most read</h3><ul>" + "".join(
            f"<li><a href='/n/{number}'>{sentence}</a></li>" for number, sentence in enumerate(TEASERS)) + "</ul>")),
    WallPage("gov-zh", "SoftNotFound", page(
        "页面不存在", "<div><h2>抱歉，您访问的页面不存在或已被删除</h2><p>系统将在 5 秒后返回<a href='/'>首页</a></p></div>", "zh",
        "<meta http-equiv='refresh' content='5;url=/'>")),
    WallPage("deleted-zh", "SoftNotFound", bare("", "<div class='weui-msg'><h2>该内容已被发布者删除</h2></div>", "zh")),
    WallPage("charity-zh", "SoftNotFound", page(
        "404-潮汐网", "<h1>404</h1><p>很抱歉，您要找的页面不存在。您可以：检查网址是否正确；返回首页；联系我们。</p>", "zh")),
    WallPage("news-de", "SoftNotFound", page(
        "Seite nicht gefunden - Tidewater", "<h1>Die gesuchte Seite wurde nicht gefunden</h1><p>Entweder haben Sie die"
        " Adresse falsch eingegeben, oder die Seite gibt es nicht mehr.</p>", "de")),
    WallPage("news-fr", "SoftNotFound", page(
        "Page introuvable | La Marée", "<h1>Erreur 404</h1><p>La page que vous recherchez n’existe pas ou n’existe plus.</p>", "fr")),
    WallPage("news-es", "SoftNotFound", page(
        "Error 404 | Marea", "<h1>Página no encontrada</h1><p>Lo sentimos, la página que buscas no existe o ha cambiado"
        " de dirección.</p>", "es")),
    WallPage("news-ja", "SoftNotFound", page(
        "お探しのページは見つかりませんでした｜潮", "<h1>404 Not Found</h1><p>お探しのページは移動または削除された可能性があります。</p>", "ja")),
    WallPage("shop-ru", "SoftNotFound", page(
        "Страница не найдена — Прилив", "<h1>404</h1><p>К сожалению, запрашиваемая вами страница не существует.</p>", "ru")),
]  # fmt: skip
_TROUBLE = [
    WallPage("database", "SiteTrouble", bare(
        "Database Error", "<div class='wp-die-message'><h1>Error establishing a database connection</h1></div>")),
    WallPage("maintenance", "SiteTrouble", bare(
        "Site maintenance", "<h1>We&rsquo;ll be back soon!</h1><p>Sorry for the inconvenience. We&rsquo;re performing some"
        " maintenance at the moment.</p><p>&mdash; The Team</p>")),
    WallPage("maintenance-zh", "SiteTrouble", bare("系统维护中", "<h1>网站升级维护中</h1><p>给您带来不便，敬请谅解，请稍后再试。</p>", "zh")),
    WallPage("maintenance-de", "SiteTrouble", bare(
        "Wartungsarbeiten", "<h1>Wartungsarbeiten</h1><p>Unsere Seite ist in Kürze wieder für Sie da.</p>", "de")),
]  # fmt: skip
_LOGINS = [
    WallPage("network", "LoginWall", page(
        "Sign Up | Network", "<h1>Join Network</h1>" + _login(
            "Already on Network? <a href='/login'>Sign in</a>", "Sign in to view the full article", "Forgot password?"))),
    WallPage("social", "LoginWall", bare(
        "Log in to Facebook", _login("Forgotten password?", "Create new account", button="Log In"))),
    WallPage("forum", "LoginWall", page(
        "Tidewater Forums", "<div class='panel'><h2>Message</h2><p>You are not logged in or you do not have permission to"
        " access this page. This could be due to one of several reasons:</p><ol><li>You are not logged in. Fill in the"
        " form at the bottom of this page and try again.</li><li>You may not have sufficient privileges.</li></ol>"
        + _login("Remember me?") + "</div>")),
    WallPage("discuz-zh", "LoginWall", page(
        "提示信息 - 潮汐论坛 - Powered by Discuz!", "<div id='messagetext'><p>抱歉，您尚未登录，没有权限访问该版块</p></div>"
        + _login("<a>找回密码</a> <a>立即注册</a>", button="登录"), "zh")),
    WallPage("zhihu", "LoginWall", bare(
        "登录 - 知乎", "<div class='SignFlow'><div>验证码登录</div><div>密码登录</div>"
        + _login("未注册手机验证后自动登录，注册即代表同意《知乎协议》《隐私保护指引》", button="登录/注册") + "<p>扫码登录 打开知乎 App</p></div>", "zh")),
    WallPage("university-zh", "LoginWall", bare(
        "统一身份认证平台", _login("忘记密码？", "推荐使用 Chrome 浏览器", button="登 录"), "zh"), "/cas/login"),
    WallPage("after-login-zh", "LoginWall", page(
        "潮汐文库", "<div class='tip'><p>登录后查看完整内容</p><a href='/login'>立即登录</a></div>", "zh")),
    WallPage("accounts", "LoginWall", bare(
        "Sign in – Tidewater Accounts", "<h1>Sign in</h1><p>Use your Tidewater Account</p>"
        "<input type='email' aria-label='Email or phone'><a>Forgot email?</a><p>Not your computer? Use a private window"
        " to sign in.</p><a>Create account</a>"), "/signin"),
    WallPage("moodle-de", "LoginWall", page(
        "Anmelden", "<h1>Anmelden bei Tidewater</h1>" + _login("Kennwort vergessen?", "Gastzugang", button="Login"), "de")),
    WallPage("members-fr", "LoginWall", page(
        "Espace membre", "<h1>Connexion</h1>" + _login(
            "Mot de passe oublié ?", "Vous devez être connecté pour consulter cette page.", button="Se connecter"), "fr")),
]  # fmt: skip
_ROBOTS = [
    WallPage("cloudflare", "RobotCheck", bare(
        "Just a moment...", "<div class='main-wrapper'><h1>example.org</h1><h2>Verifying you are human. This may take a few"
        " seconds.</h2><div>example.org needs to review the security of your connection before proceeding.</div>"
        "<noscript>Enable JavaScript and cookies to continue</noscript></div>"
        "<script>window._cf_chl_opt={cvId:'3',cType:'managed'};</script><div>Ray ID: 8a1b2c3d4e5f6789</div>",
        head="<meta name='robots' content='noindex,nofollow'>")),
    WallPage("cloudflare-de", "RobotCheck", bare(
        "Nur einen Moment…", "<h1>example.org</h1><p>Bestätigen Sie, dass Sie ein Mensch sind, indem Sie die folgende"
        " Aktion durchführen.</p><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script>", "de")),
    WallPage("cloudflare-blocked", "RobotCheck", bare(
        "Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1><h2>You are unable to access example.org"
        "</h2><h2>Why have I been blocked?</h2><p>This website is using a security service to protect itself from online"
        " attacks. The action you just performed triggered the security solution.</p><h2>What can I do to resolve this?"
        "</h2><p>You can email the site owner to let them know you were blocked.</p><p>Cloudflare Ray ID: 8a1b2c3d</p>")),
    WallPage("human", "RobotCheck", bare(
        "Access to this page has been denied", "<h1>Press &amp; Hold to confirm you are a human (and not a bot).</h1>"
        "<div id='px-captcha'></div><p>Reference ID 5f3c-11ee</p>")),
    WallPage("imperva", "RobotCheck", bare(
        "", "<p>Request unsuccessful. Incapsula incident ID: 123000450067890-98765</p>"
        "<iframe src='/_Incapsula_Resource?SWUDNSAI=31'></iframe>")),
    WallPage("akamai", "RobotCheck", bare(
        "Access Denied", "<h1>Access Denied</h1>You don't have permission to access \"http://example.org/a\" on this server."
        "<p>Reference #18.2d2f1160.1700000000.1a2b3c4</p>")),
    WallPage("search", "RobotCheck", bare(
        "https://example.org/search", "<p>Our systems have detected unusual traffic from your computer network. This page"
        " checks to see if it's really you sending the requests, and not a robot.</p><p>IP address: 203.0.113.5<br>Time:"
        " 2026-11-27T04:00:00Z</p><div class='g-recaptcha'></div>"), "/sorry/index"),
    WallPage("shop", "RobotCheck", bare(
        "Robot Check", "<h4>Enter the characters you see below</h4><p>Sorry, we just need to make sure you're not a robot."
        " For best results, please make sure your browser is accepting cookies.</p><form><input name='field-keywords'>"
        "<button>Continue shopping</button></form>")),
    WallPage("baidu-zh", "RobotCheck", bare("百度安全验证", "<div><p>网络不给力，请稍后重试</p><a>返回首页</a><a>问题反馈</a></div>", "zh")),
    WallPage("often-zh", "RobotCheck", bare(
        "禁止访问", "<h1>禁止访问</h1><p>检测到有异常请求从你的 IP 发出，请<a href='/login'>登录</a>使用。</p><p>如有疑问请联系我们。</p>", "zh")),
    WallPage("slider-zh", "RobotCheck", bare(
        "", "<div class='sm-ico'>访问验证</div><p>别离开，为了更好的访问体验，请进行验证，通过后即可继续访问网页</p>"
        "<div id='nc'>请按住滑块，拖动到最右边</div><script>var acw_sc__v2='1';</script>", "zh")),
    WallPage("wechat-zh", "RobotCheck", bare("", "<h2>环境异常</h2><p>当前环境异常，完成验证后即可继续访问。</p><a>去验证</a>", "zh")),
]  # fmt: skip
_COOKIES = [
    WallPage("search-cookies", "CookieWall", bare(
        "Before you continue to Google Search", "<h1>Before you continue to Google</h1><p>We use cookies and data to:</p>"
        "<ul><li>Deliver and maintain Google services</li><li>Track outages and protect against spam, fraud and abuse</li>"
        "</ul><p>If you choose to “Accept all”, we will also use cookies and data to deliver personalised ads and content."
        "</p><button>Reject all</button><button>Accept all</button><a>More options</a>"), "/consent"),
    WallPage("yahoo-cookies-de", "CookieWall", bare(
        "Yahoo ist Teil der Yahoo Markenfamilie", "<h1>Yahoo ist Teil der Yahoo Markenfamilie</h1><p>Wenn Sie unsere Websites"
        " nutzen, verwenden wir Cookies, um Ihnen unsere Websites bereitzustellen.</p><p>Klicken Sie auf „Alle akzeptieren“,"
        " wenn Sie nicht möchten, dass wir und unsere Partner Cookies verwenden, klicken Sie auf „Alle ablehnen“.</p>"
        "<button>Alle akzeptieren</button><button>Alle ablehnen</button><a>Datenschutzeinstellungen verwalten</a>", "de")),
]  # fmt: skip
WALLS: list[WallPage] = [*_NOT_FOUND, *_TROUBLE, *_LOGINS, *_ROBOTS, *_COOKIES]

STUBS: list[WallPage] = [
    WallPage("paywall-en", "Paywall", page(
        "The harbour log", f"<article><h1>The harbour log</h1><p>{PROSE[0]}</p></article><div class='offer'><h2>Subscribe to"
        " continue reading</h2><p>Already a subscriber? Log in</p><p>$1 for the first six months.</p></div>")),
    WallPage("paywall-de", "Paywall", page(
        "The harbour log", f"<article><h1>The harbour log</h1><p>{PROSE[0]}</p><p>Jetzt weiterlesen mit Tidewater Plus. Nur"
        " für Abonnenten.</p></article>", "de")),
    WallPage("paywall-zh", "Paywall", page(
        "The harbour log", f"<article><h1>The harbour log</h1><p>{PROSE[0]}</p><p>试读结束，开通会员解锁全文</p></article>", "zh")),
    WallPage("parked", "DomainParked", bare(
        "tidewater.com is for sale | HugeDomains", "<h1>Tidewater.com is for sale</h1><p>$4,895</p><p>Buy this domain. 30-day"
        " money back guarantee. Take immediate ownership.</p>")),
    WallPage("parked-zh", "DomainParked", bare("域名出售", "<h1>您正在访问的域名可以转让！</h1><p>此域名出售，请联系 QQ 12345</p>", "zh")),
    WallPage("script", "ScriptWanted", bare("Tidewater", "<div id='root'>Please enable JavaScript to view this site.</div>")),
]  # fmt: skip

_CHINESE = [
    "渡轮早上六点离开码头，那时外岛上的雾已经散去，船上的人都站在甲板上看日出。",
    "船上没有人记得是谁最先把灯塔漆成了红色，不过账本里还留着十一桶油漆的单据。",
    "盐、咖啡和灯油是结冰的月份里每户人家都离不开的三样东西，价钱年年都在上涨。",
    "一位小学教师每天下午测量潮水的高度，他的笔记本至今保存在一间干燥的地下室里。",
    "北面防波堤的修缮用了三个夏天，因为石料必须用驳船运来，遇到大风就只好停工。",
]
_GERMAN = [
    "Die Fähre verlässt den Kai um sechs Uhr morgens, und dann hat sich der Nebel über den Inseln schon gehoben.",
    "Niemand an Bord wusste noch, wer den Leuchtturm zuerst rot gestrichen hatte, obwohl es eine Rechnung gibt.",
    "Salz, Kaffee und Lampenöl waren die drei Dinge, ohne die kein Haushalt in den Monaten des Eises auskam.",
    "Ein Lehrer hat jeden Nachmittag die Gezeiten gemessen, und seine Hefte liegen noch heute in einem Keller.",
    "Die Reparatur der nördlichen Mole dauerte drei Sommer, weil der Stein mit dem Lastkahn kommen musste.",
]


def _text(sentences: list[str]) -> str:
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


def _items(count: int, what: str) -> str:
    return (
        "<ul>"
        + "".join(f"<li>{what} number {number}, built in {1900 + number}</li>" for number in range(count))
        + "</ul>"
    )


def shortenings() -> list[tuple[str, str, str]]:
    """(name, the page before, the page after): less is said, and it is the page all the same."""
    english, chinese, german = _text(PROSE * 2), _text(_CHINESE * 3), _text(_GERMAN * 2)
    pairs = [
        ("summary", "en", english, f"<p>{PROSE[0]}</p>"),
        (
            "cancelled",
            "en",
            english,
            "<p>The meeting of the harbour council was cancelled. Its minutes will follow.</p>",
        ),
        ("archived", "en", english, "<p>This text was moved to the printed yearbook of 2025, page 12.</p>"),
        ("product", "en", english, "<p>The red lantern is sold out and comes again in spring.</p>"),
        ("openings", "en", _items(30, "Boat"), "<p>There are no open positions at the moment.</p>"),
        ("list", "en", _items(40, "Shed"), _items(5, "Shed")),
        ("menu", "en", english, "<p>Closed for the winter. We open again on the first of April.</p>"),
        ("draft", "en", english, f"<p>{PROSE[4]}</p><p>More soon.</p>"),
        (
            "rewritten",
            "en",
            english,
            "<p>Three summers, one barge, and a red lighthouse: a short history of the pier.</p>",
        ),
        ("apology", "en", english, "<p>The editors have withdrawn this article, because its figures were wrong.</p>"),
        ("changelog", "en", _items(60, "Release"), _items(3, "Release")),
        ("programme", "en", english, "<p>The festival is over. Thank you to all who came.</p>"),
        ("notice-zh", "zh", chinese, f"<p>{_CHINESE[0]}</p>"),
        ("repealed-zh", "zh", chinese, "<p>本通知自二〇二六年一月一日起废止。</p>"),
        ("ended-zh", "zh", chinese, "<p>本次活动已经圆满结束，感谢大家的参与和支持。</p>"),
        ("merged-zh", "zh", chinese, "<p>相关规定已并入新的港口管理办法。</p>"),
        ("summary-de", "de", german, f"<p>{_GERMAN[0]}</p>"),
        ("over-de", "de", german, "<p>Die Ausstellung ist zu Ende. Wir danken allen, die gekommen sind.</p>"),
        ("hours-de", "de", german, "<p>Das Museum öffnet wieder im April.</p>"),
        ("moved-de", "de", german, "<p>Der Beitrag steht jetzt im Jahrbuch, auf Seite zwölf.</p>"),
    ]
    return [
        (
            name,
            *(
                page(f"The log: {name}", f"<article><h1>The log: {name}</h1>{inner}</article>", lang)
                for inner in inners
            ),
        )
        for name, lang, *inners in pairs
    ]
