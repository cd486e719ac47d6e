"""What a test or the page's own tools ask for over HTTP. Not part of Slack."""
