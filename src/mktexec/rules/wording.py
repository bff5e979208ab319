"""What wording gives away: a figure, a mere wish, an empty phrase, a group instead of a person."""

import re

LONGEST_NAME = 200  # longer ones are no names, and take long to search
EITHER = re.IGNORECASE | re.VERBOSE
NUMBER = "[一二三四五六七八九十两百千万亿]"
MONTH = "(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"

NO_MEASURE = rf"""
    # times
    \d{{4}}[-/.]\d{{1,2}}([-/.]\d{{1,2}})? | \d{{2,4}}\s*(年|财年) | \bFY\s?\d+
    | (?<![\d.,])20[1-4]\d(?![\d.,%％]|\s*[万千百亿个人家场次元篇条份单件名位款店])
    | (?<![a-z])[QH][1-4](?!\d) | \d{{1,2}}月(\d{{1,2}}[日号])? | [一二三四]季度 | [上下]半年
    | (\d{{1,3}}|{NUMBER}{{1,3}})\s*个?(月|季度|年)之?以?内
    | 第(\d{{1,3}}|{NUMBER}{{1,3}})(季度|阶段|期|批|波|轮|年|月|周|届|代|梯队)
    | \b\d{{1,2}}(st|nd|rd|th)?\s+(of\s+)?{MONTH}\b | \b{MONTH}\.?\s+\d{{1,2}}(st|nd|rd|th)?\b
    | \b(in|within|over|during|for|the|next|first)\s+(\d+|two|three|six|nine|twelve)
        \s+(month|quarter|year)s?\b
    # shopping festivals
    | (?<![\d.])(618|818|11\.11|12\.12)(?![\d.%％万千百亿元个人单件]) | 双\s*1[12] | 双十[一二]
    | (?<!\d)(38|3\.8|99|9\.9|520)(?=大促|节|期间|活动)
    # names and idioms
    | [6-90][05]后 | [一二三四五]线 | (?<!\d)[35][GD](?![a-z]) | (?<![a-z])[a-z][24][a-z](?![a-z])
    | 360[度°] | 千人千面 | 千家万户
"""
FIGURE = rf"""
    \d | 百分之 | 翻{NUMBER}?[番倍] | 减半 | 过半 | 前{NUMBER} | [破超过达至到]{NUMBER}{{,8}}[十百千万亿]
    | 一[半倍成番场家] | (?!一[个种支款次条座])(?<!第){NUMBER}{{1,8}}[个场次人家倍成名位篇条件单款座城店元]
    | (销量|销售额|份额|排名|搜索|声量|品类|类目|行业|区域|市场|全国|榜单?)第一
    | \b(doubl\w+|tripl\w+|halv\w+|half|twice|zero|number\sone|two|three|four|five|six|seven|eight|nine|ten
        |twelve|twenty|thirty|forty|fifty|dozens?|hundreds?|thousands?|millions?|billions?)\b
"""
WISH = r"""
    提升 | 提高 | 增强 | 扩大 | 加强 | 改善 | 优化 | 打造 | 推动 | 促进
    | \b(rais|increas|improv|enhanc|strengthen|boost|grow|expand|promot|build)(e|es|s|ing)?\b
"""
OUTCOME = r"""
    ^(提升|提高|增强|扩大|加强|改善|促进|拉动|带动).*
        (知名度|影响力|美誉度|认知度?|声量|曝光量?|流量|销量|销售额?|业绩|转化率?|复购率?|留存率?|粘性|满意度|形象|份额|口碑)$
    | ^(rais|increas|improv|enhanc|strengthen|boost|grow|driv)(e|ing)?\b.*
        \b(awareness|sales|revenue|traffic|conversions?|engagement|visibility|reach|loyalty|image|reputation|exposure)$
"""
EMPTY = r"""
    (做好?|搞好?|抓好|开展|进行|推进|推动|负责|跟进|落实|执行|加强|持续|继续|完成|组织|实施|协助|配合|安排|处理|管理|维护|支持
    |对接|协调|沟通|准备|筹备|策划|优化
    |线上|线下|全渠道|各?渠道|品牌|市场|产品|新品|商品|用户|客户|会员|媒体|社交|社媒|内容|广告|数字|整合
    |前期|中期|后期|日常|整体|全面|各项|相关|一下|一些|部分
    |推广|宣传|运营|营销|活动|引流|投放|直播|设计|文案|传播|造势|预热|促销|拓展|项目|物料|素材|落地|事宜|事项|工作
    |[的和与及等了、,，。\s])+
    |
    ((do|make|handle|start|run|manage|execute|prepare|organi[sz]e|coordinate|support|continue|conduct|complete|finish
    |ensure|follow|up|carry|out|promot(e|ion)|plan(?=\s)|optimi[sz](e|ation)|coordination|communication
    |the|our|an?|some|all|any|of|on|for|and|with|new|general|various|other|daily|overall
    |online|offline|digital|social|brand|product|content|e?mail|influencer|market
    |marketing|advertising|ads?|pr|media|operations?|campaigns?|activit(y|ies)|events?|preparations?|design|copy
    |things|stuff|work|tasks?)([\s.,&/-]+|$))+
"""
FUNCTION = r"""(
    市场|营销|品牌|宣传|推广|销售|运营|设计|技术|产品|研发|策划|企划|公关|媒介|客服|财务|法务|采购|行政|人事|数据|内容|渠道|电商
    |\b(marketing|sales|design|product|finance|legal|operations|procurement|engineering|communications|content|media
    |customer\sservice|e-?commerce|IT|HR|PR|R&D)\b)"""
