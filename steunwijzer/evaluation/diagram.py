"""A reliability diagram as SVG: how sure the model is, against how often it is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SIDE, MARGIN = 320, 48


def reliability(bins: Sequence[Mapping[str, float]], ece: float) -> str:
    """``bins``: ``confidence``, ``right`` (shares) and ``n`` of each; a perfect model stands on the diagonal."""
    most = max((row["n"] for row in bins), default=1)
    points = "".join(
        f'<circle cx="{_x(row["confidence"]):.1f}" cy="{_y(row["right"]):.1f}" r="{4 + 8 * (row["n"] / most) ** 0.5:.1f}"/>'
        for row in bins
    )
    line = " ".join(f"{_x(row['confidence']):.1f},{_y(row['right']):.1f}" for row in bins)
    marks = "".join(
        f'<text x="{_x(share):.0f}" y="{_y(0) + 20:.0f}" text-anchor="middle">{share:.0%}</text>'
        f'<text x="{MARGIN - 8}" y="{_y(share) + 4:.0f}" text-anchor="end">{share:.0%}</text>'
        for share in (0.0, 0.5, 1.0)
    )
    size = SIDE + 2 * MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}" role="img" '
        f'aria-label="IJking: zekerheid tegen aandeel goed, verwachte ijkfout {ece:.3f}" font-family="sans-serif" font-size="12">'
        f'<rect width="{size}" height="{size}" fill="#fff"/>'
        f'<rect x="{MARGIN}" y="{MARGIN}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#767676"/>'
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#767676" stroke-dasharray="4 4"/>'
        f'<polyline points="{line}" fill="none" stroke="#154273" stroke-width="2"/><g fill="#154273">{points}</g>{marks}'
        f'<text x="{size / 2:.0f}" y="{size - 8}" text-anchor="middle">zo zeker was het model</text>'
        f'<text x="14" y="{size / 2:.0f}" text-anchor="middle" transform="rotate(-90 14 {size / 2:.0f})">zo vaak was het goed</text>'
        f'<text x="{size / 2:.0f}" y="24" text-anchor="middle">Verwachte ijkfout (ECE): {ece:.3f}</text></svg>\n'
    )


def _x(share: float) -> float:
    return MARGIN + SIDE * share


def _y(share: float) -> float:
    return MARGIN + SIDE * (1 - share)
