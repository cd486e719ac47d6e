"""Calls of tweepy that take more than an id."""

from datetime import datetime
from typing import Any

from coop.publishing import Attempt

PAGE = 20


def post(client: Any, attempt: Attempt, media: list[str]) -> object:
    return client.create_tweet(
        text=attempt.content.text, media_ids=media or None, in_reply_to_tweet_id=attempt.reply_to
    )


def timeline(client: Any, account_id: str, since: datetime, until: datetime | None) -> object:
    return client.get_users_tweets(
        account_id,
        start_time=since,
        end_time=until,
        max_results=PAGE,
        exclude=["retweets"],
        tweet_fields=["created_at", "entities", "note_tweet", "attachments"],
        user_auth=True,
    )
