"""`python -m deploy`: the command line where the project is not installed, as in its image."""

from deploy.cli import main

if __name__ == "__main__":
    main()
