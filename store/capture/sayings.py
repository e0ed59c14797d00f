"""What walls say, in the languages they say it: titles, and phrases of their text. Data, for `wallwords`.

One line is one saying; `…` stands for up to forty characters. Case and accents do not count. A title is matched
whole, a phrase anywhere in a text; Han, kana and Hangul titles of five characters or more are phrases too.
"""

from __future__ import annotations

from store.capture.converted import Wall

TITLES: dict[Wall, str] = {
    Wall.GONE: """
        this article…no longer available\n this page…no longer available\n this story…no longer available
        this content…no longer available\n sorry…no longer available\n this…has been removed\n article unavailable
        article no longer available\n content unavailable\n 该文章已删除\n 文章已下架\n 内容已下架
        artikel nicht mehr verfügbar
        article indisponible\n artículo no disponible
        页面走丢…\n 页面走丢了\n 页面飞走了\n 页面不见了\n 页面不存在哦\n 404\n 410\n error 404\n 404 error\n http 404
        http error 404\n 404 not found\n 404 page not found\n not found\n 404 file not found\n 404 error page
        error 404 not found\n 404 page\n 410 gone\n page not found\n file not found\n article not found
        content not found\n post not found\n resource not found\n object not found\n topic not found
        page cannot be found\n page could not be found\n page can't be found\n page couldn't be found\n nothing found
        the page cannot be found\n the page could not be found\n the page…was not found\n the page…could not be found
        this page does not exist\n this page doesn't exist\n page does not exist\n page doesn't exist
        page unavailable\n page no longer exists\n page not available\n this page isn't available
        this page is not available\n sorry, this page isn't available\n oops…not found\n sorry…not found
        we can't find…page\n we couldn't find…page\n 页面不存在\n 页面未找到\n 未找到页面\n 找不到页面\n 找不到网页
        页面找不到\n 页面没有找到\n 页面找不到了\n 页面丢失了\n …访问的页面不存在\n …访问的网页不存在\n 该页面不存在
        此页面不存在\n 404页面\n 无法找到…页\n 文章不存在\n 内容不存在\n …内容已被删除\n …已被发布者删除
        …内容已被…删除\n …文章已被删除\n …内容已删除\n …文章已删除\n 帖子不存在\n 信息不存在\n …要找的页面不存在
        页面已删除\n 頁面不存在\n 找不到網頁\n 找不到頁面\n 頁面未找到\n 無法找到…頁\n …頁面不存在
        ページが見つかりません\n ページが見つかりませんでした\n …ページは見つかりません
        …ページは見つかりませんでした\n お探しのページは…\n お探しのページが…\n 指定されたページは…
        페이지를 찾을 수 없습니다\n 존재하지 않는 페이지입니다\n seite nicht gefunden\n seite wurde nicht gefunden
        die seite…nicht gefunden\n diese seite existiert nicht\n seite existiert nicht\n page introuvable
        page non trouvée\n cette page n'existe pas\n page inexistante\n página no encontrada
        esta página no existe\n pagina non trovata\n página não encontrada\n pagina niet gevonden
        страница не найдена\n страница не существует\n nie znaleziono strony
        strona nie została znaleziona\n sidan hittades inte\n sidan kunde inte hittas\n sayfa bulunamadı
        stránka nenalezena
        """,
    Wall.TROUBLE: """
        technical difficulties\n index of /…\n fatal error\n parse error
        500\n 502\n 503\n 504\n error 500\n error 503\n 500 internal server error\n internal server error
        502 bad gateway\n bad gateway\n 503 service unavailable\n service unavailable
        503 service temporarily unavailable\n service temporarily unavailable\n 504 gateway timeout
        504 gateway time-out\n gateway timeout\n server error\n site maintenance\n under maintenance
        site under maintenance\n maintenance\n maintenance mode\n down for maintenance\n scheduled maintenance\n error
        an error occurred\n application error\n database error\n something went wrong\n oops! something went wrong
        oops, something went wrong\n runtime error\n website offline\n welcome to nginx\n apache2…default page
        it works\n iis windows server\n temporarily unavailable\n we'll be back soon\n we'll be right back
        error establishing a database connection\n account suspended\n 系统维护\n 网站维护\n 系统错误\n 服务器错误
        服务不可用\n 系统繁忙\n 出错了\n 网站维护中\n 系统维护中\n 系统升级维护\n 升级维护\n 系统提示\n 错误提示
        系統維護\n 網站維護中\n wartungsarbeiten\n wartung\n wartungsmodus\n site en maintenance
        maintenance en cours\n en maintenance\n en mantenimiento\n sitio en mantenimiento\n in manutenzione
        em manutenção\n site em manutenção\n メンテナンス中\n メンテナンスのお知らせ\n システムエラー\n 점검 중
        технические работы
        """,
    Wall.LOGIN: """
        create your…account to…\n create a free account to…\n register to…\n sign up to…\n …to continue reading
        welcome back
        log in\n login\n log-in\n sign in\n signin\n sign-in\n log in to…\n login to…\n log into…\n sign in to…
        sign in with…\n log in or…\n login or…\n sign in or…\n sign up or…\n sign up\n sign in / sign up
        login / register\n login page\n account login\n member login\n user login\n subscriber login\n customer login
        please log in\n please login\n please sign in\n login required\n sign in required\n log in required
        authentication required\n log in / sign up\n single sign-on\n single sign on\n web login service
        central authentication service\n members only\n join or…\n 登录\n 用户登录\n 会员登录\n 账号登录\n 帐号登录
        账户登录\n 登录注册\n 登录/注册\n 登录 / 注册\n 请登录\n 请先登录\n 登录页面\n 登录界面\n 登录系统\n 登录中心
        登录页\n 统一身份认证\n 统一身份认证平台\n 统一身份认证系统\n 登入\n 登錄\n 會員登入\n 會員登錄\n 扫码登录
        微信登录\n 系统登录\n 欢迎登录…\n ログイン\n ログインページ\n ログイン画面\n サインイン\n 会員ログイン
        로그인\n anmelden\n anmeldung\n einloggen\n bitte anmelden\n connexion\n se connecter\n s'identifier
        identification\n connectez-vous\n iniciar sesión\n inicia sesión\n acceder\n identifícate\n accedi
        accesso\n entrar\n iniciar sessão\n fazer login\n inloggen\n aanmelden\n вход\n войти\n вход в…
        авторизация\n zaloguj się\n logowanie\n logga in
        """,
    Wall.ROBOT: """
        please verify you are human\n please verify you are a human\n please verify…not a robot\n 拦截提示\n 访问拦截
        performing security verification\n êtes-vous un humain\n êtes-vous un robot\n sorry\n just a moment
        attention required\n access denied\n one moment, please\n one moment please\n please wait
        checking your browser…\n security check\n security checkpoint\n vercel security checkpoint
        security verification\n human verification\n verify you are human\n verify you are a human
        verify you are not a robot\n are you a robot\n are you human\n robot check\n robot or human
        robot challenge screen\n bot verification\n captcha\n recaptcha\n captcha check\n captcha challenge
        ddos-guard\n ddos protection…\n challenge validation\n client challenge\n pardon our interruption
        please verify you are…\n access to this page has been denied\n you have been blocked
        sorry, you have been blocked\n request blocked\n request rejected\n the request could not be satisfied
        too many requests\n 429 too many requests\n 429\n rate limited\n rate limit exceeded\n 403 forbidden
        forbidden\n 403\n error 403\n 403 error\n unusual traffic\n making sure you're not a bot\n human check
        blocked\n access blocked\n 安全验证\n 百度安全验证\n 安全检测\n 访问验证\n 人机验证\n 验证码\n 请输入验证码
        滑动验证\n 滑块验证\n 身份验证\n 验证中心\n 访问受限\n 访问过于频繁\n 访问太频繁\n …访问过于频繁
        …请求过于频繁\n 访问被拒绝\n 拒绝访问\n 禁止访问\n 环境异常\n 请稍候\n 正在验证\n 安全驗證\n 驗證碼\n 拒絕訪問
        请求被拦截\n 访问被拦截\n 网站防火墙\n 安全拦截\n zugriff verweigert\n einen moment\n nur einen moment
        sicherheitsüberprüfung\n accès refusé\n un instant\n un momento\n espera un momento\n acceso denegado
        um momento\n accesso negato\n acesso negado\n een ogenblik geduld\n een moment geduld\n один момент
        доступ ограничен\n доступ запрещен\n вы не робот
        しばらくお待ちください\n アクセスが拒否されました\n 잠시만 기다리십시오\n 액세스 거부됨\n 접근 거부
        """,
    Wall.COOKIES: """
        cookies and privacy\n privacy and cookies\n we use cookies\n this site uses cookies
        your privacy is important…\n we respect your privacy\n wir schätzen ihre privatsphäre
        ihre privatsphäre ist uns wichtig\n le respect de votre vie privée…\n votre vie privée…
        valoramos su privacidad\n valoramos tu privacidad\n su privacidad…\n rispettiamo la tua privacy
        uw privacy…\n мы используем cookie\n 我们重视您的隐私\n 隐私设置\n プライバシー設定
        before you continue…\n cookie consent\n cookies consent\n your privacy choices\n we value your privacy
        we care about your privacy\n privacy settings\n cookie settings\n cookie preferences\n your privacy\n consent
        bevor sie…fortfahren\n bevor sie…weitergehen\n avant d'accéder à…\n avant de continuer…
        antes de continuar…\n antes de ir a…\n prima di continuare…\n voordat je verdergaat…
        datenschutzeinstellungen\n privatsphäre-einstellungen\n cookie-einstellungen\n ihre privatsphäre…
        paramètres des cookies\n cookie-instellingen\n mit werbung weiterlesen\n cookie 设置\n cookie设置\n 继续之前
        cookie 同意\n cookieの設定\n cookie policy required
        """,
    Wall.PAYWALL: """
        subscribe\n subscribe to read\n subscribe to continue\n subscribe to continue reading\n subscription required
        subscribers only\n for subscribers only\n 订阅后阅读\n 付费阅读\n 会员专享\n 有料会員限定
        """,
    Wall.PARKED: """
        this website is for sale\n this web site is for sale\n this site is for sale\n website for sale
        …website is for sale\n situs slot…\n slot gacor…\n judi online…\n agen judi…\n slot online…\n link slot…
        娱乐城…\n …娱乐城\n …娱乐场\n 真人博彩\n 线上赌场…
        domain for sale\n domain is for sale\n this domain is for sale\n domain name for sale\n ….com is for sale
        ….net is for sale\n ….org is for sale\n domain parked\n parked domain\n …domain name is for sale
        …domain is for sale\n domain expired\n this domain has expired\n …domain has expired\n buy this domain
        hugedomains\n website expired\n …steht zum verkauf\n domain zu verkaufen\n 域名出售\n 域名转让\n 域名…出售
        …域名正在出售\n …域名可以转让\n 域名已过期\n …域名已过期\n 域名停放\n …est à vendre\n …está en venta
        …te koop\n домен продается\n …домен продается\n このドメインは…\n future home of…
        """,
    Wall.REFUSED: """
        age verification\n age check\n verify your age\n are you 18…\n are you over 18\n are you over 21\n adults only
        you must be 18…\n altersprüfung\n altersverifikation\n vérification de l'âge\n not available in your region
        not available in your country\n not available in your…\n unavailable in your…\n unavailable for legal reasons
        451\n region not supported\n unsupported browser\n your browser is not supported\n browser not supported
        update your browser\n please disable your ad blocker\n ad blocker detected\n adblock detected
        turn off your ad blocker\n wi-fi login\n wifi login\n 年龄验证\n 地区限制\n 浏览器版本过低
        """,
    Wall.SCRIPT: """
        javascript is disabled\n javascript required\n javascript is not available\n enable javascript\n loading
        加载中\n 正在加载\n 页面加载中
        """,
}

