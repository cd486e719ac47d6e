"""The invented workspace everybody starts with: no person, council or channel of it exists."""

from __future__ import annotations

from sandbox.entities import Channel, Person, Team

TEAM = Team(id="T0FENMARCH", name="Fenmarch Digital Network", domain="fenmarch-digital", email_domain="")
OTHER_TEAM = Team(id="T0SALTHOLM", name="Saltholm Council", domain="saltholm", email_domain="")

_TITLES = {
    "asha": "Service designer, Fenmarch Borough Council",
    "bryn": "Content designer, Oxmere District Council",
    "carys": "Delivery manager, Tarnwick Council",
    "dev": "Developer, Fenmarch Borough Council",
    "ebele": "Web officer, Larkbeck Council",
    "finlay": "Data analyst, Oxmere District Council",
    "grace": "Head of digital, Tarnwick Council",
    "hamid": "User researcher, Fenmarch Borough Council",
}


def user_id(name: str) -> str:
    """The id of an invented person, for example U000000ASHA."""
    return f"U{name.upper():0>10}"


def channel_id(name: str) -> str:
    """The id of an invented channel, for example C000GENERAL."""
    return f"C{name.upper():0>10}"


def _person(name: str, real_name: str, part: str) -> Person:
    return Person(
        id=user_id(name),
        name=real_name.lower().replace(" ", ".").replace("'", ""),
        real_name=real_name,
        part=part,
        display_name=real_name.split(maxsplit=1)[0],
        email=f"{name}@fenmarch.example",
        title=_TITLES.get(name, ""),
        team_id=TEAM.id,
    )


def people() -> list[Person]:
    owner = _person("asha", "Asha Pennington", "Steering group, owner of the workspace")
    owner.is_admin = owner.is_owner = True
    guest = _person("ines", "Inês Duarte", "Guest, one channel only")
    guest.is_restricted = guest.is_ultra_restricted = True
    visitor = _person("jonas", "Jonas Vestergaard", "From another organisation (Slack Connect)")
    visitor.team_id, visitor.email, visitor.tz = OTHER_TEAM.id, "", "Europe/Copenhagen"
    gone = _person("kit", "Kit Sandiford", "Left the workspace")
    gone.deleted = True
    robot = _person("rota", "Rota Robot", "Another bot")
    robot.is_bot, robot.bot_id, robot.app_id, robot.email = True, "B000000ROTA", "A000000ROTA", ""
    return [
        owner,
        _person("bryn", "Bryn Callow", "Steering group"),
        _person("carys", "Carys Whitlock", "Steering group"),
        _person("dev", "Dev Marchetti", "Volunteer"),
        _person("ebele", "Ebele Thorne", "Volunteer, new here"),
        _person("finlay", "Finlay O'Shea", "Volunteer"),
        _person("grace", "Grace Abernathy", "Volunteer"),
        _person("hamid", "Hamid Rowntree", "Volunteer"),
        guest,
        visitor,
        gone,
        robot,
    ]


def channels() -> list[Channel]:
    everybody = [p.id for p in people() if p.team_id == TEAM.id and not (p.is_restricted or p.deleted)]
    owner, steering = user_id("asha"), [user_id(name) for name in ("asha", "bryn", "carys")]
    general = Channel(channel_id("general"), "general", purpose="Everybody, about anything", is_general=True)
    news = Channel(channel_id("announce"), "announcements", purpose="News of the network")
    data = Channel(channel_id("opendata"), "open-data", purpose="Publishing and using open data")
    tea = Channel(channel_id("tearoom"), "tea-room", purpose="Not work", is_ext_shared=True)
    inner = Channel(channel_id("steering"), "steering", kind="private", purpose="The steering group")
    for channel, members in (
        (general, everybody),
        (news, everybody),
        (data, [*everybody[:6], user_id("ines")]),
        (tea, [*everybody, user_id("jonas")]),
        (inner, steering),
    ):
        channel.creator, channel.members = owner, dict.fromkeys(members)
    return [general, news, data, tea, inner]


_FIRST = """Ada Bea Cai Dot Eli Fay Gus Hal Ida Jem Kay Lou Mae Ned Oli Pip Rae Sol Tam Una Val Wyn Yas Zed
Amir Bina Ceri Dara Efe Femi""".split()  # noqa: SIM905 - a list literal would be thirty lines
_LAST = """Ashdown Birkett Coldwell Dunmore Eastlake Farrow Greenhalgh Holloway Inglewood Jessop Kershaw
Lockwood Marlow Northcott Oakden Penhale Quarmby Ravensworth Stanhope Tillingham Underhill Varley Wetherby
Yarrow""".split()  # noqa: SIM905 - as above


def extra_person(number: int) -> Person:
    """The nth further volunteer; names repeat after 720, ids and handles never."""
    real_name = f"{_FIRST[number % len(_FIRST)]} {_LAST[number // len(_FIRST) % len(_LAST)]}"
    handle = f"{real_name.lower().replace(' ', '.')}.{number}"
    return Person(
        id=user_id(f"X{number}"),
        name=handle,
        real_name=real_name,
        part="Volunteer",
        email=f"{handle}@fenmarch.example",
        team_id=TEAM.id,
    )
