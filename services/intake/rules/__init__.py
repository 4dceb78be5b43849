"""Rules of social protection schemes as dated data, and the facts that they ask for; read by `domain/scheme_rules.py`."""
