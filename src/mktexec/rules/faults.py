"""Faults of the text and of its values; the reader of plans finds them."""

from mktexec.i18n import Text as T
from mktexec.rules.registry import fault

_TEXT = T("A plan that is not YAML cannot be read by anybody.", "不是合法 YAML 的计划，谁也读不了。")
_SUBSET = T(
    "Plans use the plain part of YAML, so that every editor and every merge treats them alike.",
    "计划只用 YAML 的朴素子集，任何编辑器和合并工具都能一致处理。",
)
_LIMIT = T("Limits protect CI against files made to exhaust it.", "限制用于防止恶意文件耗尽资源。")
_TYPED = T(
    "Figures and days are computed with, so each must be written in one unmistakable way.",
    "数字和日期要参与计算，所以只有一种不会误解的写法。",
)

fault(
    "not-yaml",
    T("this is not valid YAML: {problem}", "这里不是合法的 YAML（{problem}）"),
    T("fix this place; everything after it is unread", "请修正此处；此后的内容都未读取"),
    _TEXT,
)
fault(
    "conflict-marker",
    T("an unresolved merge conflict", "尚未解决的合并冲突"),
    T(
        "keep one side, delete the <<<<<<<, ======= and >>>>>>> lines",
        "保留一方内容，删除 <<<<<<<、=======、>>>>>>> 三行",
    ),
    _TEXT,
)
fault(
    "bad-encoding",
    T("the file is not UTF-8 (byte {byte})", "文件不是 UTF-8 编码（字节 {byte}）"),
    T("save it as UTF-8", "请另存为 UTF-8"),
    _TEXT,
)
fault(
    "control-character",
    T("an invisible control character {name}", "含有不可见的控制字符 {name}"),
    T("delete it", "请删除该字符"),
    _TEXT,
)
fault(
    "plan-unread",
    message=T("it cannot be read: {why}", "无法读取：{why}"),
    hint=T("name a plan's file or folder", "请指定计划文件或目录"),
    why=T("What cannot be read cannot be judged.", "读不到的计划无从检查。"),
)
fault(
    "empty-plan",
    T("the plan is empty", "计划是空的"),
    T("start one with: mktexec init", "可用 mktexec init 生成"),
    _TEXT,
)
fault(
    "not-a-plan",
    T("a plan is a map of sections; this is {found}", "计划应是由各部分组成的映射；这里是{found}"),
    T(
        "begin with 'mktexec: 1' and 'campaign:'; after a key stands ': ' (half-width colon, space)",
        "以 'mktexec: 1' 和 'campaign:' 开头；键后用半角冒号加空格",
    ),
    _TEXT,
)
fault(
    "two-documents",
    T("a second document begins here", "这里开始了第二个文档"),
    T(
        "a file holds one plan: remove the '---' or split the file",
        "一个文件只放一份计划：删除 '---' 或拆分文件",
    ),
    _SUBSET,
)
fault(
    "yaml-directive",
    T("a %YAML or %TAG directive", "含有 %YAML 或 %TAG 指令"),
    T("remove it; a plan needs none", "请删除；计划不需要它"),
    _SUBSET,
)
fault(
    "yaml-tag",
    T("the tag {tag}", "含有标签 {tag}"),
    T("remove it, or quote the value if it begins with '!'", "请删除；若值以 '!' 开头，请加引号"),
    _SUBSET,
)
fault(
    "undefined-alias",
    T("*{name} is read as an alias, and nothing is named &{name}", "*{name} 被当作别名，但没有 &{name}"),
    T("quote the value: '*{name}'", "请给值加引号：'*{name}'"),
    _SUBSET,
)
fault(
    "alias-loop",
    T("*{name} stands inside itself", "*{name} 引用了自身"),
    T("write the value out", "请直接写出内容"),
    _SUBSET,
)
fault(
    "alias-bomb",
    T("aliases repeat more than {limit} nodes", "别名展开超过 {limit} 个节点"),
    T("write the values out, once each", "请直接写出内容，不要层层引用"),
    _LIMIT,
)
fault(
    "too-deep",
    T("nested deeper than {limit} levels", "嵌套超过 {limit} 层"),
    T("a plan needs at most eight", "计划最多需要 8 层"),
    _LIMIT,
)
fault(
    "too-large",
    T("larger than {limit} MiB", "超过 {limit} MiB"),
    T("split the plan into a folder of files", "请把计划拆成一个目录下的多个文件"),
    _LIMIT,
)
fault(
    "outside-folder",
    T("leads out of the plan's folder", "指向计划目录之外"),
    T("copy the file into the folder", "请把文件复制到计划目录内"),
    T("A plan reads nothing but its own folder.", "计划只读取自己目录下的文件。"),
)
fault(
    "calendar-file-outside",
    T("the calendar file lies outside the project", "日历文件不在项目目录内"),
    T(
        "put it into the plan's folder or the git repository around it, and write a relative path",
        "请把它放进计划目录或所在的 git 仓库，并写相对路径",
    ),
    T("A plan reads nothing but its own project.", "计划只读取自己项目内的文件。"),
)
fault(
    "calendar-file-unread",
    T("cannot read the calendar file {file}: {reason}", "无法读取日历文件 {file}：{reason}"),
    T("correct the path, which counts from the plan's folder", "请改正路径（从计划所在目录算起）"),
    T("Without the days off every date would be wrong.", "缺少放假安排，所有日期都会算错。"),
)
fault(
    "day-outside-year",
    T("{day} does not lie in {year}", "{day} 不在 {year} 年内"),
    T(
        "write it under its own year, a range over New Year under both",
        "请写到所属年份下；跨年的区间拆成两段",
    ),
    T("A year's days off replace those of that year only.", "每年的放假安排只替换当年的日期。"),
)
fault(
    "off-and-worked",
    T("{day} is listed as off and as worked", "{day} 既在 off 中又在 work 中"),
    T("keep it in one of the two lists", "只保留在其中一个列表里"),
    T("A day is either off or worked.", "一天要么放假，要么上班。"),
)
fault(
    "complex-key",
    T("a key that is itself a list, a map or an alias", "键不能是列表、映射或别名"),
    T("quote the value if it begins with '{{', '[' or '*'", "若内容以 '{{'、'[' 或 '*' 开头，请加引号"),
    _SUBSET,
)
fault(
    "bad-merge",
    T("'<<' merges maps only", "'<<' 只能合并映射"),
    T("write the fields out", "请直接写出各字段"),
    _SUBSET,
)
fault(
    "duplicate-key",
    T("{key} stands here twice, first in line {first}", "{key} 重复，首次出现在第 {first} 行"),
    T("keep one of them; only the first was read", "只保留一处；当前读取的是第一处"),
    T("Of two equal keys one would be lost without a word.", "重复的键会使其中一处悄悄丢失。"),
)
fault(
    "duplicate-id",
    T("{key} is already in {first}", "{key} 已在 {first} 定义"),
    T("keep one of them", "只保留一处"),
    T("An id names one entry of the whole plan.", "编号在整个计划中只能对应一项。"),
)
fault(
    "bad-version",
    T("format version {value} is not known", "不认识的格式版本 {value}"),
    T("write 'mktexec: 1'", "请写 'mktexec: 1'"),
    T("The version says how the file is to be read.", "格式版本决定了文件的读法。"),
)
fault(
    "missing-field",
    T("{field} is missing", "缺少 {field}"),
    T("add '{field}: …'", "请补上 '{field}: …'"),
    T("Without it the entry means nothing.", "缺少它，这一项没有意义。"),
)
fault(
    "empty-value",
    T("{field} is empty", "{field} 为空"),
    T("fill it in, or remove the line", "请填写，或删除该行"),
    T("Without it the entry means nothing.", "缺少它，这一项没有意义。"),
)
fault(
    "unknown-key",
    T("{key} is not a field of {where}", "{where} 没有 {key} 这个字段"),
    T("see 'mktexec schema'; your own keys begin with x-", "参见 mktexec schema；自定义键请以 x- 开头"),
    T("A misspelt key would be ignored without a word.", "写错的键会被悄悄忽略。"),
)
fault(
    "wrong-type",
    T("expected {expected}, found {found}", "这里应为{expected}，实际是{found}"),
    T("see 'mktexec schema' for the form of each field", "各字段的写法见 mktexec schema"),
    _TYPED,
)
fault(
    "bad-id",
    T("{value} cannot be an id", "{value} 不能作编号"),
    T(
        "ids have letters, digits, - and _, no spaces or dots",
        "编号由字母、汉字、数字、- 和 _ 组成，不含空格和点",
    ),
    T("Ids are addresses: tasks.T001.progress.", "编号用作地址：tasks.T001.progress。"),
)
fault(
    "bad-day",
    T("{value} is not a day", "{value} 不是日期"),
    T("write 2024-07-15", "请写成 2024-07-15"),
    _TYPED,
)
fault(
    "bad-duration",
    T("{value} is not a duration", "{value} 不是工期"),
    T("write 5d (working days), 2w or 3cd (calendar days)", "请写成 5d（工作日）、2w 或 3cd（自然日）"),
    _TYPED,
)
fault(
    "bad-hours",
    T("{value} is not a response time", "{value} 不是响应时限"),
    T("write 48h or 2d", "请写成 48h 或 2d"),
    _TYPED,
)
fault(
    "bad-dependency",
    T("{value} is not a dependency", "{value} 不是前置关系"),
    T("write T002, 'T002 +2d' or 'T002 SS +1d'", "请写成 T002、'T002 +2d' 或 'T002 SS +1d'"),
    _TYPED,
)
fault(
    "bad-amount",
    T("{value} is not an amount", "{value} 不是数值"),
    T("write plain digits: 1234.5", "请只写数字：1234.5"),
    _TYPED,
)
fault(
    "bad-count",
    T("{value} is not a whole number", "{value} 不是整数"),
    T("write digits only", "请只写数字"),
    _TYPED,
)
fault(
    "bad-yes-no",
    T("{value} is neither yes nor no", "{value} 不是 是/否"),
    T("write true or false", "请写 true 或 false"),
    _TYPED,
)
fault(
    "bad-progress",
    T("{value} is not a progress", "{value} 不是进度"),
    T("write 0 to 100, or a count: 18/20", "请写 0 到 100，或计数：18/20"),
    _TYPED,
)
fault(
    "bad-percent",
    T("{value} is not a percentage", "{value} 不是百分比"),
    T("write 0 to 100", "请写 0 到 100"),
    _TYPED,
)
fault(
    "bad-choice",
    T("{value} is none of: {choices}", "{value} 不在可选值中：{choices}"),
    T("choose one of them", "请从中选一个"),
    T("Only known words can be counted and filtered.", "只有约定的词才能统计和筛选。"),
)

_COUNTED = T("A relative date needs something to count from.", "相对日期需要有起算点。")

fault(
    "unknown-anchor",
    T("there is no day, milestone or phase {ref}", "没有名为 {ref} 的日期、里程碑或阶段"),
    T(
        "write a day as 2024-07-15, name it under campaign.milestones, or give the milestone task a day",
        "日期请写成 2024-07-15；或在 campaign.milestones 中定义该名称；里程碑任务须自带日期",
    ),
    _COUNTED,
)
fault(
    "anchor-loop",
    T("these days count from each other: {loop}", "这些日期互为起算点：{loop}"),
    T("write one of them as a day", "请把其中一个写成具体日期"),
    _COUNTED,
)
fault(
    "day-out-of-range",
    T("{when} lies outside the years 1990 to 2199", "{when} 超出 1990 至 2199 年"),
    T("look for a number with too many digits", "请检查数字是否多写了位数"),
    _COUNTED,
)
