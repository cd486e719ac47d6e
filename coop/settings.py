"""What a network decides about itself. Every field is an environment variable of the same name."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

X_PRICES_OF = 2026


class FeePeriod(StrEnum):
    NONE = "none"
    ONCE = "once"
    YEARLY = "yearly"


class JoinApproval(StrEnum):
    AUTOMATIC = "automatic"
    STEERING = "steering"


class LegalForm(StrEnum):
    ASSOCIATION = "association"
    SOCIETY = "society"
    COMPANY = "company"


class Settings(BaseModel):
    """Frozen; money in pence (`fee_pence`) or tenths of a US cent (`x_price_…`), times in minutes.

    A cap (`most_…`) that is None is none; it counts per account, but for the month's, which is US cents in
    all.
    """

    model_config = ConfigDict(frozen=True)

    network_name: str = "our network"
    network_aliases: tuple[str, ...] = ()
    network_timezone: str = "Europe/London"
    network_colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] = "#1d4f73"
    official_page: str = ""
    public_url: str = ""
    legal_form: LegalForm = LegalForm.ASSOCIATION
    steering_channel: str = ""
    listen_in_channels: bool = True
    voting_words: str = "No vote is planned."
    next_steps: tuple[str, ...] = ()

    join_approval: JoinApproval = JoinApproval.AUTOMATIC
    fee_period: FeePeriod = FeePeriod.NONE
    fee_pence: Annotated[int, Field(ge=0)] = 0
    pay_to: str = ""

    most_per_hour: Annotated[int | None, Field(ge=1)] = None
    most_per_day: Annotated[int | None, Field(ge=1)] = None
    most_cents_per_month: Annotated[int | None, Field(ge=1)] = None
    approvals_needed: Annotated[int, Field(ge=1, le=2)] = 1
    countdown_minutes: Annotated[int, Field(ge=0)] = 10
    lateness_minutes: Annotated[int, Field(ge=1)] = 360
    x_handle: str = ""
    # X's price list as we read it in X_PRICES_OF.
    x_price_post: Annotated[int, Field(ge=0)] = 15
    x_price_post_with_link: Annotated[int, Field(ge=0)] = 200
    x_price_alt_text: Annotated[int, Field(ge=0)] = 5
    x_price_delete: Annotated[int, Field(ge=0)] = 10
    rehearsal: bool = False
    look_after_seconds: tuple[int, ...] = (5, 15, 40, 90, 180, 300)
