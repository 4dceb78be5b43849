"""The four services; each its own process and database, none importing another."""
