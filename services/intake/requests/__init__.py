"""What intake's commands bring: each body with its limits and code lists."""
