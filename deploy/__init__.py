"""Running the system: the embedded platform, the demo, the command line and the oracle."""
