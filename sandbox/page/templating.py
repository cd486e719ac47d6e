"""The one template environment. Autoescape is on for every template, whatever its name."""

from jinja2 import Environment, PackageLoader

from sandbox.page.emoji import with_characters

environment = Environment(
    loader=PackageLoader("sandbox.page"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
environment.filters["emoji"] = with_characters
environment.filters["lower_first"] = lambda words: words[:1].lower() + words[1:]
