"""``warn --notify``: who is told what and when, over real servers, and what is kept secret."""

import json
import socketserver
import sys
import threading
from email import message_from_bytes
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mktexec import outbox
from test_history import Past

pytestmark = pytest.mark.usefixtures("own_git")

SECRET = "s3cr3t"  # noqa: S105  # nobody's
HEAD = """\
mktexec: 1
campaign:
  title: 新品线上推广
  period: {start: 2024-07-01, end: 2024-09-30}
  owner: li
  sponsor: qian
  language: zh
people:
  zhang: {name: 张芳, department: 技术部}
  li: {name: 李娜, department: 市场部}
  wang: {name: 王磊, department: 市场部}
  qian: {name: 钱伟}
"""
TASK = """\
  T003:
    title: 会员积分体系上线，覆盖12个积分场景
    owner: zhang
    end: 2024-07-20
    deliverable: 会员积分体系
"""
NOTIFY = """\
notify:
  zhang: {over: MAIL_ZHANG}
  li: {over: MAIL_LI}
  qian: {over: MAIL_QIAN}
"""
PLAN = HEAD + "rules: {record-stale: off}\ntasks:\n" + TASK + NOTIFY
FIRST_DAY, SECOND, THIRD, AFTER, OVERDUE = (f"2024-07-{day}" for day in (21, 22, 23, 24, 25))
TEXT_ZH = """\
张芳：截至 2024-07-23，「新品线上推广」新增 1 项待处理事项

[升级] 会员积分体系上线，覆盖12个积分场景：延误 3 天，应于 2024-07-20 完成（张芳）
→ 请在 24 小时内召开跨部门协调会
请于 2024-07-24 前响应：mktexec ack task-late:T003
"""
TEXT_EN = """\
张芳: 1 new finding as of 2024-07-21 in '新品线上推广'

[remind] 会员积分体系上线，覆盖12个积分场景: 1 d late, due 2024-07-20 (张芳)
→ remind 张芳 in person
to answer: mktexec ack task-late:T003
"""


class Hook(ThreadingHTTPServer):
    """An HTTP server that keeps what is posted, by the last part of the path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.got: list[tuple[str, dict]] = []
        self.status = {"refused": 503}
        self.hold = threading.Event()

    def address(self, name: str, options: str = "") -> str:
        """Return the address of a recipient, with a password in it."""
        return f"json://bot:{SECRET}@127.0.0.1:{self.server_address[1]}/{name}{options}"

    def env(self, **extra: str) -> dict[str, str]:
        """Return the variables of everybody on the team."""
        names = {f"MAIL_{name.upper()}": self.address(name) for name in ("zhang", "li", "wang", "qian")}
        return names | extra

    @property
    def told(self) -> list[str]:
        """Who got a message, in the order of the messages."""
        return [name for name, _ in self.got]


class Answer(BaseHTTPRequestHandler):
    """Keeps a message; answers with the status of its recipient."""

    def do_POST(self) -> None:
        """Take one message."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name = self.path.strip("/").split("?")[0]
        if name == "silent":
            self.server.hold.wait(20)
        if name not in self.server.status:
            self.server.got.append((name, body))
        self.send_response(self.server.status.get(name, 200))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Letters(socketserver.ThreadingTCPServer):
    """An SMTP server that keeps letters, and refuses those to ``nobody@example.com``."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Letterbox)
        self.got = []

    def address(self, to: str) -> str:
        """Return the address of a recipient."""
        where = f"127.0.0.1:{self.server_address[1]}"
        return f"mailto://{where}?from=plan@example.com&to={to}&mode=insecure"


class Letterbox(socketserver.StreamRequestHandler):
    """As much of SMTP as a letter needs."""

    def handle(self) -> None:
        """Take letters until the other side has none left."""
        self.say("220 ready")
        while line := self.rfile.readline():
            command = line.strip().lower()
            if command == b"quit":
                return self.say("221 bye")
            if command != b"data":
                self.say("550 no such person" if b"rcpt to:<nobody@" in command else "250 ok")
                continue
            self.say("354 go on")
            letter = b"".join(iter(self.rfile.readline, b".\r\n"))
            self.server.got.append(message_from_bytes(letter))
            self.say("250 kept")
        return None

    def say(self, text: str) -> None:
        """Write one line."""
        self.wfile.write(text.encode() + b"\r\n")


def served(server):
    """Run a server until the test is over."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        if isinstance(server, Hook):
            server.hold.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def hook():
    yield from served(Hook())


