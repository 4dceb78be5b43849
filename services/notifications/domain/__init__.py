"""The rules of notifications: `wording` (which fact is told in which words) and `telling` (whom, when, when not)."""
