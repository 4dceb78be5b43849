"""Measurements: the services' real paths, beside a floor in the same run where its files are there."""
