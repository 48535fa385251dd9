"""``python -m bot.flows teken STROOM``: the picture of one flow, as Mermaid text."""

from __future__ import annotations

import argparse
import sys

from bot.flows import load_flows
from bot.flows.drawing import draw
from bot.paths import FLOWS


def main() -> int:
    """Exit code 1 for an unknown flow."""
    parser = argparse.ArgumentParser(description="Tekent een gesprek.")
    parser.add_argument("opdracht", choices=["teken"])
    parser.add_argument("stroom", help="naam van de stroom, bijvoorbeeld pgb_vs_zin")
    arguments = parser.parse_args()
    flows = load_flows(FLOWS)
    if arguments.stroom not in flows:
        print(f"Onbekende stroom. Kies uit: {', '.join(sorted(flows))}", file=sys.stderr)
        return 1
    print(draw(flows[arguments.stroom]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