POST = rf"{FUNCTION}(\s*([与和及、/&,+]|\band\b)\s*{FUNCTION})+"
BELONGING = r"\s(of|in|from|at|for)\s.*$"
GROUP = rf"""
    ^(总部|本部|大家)$ | .{{2}}[部组局]$ | {FUNCTION}[科处室办]$ | ^(各|全体|全员|所有|相关|有关)
    | (部门|团队|中心|公司|集团|事业群|委员会|工作室|办公室|办事处|供应商|代理商|门店|人员|同事|成员|们)$
    | ^(all|everyone|everybody)\b | ^(the\s)?team(\s\w)?$
    | \b(team|department|dept\.?|group|division|unit|office|committee|crew|agency|company|staff|colleagues
        |members)$
"""
SEVERAL = r"""
    [、，;；+] | &(?!(?<=R&)D\b) | \s(and|与|和|及)\s
    | ,(?!\s*(jr|sr|ph\.?d|mba|dr|c[a-z]o|vp|head|director|manager|lead)\b)
    | ^[\u4e00-\u9fff*]{2,}[与和及][\u4e00-\u9fff*]{2,}$
    | [\u4e00-\u9fff*]\s*/\s*[\u4e00-\u9fff] | [a-z.]\s*/\s*[a-z]
"""
UNNAMED = {"待定", "未定", "暂缺", "tbd", "tba", "n/a", "?", "？", "xx", "xxx"}


def _says(pattern: str, text: str) -> bool:
    """Return whether ``pattern`` occurs; it is compiled when first asked for, most commands never do."""
    return re.search(pattern, text, EITHER) is not None


def _without(pattern: str, text: str, instead: str = "") -> str:
    return re.sub(pattern, instead, text, flags=EITHER)


def has_figure(text: str) -> bool:
    """Return whether ``text`` says how much, and not only when, where or for whom."""
    return _says(FIGURE, _without(NO_MEASURE, text, " "))


def is_wish(goal: str) -> bool:
    """Return whether ``goal`` says that something shall be better."""
    return _says(WISH, goal)


def names_no_action(title: str) -> bool:
    """Return whether ``title`` is made of empty words, or is a wish without a figure."""
    title = title.strip()
    empty = re.fullmatch(EMPTY, title, EITHER) is not None
    return empty or (_says(OUTCOME, title) and not has_figure(title))


def is_group(name: str) -> bool:
    """Return whether ``name`` is a department, a team or several people.

    "市场与销售总监" is one post: functions that are joined count as one.
    """
    plain = _without(BELONGING, _without(POST, name.strip()[:LONGEST_NAME], "市场"))
    return _says(GROUP, plain) or _says(SEVERAL, plain)


def is_function(name: str) -> bool:
    """Return whether ``name`` is no more than what a department does: "sales", "设计"."""
    return re.fullmatch(FUNCTION, _without(POST, name.strip()[:LONGEST_NAME], "市场"), EITHER) is not None


def is_named(name: str | None) -> bool:
    """Return whether somebody is named, and not only a placeholder."""
    return bool(name) and str(name).strip().lower() not in UNNAMED
