"""``steunwijzer chat`` and ``steunwijzer ask``: a conversation, or one question, in the terminal."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from datetime import UTC, datetime
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from steunwijzer.cli.files import fail
from steunwijzer.cli.local import Running, assistant
from steunwijzer.clock import NETHERLANDS
from steunwijzer.engine import EngineClient, EngineDown, Reply
from steunwijzer.privacy import mask

console = Console()
Municipality = Annotated[
    str | None, typer.Option("--gemeente", help="gemeentecode, bijvoorbeeld GM9999 (Voorbeeldstad)")
]


def ask(
    vraag: Annotated[str, typer.Argument(help="de vraag van een inwoner")],
    gemeente: Municipality = None,
    als_json: Annotated[bool, typer.Option("--json", help="antwoord als JSON")] = False,
) -> None:
    """Stelt één vraag en toont wat er begrepen en geantwoord is."""
    with assistant() as running:
        answer = asyncio.run(_ask(running, vraag, gemeente))
    if als_json:
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    _print_understanding(answer)
    for message in answer["messages"]:
        _print_message(message)


async def _ask(running: Running, question: str, municipality: str | None) -> dict[str, Any]:
    masked = mask(question)
    today = datetime.now(UTC).astimezone(NETHERLANDS).date().isoformat()
    context = {"gemeente": municipality, "vandaag": today, "bemenst": False}
    given = {"type": "text", "text": masked.text.lstrip("/ ") or "?"}
    started = time.perf_counter()
    try:
        async with EngineClient(running.engine, 20) as engine:
            reply = await engine.turn("vraag", {}, given, context)
    except EngineDown as error:
        raise fail("De machinekamer geeft geen antwoord.") from error
    return _answer(question, reply, round((time.perf_counter() - started) * 1000, 1))


def _answer(question: str, reply: Reply, elapsed_ms: float) -> dict[str, Any]:
    safety = reply.parse.get("safety") or {}
    return {
        "text": question,
        "intent": reply.parse.get("intent"),
        "intent_ranking": reply.parse.get("intent_ranking"),
        "entities": reply.parse.get("entities"),
        "safety": {"class": safety.get("class"), "why": safety.get("why", "")},
        "flow": reply.flow,
        "messages": [_message(number, message) for number, message in enumerate(reply.messages, start=1)],
        "elapsed_ms": elapsed_ms,
    }


def _message(number: int, message: dict[str, Any]) -> dict[str, Any]:
    choices = [{"id": str(uuid.uuid4()), "label": choice["label"]} for choice in message.get("choices", [])]
    at = datetime.now(UTC).isoformat()
    fixed = {"id": str(uuid.uuid4()), "seq": number, "from": "assistent", "at": at, "text": message["text"]}
    return {**fixed, "choices": choices, "blocks": message.get("blocks", [])}


def _print_understanding(answer: dict[str, Any]) -> None:
    table = Table(title="Begrepen", show_header=False)
    ranking = ", ".join(f"{item['name']} {item['confidence']:.0%}" for item in answer["intent_ranking"][:4])
    entities = ", ".join(f"{item['entity']}={item['value']}" for item in answer["entities"]) or "geen"
    for row in (
        ("onderwerpen", ranking),
        ("gegevens", entities),
        ("veiligheid", answer["safety"]["class"] or "rustig"),
        ("tijd", f"{answer['elapsed_ms']} ms"),
    ):
        table.add_row(*row)
    console.print(table)


def chat(gemeente: Municipality = None) -> None:
    """Voert een gesprek in de terminal. Typ een vraag, of het nummer van een knop; 'einde' stopt."""
    with assistant() as running, httpx.Client(base_url=f"{running.site}/api/v1", timeout=30) as client:
        begun = _checked(client.post("/conversations", json={"gemeente": gemeente}))
        client.headers["Authorization"] = f"Bearer {begun['token']}"
        choices = _show(begun["messages"])
        while (said := _listen()) is not None:
            given = (
                {"choice": choices[int(said) - 1]}
                if said.isdigit() and 0 < int(said) <= len(choices)
                else {"text": said}
            )
            body = {"client_id": str(uuid.uuid4()), **given}
            answer = _checked(client.post(f"/conversations/{begun['id']}/messages", json=body))
            choices = _show(answer["messages"]) or choices
        client.delete(f"/conversations/{begun['id']}")
    console.print("Dag! Dit gesprek is gewist.")


def _listen() -> str | None:
    """What the resident types; None at the end."""
    try:
        said = console.input("[bold]U:[/bold] ").strip()
    except (EOFError, KeyboardInterrupt):
        return None
    return None if said.lower() in {"einde", "exit", "quit"} else (said or _listen())


def _checked(response: httpx.Response) -> dict[str, Any]:
    if response.is_success:
        body: dict[str, Any] = response.json()
        return body
    problem = response.json()
    raise fail(f"{problem['title']}. {problem['detail']}")


def _show(messages: list[dict[str, Any]]) -> list[str]:
    """Print messages; returns the choice ids in the order of their numbers."""
    choices: list[str] = []
    for message in messages:
        _print_message(message)
        for choice in message["choices"]:
            choices.append(choice["id"])
            console.print(f"  [cyan]{len(choices)}[/cyan] {choice['label']}")
    return choices


def _print_message(message: dict[str, Any]) -> None:
    console.print(Panel(message["text"], title="Steunwijzer", title_align="left", border_style="blue"), markup=False)
