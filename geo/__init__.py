"""From an article to located events."""
