import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.page import mrkdwn
from tests.sandbox.page.drawing import NAMES, Reader

LINK = '<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>'
HARMLESS = {"strong", "em", "del", "code", "pre", "blockquote", "ul", "li", "br", "a", "span"}


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("*bold* _slanted_ ~gone~", "<strong>bold</strong> <em>slanted</em> <del>gone</del>"),
        ("*bold and _slanted_*", "<strong>bold and <em>slanted</em></strong>"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("a * b * c", "a * b * c"),
        ("`*not bold*`", "<code>*not bold*</code>"),
        ("```\nif a < b\n```", "<pre>if a &lt; b</pre>"),
        ("one\ntwo", "one<br>two"),
        ("> quoted\n> twice\nafter", "<blockquote>quoted<br>twice</blockquote>after"),
        ("&gt; quoted", "<blockquote>quoted</blockquote>"),
        ("before\n>>> all\nthe rest", "before<blockquote>all<br>the rest</blockquote>"),
        ("• one\n• two", "<ul><li>one</li><li>two</li></ul>"),
        ("fish &amp; chips &lt;3", "fish &amp; chips &lt;3"),
        ("&quot; stays", "&amp;quot; stays"),
        (":tada: and :no-such-name:", "🎉 and :no-such-name:"),
        (":+1::skin-tone-3:", "👍🏼"),
        (
            "<https://a.example/?x=1&amp;y=2|the page>",
            LINK.format("https://a.example/?x=1&amp;y=2", "the page"),
        ),
        ("see https://a.example/x.", f"see {LINK.format('https://a.example/x', 'https://a.example/x')}."),
        ("<mailto:a@b.example|write>", LINK.format("mailto:a@b.example", "write")),
        ("<@U1>", '<span class="mention you">@Asha</span>'),
        ("<@U2>", '<span class="mention">@Bryn &lt;b&gt;bold&lt;/b&gt;</span>'),
        ("<@U9>", '<span class="mention">@somebody</span>'),
        ("<#C1>", '<a class="mention" href="/as/U1/C1">#general</a>'),
        ("<#C9|>", '<span class="mention">private channel</span>'),
        ("<!here>", '<span class="mention">@here</span>'),
        ("<!subteam^S1|@makers>", '<span class="mention">@makers</span>'),
        ("<!date^1806138000^{date_long} at {time}|then>", "Saturday 27 March 2027 at 9:00am"),
        (
            "<!date^1806138000^{date_pretty}^https://a.example|then>",
            LINK.format("https://a.example", "today"),
        ),
        ("<!date^1806138000^{nonsense}|then>", "then"),
        ("<!date^99999999999999^{date}|then>", "then"),
    ],
)
def test_mrkdwn_reads_as_on_slack(typed, drawn):
    assert mrkdwn.draw(typed, NAMES) == drawn


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<javascript:alert(1)|click>",
        "<JaVaScRiPt:alert(1)>",
        "<data:text/html,hi|click>",
        '<https://a.example/"onmouseover="alert(1)|click>',
        "&lt;img src=x onerror=alert(1)&gt;",
        "`<b>`",
        "```<img src=x>```",
        '<@U1" onclick=alert(1)>',
        "<!date^1^<b>|<i>>",
        "<https://a.example|*<b>bold</b>*>",
        "*<b>*",
        "<!subteam^S1|<svg onload=alert(1)>>",
    ],
)
def test_nothing_typed_becomes_markup(typed):
    _is_harmless(mrkdwn.draw(typed, NAMES))


@given(st.text(alphabet=st.sampled_from(list("<>&;|*_~`:!@#^/\"'= \nab1U.https")), max_size=80))
def test_no_text_at_all_becomes_markup(typed):
    _is_harmless(mrkdwn.draw(typed, NAMES))


def _is_harmless(html):
    reader = Reader(html)
    assert not reader.open
    for tag, attributes in reader.tags:
        assert tag in HARMLESS
        assert set(attributes) <= {"class", "href", "target", "rel"}
        address = attributes.get("href") or "https://"
        assert address.lower().startswith(("https://", "http://", "mailto:", "/as/U1/"))