PHRASES: dict[Wall, str] = {
    Wall.GONE: """
        article has been removed\n article…no longer available
        page…no longer available\n story…no longer available\n content…no longer available\n post has been removed
        content has been removed\n removed or is no longer
        story has been removed\n page you want\n item…no longer available\n 文章已被删除\n 内容已被删除\n 文章不存在
        已被删除或
        artikel ist seite…nicht mehr verfügbar\n nicht mehr verfügbar\n beitrag wurde gelöscht
        page…n'est plus disponible\n article…n'est plus disponible
        page…n'existe plus\n página…ya no está disponible\n artículo…ya no está disponible\n página…ya no existe
        pagina…non è più disponibile\n articolo…non è più disponibile\n página…não está mais disponível
        pagina…niet meer beschikbaar\n страница больше не доступ\n страница была удалена\n 記事は削除
        掲載期間が終了\n 掲載を終了
        삭제된 기사\n 삭제되었거나
        page you are looking for\n page you're looking for\n page you were looking for\n page you requested
        page you have requested\n page you tried to\n page you are trying to\n article you are looking for
        content you are looking for\n content you're looking for\n couldn't find that page\n can't find that page
        could not find that page\n couldn't find the page\n can't find the page\n could not find the page
        can't seem to find the page\n couldn't find this page\n we couldn't find what you\n this page doesn't exist
        this page does not exist\n page no longer exists\n requested page could not\n requested page was not
        requested url…was not found\n requested url was not\n link you followed may be broken\n mistyped the address
        address may have been mistyped\n page not found\n page cannot be found\n page could not be found
        page has been removed or\n page may have been moved\n page might have been removed\n page has been deleted
        this content isn't available\n 你要找的页面\n 您要找的页面\n 您访问的页面\n 你访问的页面\n 您所访问的页面
        您查看的页面\n 您請求的頁面\n 您访问的内容不存在\n 您访问的文章不存在\n 您浏览的页面\n お探しのページ
        요청하신 페이지\n 찾으시는 페이지\n gesuchte seite\n aufgerufene seite\n gewünschte seite
        angeforderte seite\n die seite…existiert nicht\n seite konnte nicht gefunden werden\n page que vous recherchez
        page que vous cherchez\n page demandée\n página que buscas\n página que busca\n página que está buscando
        página solicitada\n página que estás buscando\n pagina che stai cercando\n pagina che cerchi
        pagina richiesta\n página que você\n página que procura\n pagina die je zoekt\n pagina die u zoekt
        запрашиваемая…страница\n запрошенная страница
        strona, której szukasz
        """,
    Wall.TROUBLE: """
        technical difficulties\n technical problem\n please try again later\n experiencing difficulties\n uncaught
        sqlstate[\n stack trace\n technische schwierigkeiten\n technischen problem
        etwas ist schiefgelaufen\n problème technique\n une erreur s'est produite\n se ha producido un error
        algo salió mal\n si è verificato un errore\n ocorreu um erro\n er is een fout opgetreden\n произошла ошибка
        网络异常\n 页面出错\n エラーが発生\n 오류가 발생
        internal server error\n is temporarily unavailable\n are temporarily unavailable\n down for maintenance
        scheduled maintenance\n undergoing maintenance\n we'll be back soon\n we will be back soon
        we'll be right back\n be back shortly\n something went wrong\n error occurred while\n an unexpected error
        error has occurred\n error establishing a database connection\n server encountered an
        account has been suspended\n successfully installed and working\n 正在维护\n 维护中\n 系统维护\n 系统繁忙
        服务器繁忙\n 服务器内部错误\n 稍后再试\n 网站升级\n 系统升级\n 稍後再試\n wartungsarbeiten\n in kürze wieder
        est en maintenance\n en cours de maintenance\n en mantenimiento\n in manutenzione\n em manutenção
        メンテナンス中\n メンテナンスを\n 점검 중\n технические работы
        """,
    Wall.LOGIN: """
        create a free account to\n create your free account to\n create an account to\n log in to read
        sign in to read\n register to read\n register for free to\n sign up to continue
        log in or create an account\n registrieren sie sich\n créez un compte pour\n crea una cuenta para\n 注册后
        登录以继续\n 登录后继续阅读
        you must be logged in\n you must log in\n you must sign in\n you must login\n you need to log in
        you need to login\n you need to sign in\n you need to be logged in\n you have to log in
        you are not logged in\n please log in\n please login\n please sign in\n log in to continue\n login to continue
        sign in to continue\n sign in to view\n log in to view\n login to view\n log in to see\n sign in to see
        sign in to access\n log in to access\n sign in to your account\n log in to your account\n log in with your
        sign in with your\n sign in with google\n continue with google\n only available to registered
        only available to members\n only registered users\n create an account or log in\n forgot your password
        forgot password\n forgotten password\n forgot username\n lost your password\n keep me signed in
        keep me logged in\n stay signed in\n don't have an account\n join now to see\n to view this page you
        session has expired\n 登录后查看\n 登录后可见\n 登录后阅读\n 登录后才\n 登录后继续\n 登录后可\n 登录后方可
        登录后浏览\n 登录后即可\n 请登录后\n 请先登录\n 请您登录\n 需要登录\n 您还没有登录\n 您还未登录\n 尚未登录
        忘记密码\n 找回密码\n 扫码登录\n 扫一扫登录\n 手机号登录\n 验证码登录\n 密码登录\n 登录查看更多\n 登录查看全部
        登录即可\n 未登录\n 登入後\n 請先登入\n 請登入\n 必須登入\n 忘記密碼\n 没有账号\n 没有帐号
        ログインしてください\n ログインが必要\n ログインすると\n パスワードをお忘れ\n パスワードを忘れ\n 로그인이 필요
        로그인 후\n 로그인하세요\n 비밀번호 찾기\n 비밀번호를 잊\n bitte melden sie sich an\n bitte anmelden
        bitte melde dich\n bitte loggen sie sich ein\n passwort vergessen\n kennwort vergessen\n angemeldet sein
        mot de passe oublié\n veuillez vous connecter\n vous devez être connecté\n vous devez vous connecter
        connectez-vous pour\n olvidaste tu contraseña\n olvidado su contraseña\n olvidado tu contraseña
        olvidó su contraseña\n debes iniciar sesión\n debe iniciar sesión\n inicia sesión para
        inicie sesión para\n password dimenticata\n dimenticato la password\n devi effettuare l'accesso
        devi accedere\n accedi per\n esqueceu a senha\n esqueceu sua senha\n esqueci minha senha\n faça login para
        precisa fazer login\n wachtwoord vergeten\n log in om\n забыли пароль\n войдите, чтобы
        необходимо авторизоваться\n необходимо войти\n nie pamiętasz hasła
        zaloguj się, aby\n glömt lösenord
        """,
    Wall.ROBOT: """
        are you a human\n 请求存在威胁\n 存在威胁\n 请求已被拦截\n 已被拦截
        requested url was rejected\n your support id is
        performing security verification\n being rate limited\n confirm that you're human\n verify that you're human
        atividade incomum\n não é um robô\n êtes bien un humain\n appuyez et maintenez\n verify you are human
        verify you are a human\n verify that you are human\n verify that you are a human\n verifying you are human
        confirm you are human\n prove you are human\n verify you are not a robot\n verify you're not a robot
        checking if the site connection is secure\n checking your browser\n review the security of your connection
        are you a robot\n i'm not a robot\n i am not a robot\n not a robot\n not a bot\n unusual traffic
        unusual activity\n automated requests\n automated queries\n automated access\n complete the security check
        complete the captcha\n solve the captcha\n solve this captcha\n enter the captcha\n enter the characters
        type the characters\n press & hold\n press and hold\n slide to verify\n slide right to
        enable javascript and cookies to continue\n you have been blocked\n you don't have permission to access
        you do not have permission to access\n access to this page has been denied\n access denied\n ddos protection
        security by cloudflare\n ray id\n too many requests\n request has been blocked\n request was blocked
        think you were a bot\n think that you are a bot\n you are a bot\n security service to protect\n incident id
        request unsuccessful\n please wait while we verify\n request is being verified\n making sure you're not
        安全验证\n 人机验证\n 完成验证\n 拖动滑块\n 拖动下方滑块\n 向右滑动\n 滑块完成\n 滑动验证\n 输入验证码
        点击验证\n 访问过于频繁\n 访问太频繁\n 操作过于频繁\n 操作频繁\n 请求过于频繁\n 异常流量\n 存在异常\n 环境异常
        异常访问\n 请求被拦截\n 访问被拦截\n 访问被阻断\n 造成安全威胁\n 继续访问\n 不是机器人\n 非机器人\n 禁止访问
        輸入驗證碼\n 不是機器人\n 安全驗證\n ロボットではありません\n ロボットではない\n 人間であることを
        不正なアクセス\n 通常と異なるトラフィック\n 로봇이 아닙니다\n 사람인지 확인\n 비정상적인\n kein roboter
        ein mensch sind\n ungewöhnlicher datenverkehr\n ungewöhnlichen datenverkehr\n pas un robot\n vous êtes humain
        vous êtes un humain\n trafic inhabituel\n trafic exceptionnel\n no soy un robot\n no eres un robot
        eres humano\n es humano\n tráfico inusual\n non sono un robot\n sei umano\n não sou um robô\n é humano
        geen robot\n een mens bent\n не робот\n вы человек
        автоматические запросы\n подозрительный трафик\n nie jestem robotem
        """,
    Wall.COOKIES: """
        we and our…partners\n partners store and\n store and access information\n store or access information
        process personal data\n precise geolocation\n identification through device scanning\n right to object
        object to such processing\n your preferences will apply\n click to consent\n consent to our
        manage your choices\n privacy choices\n wir und unsere partner\n und unsere…partner
        informationen auf einem gerät\n personenbezogene daten\n nous et nos\n stockons et/ou accédons
        données personnelles\n nosotros y nuestros\n almacenamos y/o accedemos\n datos personales\n noi e i nostri
        dati personali\n nós e nossos\n wij en onze\n persoonsgegevens\n мы и наши партнеры\n персональных данных
        我们及我们的\n 合作伙伴\n 个人数据\n パートナー\n 個人データ\n 개인정보
        we value your privacy\n we care about your privacy\n our partners\n accept all\n reject all\n manage options
        manage preferences\n manage choices\n manage settings\n before you continue\n we use cookies
        this site uses cookies\n uses cookies\n accept cookies\n store and/or access information\n personalised ads
        personalized ads\n more options\n alle akzeptieren\n alle ablehnen\n mehr optionen\n cookies akzeptieren
        unsere partner\n verwenden cookies\n ohne werbetracking\n tout accepter\n tout refuser
        continuer sans accepter\n nos partenaires\n accepter et fermer\n aceptar todo\n aceptar todas\n rechazar todo
        nuestros socios\n utilizamos cookies\n accetta tutto\n rifiuta tutto\n nostri partner\n utilizziamo i cookie
        aceitar tudo\n aceitar todos\n nossos parceiros\n alles accepteren\n alles afwijzen\n onze partners
        gebruiken cookies\n 全部接受\n 接受所有\n 全部拒绝\n 使用 cookie\n 使用cookie\n すべて受け入れる\n すべて拒否
        すべて同意\n cookieを使用\n принять все\n отклонить все\n файлы cookie
        zaakceptuj wszystko\n plików cookie
        """,
    Wall.PAYWALL: """
        subscribe to continue\n subscribe to read\n subscribe now to\n to continue reading\n to keep reading
        to read the full\n to read the rest\n already a subscriber\n already a member?\n subscribers only
        available to subscribers\n exclusive to subscribers\n for subscribers only\n article is for subscribers
        story is for subscribers\n reserved for subscribers\n become a member to\n unlock this article
        unlock this story\n free articles this month\n free article limit\n article limit\n subscribe to unlock
        limited free articles\n 购买后阅读\n 开通会员\n 会员专享\n 付费阅读\n 付费后\n 试读结束\n 订阅后\n 订阅阅读
        解锁全文\n 订阅以继续\n 登录后阅读全文\n 剩余…字\n 成为会员\n 訂閱後\n 訂戶專享\n 有料会員\n 会員限定
        残り…文字\n 続きをお読み\n 구독자 전용\n 유료 회원\n weiterlesen mit\n jetzt weiterlesen\n artikel weiterlesen
        nur für abonnenten\n für abonnenten\n bereits abonnent\n schon abonnent\n réservé aux abonnés
        réservée aux abonnés\n abonnez-vous pour\n déjà abonné\n de cet article à lire\n suscríbete para
        suscríbase para\n para suscriptores\n ya eres suscriptor\n agli abbonati\n abbonati per\n sei già abbonato
        exclusivo para assinantes\n assine para\n já é assinante\n verder lezen\n voor abonnees
        только подписчикам\n только для подписчиков
        оформите подписку
        """,
    Wall.PARKED: """
        this website is for sale\n this site is for sale\n website is for sale
        this webpage was generated by the domain owner\n generated by the domain owner\n domain parking
        sedo maintains no relationship\n sponsored listings\n this domain was recently registered
        make an offer on this domain\n owner of this domain\n slot gacor\n situs slot
        judi slot\n slot online\n judi online\n bandar togel\n togel online\n best online casino
        no deposit bonus\n bonus new member\n 真人荷官\n 博彩平台\n 娱乐城官网\n 体育投注\n 澳门…娱乐
        официальный сайт казино
        this domain is for sale\n domain is for sale\n domain may be for sale\n domain name is for sale
        buy this domain\n domain has expired\n parked free, courtesy\n this domain is parked\n page is parked
        get this domain\n interested in this domain\n domain…is for sale\n domain is registered
        inquire about this domain\n domain steht zum verkauf\n domain kaufen\n domain…zu verkaufen\n 域名出售
        域名正在出售\n 域名可转让\n 域名转让\n 域名可出售\n 域名已过期\n 域名已到期\n 购买该域名\n 购买此域名
        域名停放\n domaine est à vendre\n acheter ce domaine\n dominio está en venta\n comprar este dominio
        dominio è in vendita\n domínio está à venda\n domein is te koop\n домен продается
        このドメインは\n ドメインを購入
        """,
    Wall.REFUSED: """
        of legal age\n legal drinking age\n 18 years or older\n 18 or older\n over 18\n over the age of 18
        at least 18 years\n adult content\n enter your date of birth\n enter your birth date
        not available in your region
        not available in your country\n not available in your location\n isn't available in your\n unavailable in your
        access cannot be granted\n belonging to the european\n due to the gdpr\n unavailable for legal reasons
        using an ad blocker\n disable your ad blocker\n turn off your ad blocker\n ad blocker detected\n adblocker
        disable your adblock\n accept the terms to get online\n your room number\n upgrade to a newer version
        upgrade your browser\n update your browser\n outdated browser\n browser is out of date\n werbeblocker
        bloqueur de publicité\n bloqueador de anuncios\n 年满18\n 未满18\n 您所在的地区\n 浏览器版本过低\n 广告拦截
        """,
    Wall.SCRIPT: """
        enable javascript\n javascript is disabled\n javascript is required\n requires javascript\n turn on javascript
        javascript to be enabled\n javascript must be enabled\n javascript needs to be\n turn javascript on
        javascript to run this\n javascript aktivieren\n aktivieren sie javascript\n activer javascript
        activez javascript\n habilita javascript\n habilite javascript\n active javascript\n activa javascript
        abilita javascript\n 启用javascript\n 启用 javascript\n 开启javascript\n 开启 javascript\n 啟用 javascript
        javascriptを有効\n javascript を有効\n включите javascript\n browser is not supported
        browser is no longer supported
        """,
}
