"""Training: courses and seats, completions, recognition of prior learning."""
