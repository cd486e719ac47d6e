"""What of X is played here, and what is left out. A test holds the tables true."""

from __future__ import annotations

SERVED = {
    "POST /2/tweets": "closed schema, weighted length, duplicates, cashtags, reply rules, credits",
    "DELETE /2/tweets/{id}": "own posts; the text stays taken for the duplicate filter",
    "GET /2/tweets/{id}": "an unknown id answers 200 with errors, as X does",
    "GET /2/users/me": "with x-access-level",
    "GET /2/users/{id}/tweets": "pages, since and until, exclude=replies, lag, both spellings of its fields",
    "POST /2/media/upload": "one request, JSON or multipart; the type is told from the first bytes",
    "GET /2/media/upload": "command=STATUS; how long X reads is a switch",
    "POST /2/media/upload/initialize": "",
    "POST /2/media/upload/{id}/append": "JSON or multipart",
    "POST /2/media/upload/{id}/finalize": "",
    "POST /2/media/metadata": "alt text of at most 1,000 characters",
    "POST /oauth/request_token": "PIN flow only (oauth_callback=oob)",
    "GET /oauth/authorize": "asks which account it is; X takes whoever the browser is signed in as",
    "POST /oauth/authorize": "the button of that page; shows the PIN",
    "POST /oauth/access_token": "",
}

LEFT_OUT = {
    "OAuth 2.0": "neither its tokens nor POST /2/oauth2/token; every call wants an OAuth 1.0a signature",
    "GET /2/tweets": "several posts by id",
    "edits": "edit_options is taken and makes a new post, not an edit",
    "polls, cards, places, communities": "accepted when well formed, kept by nobody",
    "retweets, likes, follows, lists, direct messages, search, streams": "",
    "locked and suspended accounts": "a fault makes a call answer so; no account is in that state",
    "replies that X hides": "",
}
