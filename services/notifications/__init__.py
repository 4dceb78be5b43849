"""Notifications: what returnees are told, in their language, once for each fact."""
