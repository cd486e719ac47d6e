import pytest

from handlers.blocks.elements import escape, plain_but_code


@pytest.mark.parametrize(
    "address",
    ["https://a.example/~leeds/_guide", "_ann@x.uk", "(https://a.example/_b)", "https://a.example/*_/x."],
)
def test_an_address_stays_the_address_it_is(address):
    assert escape(address) == plain_but_code(address) == address


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("_ann@x.uk_", "_ann@x.uk\u02cd"),
        ("*https://a.example*", "*https://a.example\u2217"),
        ("`https://a.example`", "\u02cbhttps://a.example\u02cb"),
        ("*@channel* _or_ _@ here_", "\u2217@channel\u2217 \u02cdor\u02cd \u02cd@ here\u02cd"),
        ("https://a.example/?b&c=<d>", "https://a.example/?b&amp;c=&lt;d&gt;"),
        ("<!channel> *x*\n> _y_", "&lt;!channel&gt; \u2217x\u2217\n\u00ad&gt; \u02cdy\u02cd"),
    ],
)
def test_nothing_typed_around_an_address_is_formatted_or_links(typed, drawn):
    assert escape(typed) == drawn


def test_code_is_code_only_in_sentences_of_ours():
    assert plain_but_code("Type `/announce *x*`.") == "Type `/announce \u2217x\u2217`."