@pytest.fixture
def letters():
    yield from served(Letters())


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """Keep the machine's proxies out of the tests."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def plan(tmp_path):
    return written(tmp_path / "plan.yaml", PLAN)


def written(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def notify(run, plan, day, *options, lang="en", **env):
    return run("warn", plan, "--notify", "--as-of", day, "--lang", lang, *options, **env)


# --- what is said, to whom, when ---------------------------------------------------------


def test_a_message_says_what_it_is_what_to_do_by_when_and_how_to_answer(run, plan, hook):
    result = run("warn", plan, "--notify", "--as-of", THIRD, **hook.env())
    assert result.code == 1
    message = dict(hook.got)["zhang"]
    assert message["title"] == "[mktexec] 新品线上推广：升级 1"
    assert message["message"] == TEXT_ZH.rstrip("\n")
    assert result.err.splitlines()[1:] == [
        "已通知 张芳（zhang）（MAIL_ZHANG）",
        "已通知 李娜（li）（MAIL_LI）",
        "已通知 钱伟（qian）（MAIL_QIAN）",
    ]
    assert result.out == run("warn", plan, "--as-of", THIRD).out != ""


def test_the_language_of_the_command_line_wins(run, plan, hook):
    result = notify(run, plan, FIRST_DAY, **hook.env())
    assert result.code == 0
    [(name, message)] = hook.got
    assert name == "zhang"
    assert message["title"] == "[mktexec] 新品线上推广: 1 remind"
    assert message["message"] == TEXT_EN.rstrip("\n")
    assert result.err.splitlines() == ["1 remind", "told 张芳 (zhang) over MAIL_ZHANG"]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2024-07-16", []),  # nothing is found
        ("2024-07-17", ["zhang"]),  # due in three days
        ("2024-07-18", []),
        (FIRST_DAY, ["zhang"]),  # a reminder
        (SECOND, ["zhang", "li"]),  # a warning: the lead, too
        (THIRD, ["zhang", "li", "qian"]),  # a meeting: the sponsor, too
        (AFTER, []),
        (OVERDUE, ["zhang", "li", "qian"]),  # nobody answered by the 24th
        ("2024-07-26", []),
    ],
)
def test_only_what_is_new_or_worse_is_told_and_only_to_whom_it_goes(run, plan, hook, day, told):
    notify(run, plan, day, **hook.env())
    assert hook.told == told


def test_nothing_new_is_said_and_nothing_found_is_silent(run, plan, hook):
    result = notify(run, plan, AFTER, **hook.env())
    assert (result.code, result.err) == (1, "1 escalate\nnothing new, nothing sent\n")
    result = notify(run, plan, "2024-07-16", **hook.env())
    assert (result.code, result.out, result.err) == (0, "", "")


def test_an_answer_that_became_overdue_is_told_also_beside_an_older_one(run, tmp_path, hook):
    second = TASK.replace("T003", "T004").replace("2024-07-20", "2024-07-22")
    plan = written(tmp_path / "plan.yaml", PLAN.replace(NOTIFY, second + NOTIFY))
    notify(run, plan, OVERDUE, **hook.env())
    assert "1 warning without an answer, wanted by 2024-07-24: task-late:T003" in hook.got[0][1]["message"]
    hook.got.clear()
    notify(run, plan, "2024-07-26", **hook.env())  # nothing new: T004 is answerable until today
    assert hook.got == []
    notify(run, plan, "2024-07-27", **hook.env())
    text = dict(hook.got)["zhang"]["message"]
    assert "2 warnings without an answer" in text
    assert "mktexec ack task-late:T003" in text  # what it names is what is answered
    assert text.count("[") == 1


def test_one_message_holds_all_of_a_persons_findings_the_worst_first(run, tmp_path, hook):
    soon = TASK.replace("T003", "T001").replace("2024-07-20", "2024-07-26")
    plan = written(tmp_path / "plan.yaml", PLAN.replace("tasks:\n", "tasks:\n" + soon))
    notify(run, plan, THIRD, **hook.env())
    assert hook.told == ["zhang", "li", "qian"]
    message = dict(hook.got)["zhang"]
    assert message["title"] == "[mktexec] 新品线上推广: 1 escalate, 1 remind"
    levels = [line.split("]")[0] for line in message["message"].split("\n") if line.startswith("[")]
    assert levels == ["[escalate", "[remind"]


def test_a_long_message_ends_with_how_many_more_there_are(run, tmp_path, hook):
    tasks = "".join(TASK.replace("T003", f"T{number}") for number in range(100, 123))
    plan = written(tmp_path / "plan.yaml", PLAN.replace(TASK, tasks))
    notify(run, plan, FIRST_DAY, **hook.env())
    text = hook.got[0][1]["message"]
    assert text.count("[remind]") == 20
    assert text.endswith("\n\n3 more: mktexec warn")


def test_who_has_no_channel_is_told_over_the_department_once(run, tmp_path, hook):
    task = TASK.replace("owner: zhang", "owner: wang\n    collaborators: [设计部, 市场部]")
    notify_ = "notify:\n  市场部: {over: [CHAT_A, CHAT_B]}\n"
    plan = written(tmp_path / "plan.yaml", PLAN.replace(NOTIFY, notify_).replace(TASK, task))
    result = notify(run, plan, SECOND, CHAT_A=hook.address("a"), CHAT_B=hook.address("b"), **hook.env())
    assert hook.told == ["a", "b"]
    assert hook.got[0][1]["message"].startswith("市场部: 1 new finding")
    assert result.err.splitlines()[1:] == [
        "told 市场部 over CHAT_A, CHAT_B",
        "nobody told 设计部: no channel",
        f"  → name one: 'over' under 'notify', in {tmp_path.as_posix()}/.notify.yaml or in the plan",
    ]


@pytest.mark.parametrize(("level", "told"), [("warn", 1), ("escalate", 0), ("off", 0)])
def test_from_which_level_on_somebody_is_told_is_in_the_plan(run, tmp_path, hook, level, told):
    text = PLAN.replace("li: {over: MAIL_LI}", f"li: {{over: MAIL_LI, level: {level}}}")
    result = notify(run, written(tmp_path / "plan.yaml", text), SECOND, **hook.env())
    assert hook.told.count("li") == told
    assert "nobody told" not in result.err


def test_what_nobody_answers_for_is_said(run, tmp_path, hook):
    text = PLAN.replace("  owner: li\n", "").replace("    owner: zhang\n", "")
    result = notify(run, written(tmp_path / "plan.yaml", text), FIRST_DAY, **hook.env())
    assert hook.got == []
    assert "nobody is told of task-late:T003: nobody answers for it\n" in result.err


def test_the_errors_of_a_plan_go_to_the_lead_with_their_place(run, past, hook):
    plan = past.write("plan.yaml", PLAN.replace("owner: zhang", "owner: zang"))
    assert notify(run, plan, AFTER, **hook.env()).code == 1
    [(name, message)] = hook.got
    assert (name, message["title"]) == ("li", "[mktexec] 新品线上推广: 1 error")
    assert message["message"].endswith(f"\n{plan.as_posix()}:17:12")
    assert "ack" not in message["message"]


def test_the_narrowed_findings_are_told(run, tmp_path, hook):
    plan = written(tmp_path / "plan.yaml", PLAN)
    notify(run, plan, THIRD, "--owner", "李娜", **hook.env())
    assert hook.told == ["li"]
    hook.got.clear()
    notify(run, plan, THIRD, "--ignore", "task-late", **hook.env())
    assert hook.got == []
    notify(run, plan, SECOND, "--min-level", "escalate", **hook.env())
    assert hook.got == []


def test_several_plans_give_a_message_each(run, tmp_path, hook):
    plans = [written(tmp_path / name, PLAN) for name in ("a.yaml", "b.yaml")]
    result = run(
        "warn", plans[0], tmp_path / "none.yaml", plans[1], "--notify", "--as-of", FIRST_DAY, **hook.env()
    )
    assert hook.told == ["zhang", "zhang"]
    assert result.code == 3
    assert result.err.count("none.yaml") == 1


def test_a_text_that_is_no_plan_tells_nobody_and_says_so(run, tmp_path, hook):
    plan = written(tmp_path / "plan.yaml", "tasks: [\n")
    result = notify(run, plan, FIRST_DAY, **hook.env())
    assert (result.code, hook.got) == (3, [])
    assert f"nobody is told: {plan.as_posix()} cannot be read as a plan\n" in result.err


# --- since when: a real history -------------------------------------------------------------


@pytest.fixture
def past(tmp_path):
    """A plan whose task was due on the 25th until, on the 22nd, it was said that it had been on the 20th."""
    repository = Past(tmp_path / "repo")
    repository.write("plan.yaml", PLAN.replace("2024-07-20", "2024-07-25"))
    repository.commit_at("2024-07-19T09:00:00+0800")
    repository.write("plan.yaml", PLAN)
    repository.commit_at("2024-07-22T10:00:00+0800")
    return repository


@pytest.mark.parametrize(
    ("day", "since", "told"),
    [
        (SECOND, None, True),  # on the evening before it was still due on the 25th
        (AFTER, None, False),  # as bad as on the 23rd
        (AFTER, "2024-07-23", False),
        (AFTER, SECOND, True),  # it was a warning, and is a meeting
        (AFTER, FIRST_DAY, True),
        (AFTER, "1d", False),
        (AFTER, "2cd", True),
        (AFTER, "1w", True),
        (AFTER, "HEAD", True),  # seen from the 22nd
        (AFTER, "HEAD~1", True),
        ("2024-07-26", "2024-07-25", False),
    ],
)
def test_what_is_new_is_what_was_not_found_in_the_plan_of_that_day(run, past, hook, day, since, told):
    options = ["--since", since] if since else []
    result = notify(run, past.root / "plan.yaml", day, *options, **hook.env())
    assert ("zhang" in hook.told) is told, result.err


def test_a_mark_of_today_is_seen_from_today(run, past, hook):
    past.write("plan.yaml", PLAN.replace("2024-07-20", "2024-07-22"))
    past.commit_at("2024-07-24T08:00:00+0800")
    notify(run, past.root / "plan.yaml", AFTER, "--since", "HEAD", **hook.env())
    assert hook.got == []
    notify(run, past.root / "plan.yaml", AFTER, "--since", "HEAD~1", **hook.env())
    assert hook.got == []  # two days late is no worse than what the 22nd had: a warning
    notify(run, past.root / "plan.yaml", AFTER, "--since", "HEAD~2", **hook.env())
    assert hook.told == ["zhang", "li"]


def test_on_monday_a_working_day_before_is_friday(run, tmp_path, hook):
    text = PLAN.replace("2024-07-20", "2024-07-19").replace(
        "tasks:", "thresholds: {warn: 8, escalate: 9}\ntasks:"
    )
    plan = written(tmp_path / "plan.yaml", text)  # a reminder since Saturday
    monday = SECOND
    for since, told in ((None, ["zhang"]), ("1cd", []), ("1d", ["zhang"]), ("3cd", ["zhang"])):
        hook.got.clear()
        notify(run, plan, monday, *(["--since", since] if since else []), **hook.env())
        assert hook.told == told, since


def test_who_answers_now_is_told_of_what_others_knew(run, past, hook):
    past.write(
        "plan.yaml",
        PLAN.replace("owner: zhang", "owner: wang").replace(
            "  li: {over", "  wang: {over: MAIL_WANG}\n  li: {over"
        ),
    )
    notify(run, past.root / "plan.yaml", AFTER, **hook.env())
    assert hook.told == ["wang"]


def test_a_plan_that_was_not_there_yet_is_told_in_full(run, tmp_path, hook):
    repository = Past(tmp_path / "repo")
    repository.write("README.md", "soon")
    repository.commit_at("2024-07-20T09:00:00+0800")
    plan = repository.write("plan.yaml", PLAN)
    notify(run, plan, AFTER, **hook.env())
    assert hook.got == []  # git does not know it: it is compared with itself
    repository.commit_at("2024-07-24T09:00:00+0800")
    notify(run, plan, AFTER, **hook.env())
    assert hook.told == ["zhang", "li", "qian"]


def test_a_clone_without_the_history_says_how_it_gets_it_and_tells_nobody(run, past, hook, tmp_path):
    past("clone", "--quiet", "--depth=1", past.root.as_uri(), tmp_path / "clone")
    result = notify(run, tmp_path / "clone" / "plan.yaml", SECOND, **hook.env())
    assert (result.code, hook.got) == (3, [])
    assert "fetch-depth: 0" in result.err


@pytest.mark.parametrize("since", [AFTER, "2024-08-01", "0d", "0cd"])
def test_a_day_that_is_not_before_is_refused(run, plan, hook, since):
    result = notify(run, plan, AFTER, "--since", since, **hook.env())
    assert (result.code, hook.got) == (2, [])
    assert f"--since lies before the day that is looked from, {AFTER}" in result.err


def test_a_revision_that_git_does_not_know_is_refused(run, past, hook):
    result = notify(run, past.root / "plan.yaml", THIRD, "--since", "v9", **hook.env())
    assert (result.code, hook.got) == (3, [])
    assert "git knows no revision 'v9' here" in result.err


@pytest.mark.parametrize("options", [["--dry-run"], ["--since", "3d"]])
def test_options_of_telling_need_notify(run, plan, options):
    assert run("warn", plan, *options).code == 2


# --- what may go wrong, and what is kept secret ---------------------------------------------


def test_a_failure_is_said_the_others_are_told_and_the_address_is_nowhere(run, plan, hook):
    env = hook.env(MAIL_ZHANG=hook.address("refused"), MAIL_QIAN="telnet://bot:" + SECRET)
    result = notify(run, plan, THIRD, **env)
    assert hook.told == ["li"]
    assert result.code == 3
    assert result.err.splitlines()[1:] == [
        "张芳 (zhang) was not told over MAIL_ZHANG: the server answered 503",
        "told 李娜 (li) over MAIL_LI",
        "钱伟 (qian) was not told over MAIL_QIAN: it holds no address that apprise knows",
    ]
    assert SECRET not in result.out + result.err


def test_in_a_process_of_its_own_nothing_else_speaks_either(run, plan, hook):
    env = hook.env(MAIL_ZHANG=hook.address("refused"), MAIL_LI="json://bot:s3cr3t@127.0.0.1:9/x")
    env |= {"LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "always"}
    result = run.process("warn", plan, "--notify", "--as-of", THIRD, "--lang", "en", env=env)
    assert result.returncode == 3
    told = result.stderr.decode().splitlines()[1:]
    assert told == [
        "张芳 (zhang) was not told over MAIL_ZHANG: the server answered 503",
        "李娜 (li) was not told over MAIL_LI: the server could not be reached, or did not take it",
        "told 钱伟 (qian) over MAIL_QIAN",
    ]
    assert b"127.0.0.1" not in result.stdout + result.stderr


def test_a_variable_that_is_not_set_is_named_and_the_others_are_used(run, plan, hook):
    env = hook.env()
    del env["MAIL_LI"]
    result = notify(run, plan, SECOND, **env)
    assert (result.code, hook.told) == (3, ["zhang"])
    assert "李娜 (li) was not told over MAIL_LI: the variable is not set\n" in result.err


def test_a_server_that_does_not_answer_is_given_up(run, plan, hook, monkeypatch):
    env = hook.env(MAIL_ZHANG=hook.address("silent", "?rto=0.2"))
    result = notify(run, plan, FIRST_DAY, **env)
    assert (result.code, "was not told over MAIL_ZHANG" in result.err) == (3, True)
    monkeypatch.setattr(outbox, "LONGEST", 0.2)
    result = notify(run, plan, FIRST_DAY, **hook.env(MAIL_ZHANG=hook.address("silent", "?rto=15")))
    assert (result.code, result.err.endswith(": no answer within 0.2 s\n")) == (3, True)


def test_a_message_that_is_too_long_for_a_chat_goes_in_parts_that_are_not(run, tmp_path, hook, monkeypatch):
    from apprise.plugins.wecombot import NotifyWeComBot

    url = f"http://127.0.0.1:{hook.server_address[1]}/wecom?key={{key}}"
    monkeypatch.setattr(NotifyWeComBot, "notify_url", url)
    monkeypatch.setattr(NotifyWeComBot, "request_rate_per_sec", 0)
    tasks = "".join(TASK.replace("T003", f"T{number}") for number in range(100, 120))
    plan = written(tmp_path / "plan.yaml", PLAN.replace(TASK, tasks))
    result = notify(run, plan, FIRST_DAY, lang="zh", MAIL_ZHANG="wecombot://" + SECRET)
    assert result.err.endswith("已通知 张芳（zhang）（MAIL_ZHANG）\n")
    parts = [body["text"]["content"] for _, body in hook.got]
    assert len(parts) > 1
    assert max(len(part.encode()) for part in parts) <= 2048
    assert [f"task-late:T{number}" in "".join(parts) for number in range(100, 120)] == [True] * 20


def test_what_apprise_raises_is_not_shown(run, plan, hook, monkeypatch):
    import apprise

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(hook.address("zhang"))

    for method in ("add", "notify"):
        with monkeypatch.context() as patch:
            patch.setattr(apprise.Apprise, method, broken)
            result = notify(run, plan, FIRST_DAY, **hook.env())
        assert result.code == 3
        assert SECRET not in result.out + result.err


def test_without_apprise_it_is_said_how_to_get_it(run, plan, hook, monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)
    result = notify(run, plan, FIRST_DAY, **hook.env())
    assert result.code == 3
    assert 'pip install "mktexec[notify]"' in result.err
    assert notify(run, plan, AFTER, **hook.env()).code == 1  # nothing to send needs nothing


def test_a_dry_run_shows_every_message_and_sends_none(run, plan, hook):
    env = hook.env()
    del env["MAIL_LI"]
    result = notify(run, plan, SECOND, "--dry-run", **env)
    assert (result.code, hook.got) == (3, [])
    assert result.out.startswith(
        "To       张芳 (zhang)\n"
        "Over     MAIL_ZHANG\n"
        "Subject  [mktexec] 新品线上推广: 1 warn\n"
        "\n"
        "    张芳: 1 new finding as of 2024-07-22 in '新品线上推广'\n"
    )
    assert result.out.count("Subject") == 2
    assert result.err == "李娜 (li) was not told over MAIL_LI: the variable is not set\n"
    assert SECRET not in result.out


def test_a_dry_run_that_would_reach_everybody_is_well(run, plan, hook):
    result = notify(run, plan, SECOND, "--dry-run", lang="zh", **hook.env())
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[:3] == [
        "收件人  张芳（zhang）",
        "通过    MAIL_ZHANG",
        "主题    [mktexec] 新品线上推广：预警 1",
    ]


def test_plan_texts_are_data_in_a_message(run, tmp_path, hook):
    title = r'"<script>@everyone <!channel> \e[31m上线\r\nBcc: x@example.com <3 &amp; **12**"'
    text = PLAN.replace("会员积分体系上线，覆盖12个积分场景", title)
    notify(run, written(tmp_path / "plan.yaml", text), FIRST_DAY, **hook.env())
    line = hook.got[0][1]["message"].split("\n")[2]
    assert line.startswith(
        "[remind] ＜script>＠everyone ＜!channel> [31m上线 Bcc: x＠example.com ＜3 &amp; **12**: 1 d late"
    )


# --- mail -----------------------------------------------------------------------------------


def test_a_letter_is_plain_text_with_one_subject(run, tmp_path, letters):
    text = PLAN.replace("title: 新品线上推广", r'title: "上线\r\nBcc: x@example.com"')
    plan = written(tmp_path / "plan.yaml", text)
    address = letters.address("zhang@example.com")
    result = notify(run, plan, FIRST_DAY, MAIL_ZHANG=address)
    assert result.err.endswith("told 张芳 (zhang) over MAIL_ZHANG\n")
    [letter] = letters.got
    subject = str(make_header(decode_header(letter["Subject"])))
    assert subject == "[mktexec] 上线 Bcc: x＠example.com: 1 remind"
    assert (letter["To"], letter["Bcc"]) == ("zhang@example.com", None)
    assert letter.get_content_type() == "text/plain"
    body = letter.get_payload(decode=True).decode().replace("\r\n", "\n").rstrip("\n")
    assert body == TEXT_EN.replace("新品线上推广", "上线 Bcc: x＠example.com").rstrip("\n")


def test_a_letter_that_is_refused_is_said(run, plan, letters):
    result = notify(run, plan, FIRST_DAY, MAIL_ZHANG=letters.address("nobody@example.com"))
    assert (result.code, letters.got) == (3, [])
    assert "张芳 (zhang) was not told over MAIL_ZHANG: " in result.err
    assert "example.com" not in result.err


# --- the local file -------------------------------------------------------------------------


def test_the_file_beside_the_plan_wins_entry_by_entry(run, plan, hook):
    written(plan.parent / ".notify.yaml", "notify:\n  zhang: {over: DESK}\n")
    notify(run, plan, SECOND, DESK=hook.address("desk"), **hook.env())
    assert hook.told == ["desk", "li"]


def test_the_file_of_a_folder_lies_beside_it_and_is_no_part_of_the_plan(run, tmp_path, hook):
    written(tmp_path / "plan" / "plan.yml", PLAN)
    written(tmp_path / ".notify.yaml", "notify:\n  zhang: {over: DESK}\n")
    for where, cwd in (("plan", tmp_path), (".", tmp_path / "plan"), (tmp_path / "plan", tmp_path)):
        hook.got.clear()
        env = hook.env(DESK=hook.address("desk"))
        run("warn", where, "--notify", "--as-of", FIRST_DAY, cwd=cwd, **env)
        assert hook.told == ["desk"], where


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("notify:\n  zhang: {ober: DESK}\n", "2:11", "ober"),
        ("notify:\n  zhang: {over: DESK, level: loud}\n", "2:30", "loud"),
        ("notify:\n  zhang: DESK\n", "2:10", "map"),
        ("notify:\n  zhang: {over: DESK\n", "2:10", "not closed"),
        ("zhang: {over: DESK}\n", "1:1", "'notify' only"),
        ("- zhang\n", "1:1", "'notify' only"),
        ("notify:\n  zhang: {over: [DESK, 'json://u:s3cr3t@127.0.0.1']}\n", "2:3", "variable"),
        ("notify:\n  zhang: {'json://u:s3cr3t@127.0.0.1': DESK}\n", "2:11", "…"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_at_its_place_and_nobody_is_told(
    run, plan, hook, text, place, said
):
    file = written(plan.parent / ".notify.yaml", text)
    result = notify(run, plan, SECOND, **hook.env(DESK=hook.address("desk")))
    assert (result.code, hook.got) == (3, [])
    assert f"{file.as_posix()}:{place}: " in result.err
    assert said in result.err
    assert SECRET not in result.out + result.err


def test_an_address_in_the_plan_is_refused_and_shown_nowhere(run, tmp_path, hook):
    text = PLAN.replace("MAIL_ZHANG", '"' + hook.address("zhang") + '"')
    plan = written(tmp_path / "plan.yaml", text)
    told = notify(run, plan, FIRST_DAY, **hook.env())
    shown = notify(run, plan, FIRST_DAY, "--dry-run", **hook.env())
    assert (told.code, shown.code, hook.got) == (3, 3, [])
    line = "张芳 (zhang) was not told: 'notify' holds something else than names of variables\n"
    assert told.err.endswith(line)
    assert shown.err.endswith(line)
    assert "Over     (no name of a variable)\n" in shown.out
    checked = run("check", plan, "--lang", "en")
    assert "[notify-address]" in checked.out
    for result in (told, shown, checked):
        assert SECRET not in result.out + result.err
