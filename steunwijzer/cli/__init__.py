"""The command ``steunwijzer``. Each file is one group of commands."""
