from shared.migrating import run_environment

run_environment()
