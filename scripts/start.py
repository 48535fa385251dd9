"""Starts everything and stops everything: engine room and front office, until a resident can get an answer.

Standard library only. The engine keeps nothing, so when it falls over it is simply started again; a front office that
falls over, or an engine that keeps falling over, stops the whole.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from prepare import ENGINE_PYTHON, FRONT_PYTHON, ROOT, CannotPrepare, Steps, prepare

LOGS = ROOT / "var" / "log"
READY_WITHIN = 120.0
MAX_ENGINE_FALLS = 3
FALLS_WITHIN = 60.0


class Part:
    """One running program with its log file."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        self.name, self.command, self.environment = name, command, environment
        self.log = LOGS / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, in a group of its own so that Ctrl-C reaches us first."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        (LOGS / f"{self.name}.pid").write_text(str(self.process.pid), encoding="utf-8")

    def fallen(self) -> bool:
        """Whether it has stopped."""
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """Ask it to stop, and make it when it does not listen."""
        if self.process is None or self.process.poll() is not None:
            return
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(8)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)


def parts(port: int) -> list[Part]:
    """Engine room and front office, on free loopback ports where nobody chose one."""
    engine_port, actions_port = free_port(), free_port()
    environment = {
        "STEUNWIJZER_DEMO": "on",
        **os.environ,
        "PYTHONWARNINGS": "ignore",
        "STEUNWIJZER_PORT": str(port),
        "STEUNWIJZER_ACTIONS_PORT": str(actions_port),
        "STEUNWIJZER_ENGINE_URL": f"http://127.0.0.1:{engine_port}",
    }
    engine = [str(ENGINE_PYTHON), "-m", "bot.server", "--port", str(engine_port)]
    actions = ["--acties", f"http://127.0.0.1:{actions_port}/webhook"]
    return [
        Part("machinekamer", [*engine, *actions], environment),
        Part("frontoffice", [str(FRONT_PYTHON), "-m", "steunwijzer.server"], environment),
    ]


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def check_port(port: int) -> None:
    """Raises :class:`CannotPrepare` when somebody else has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotPrepare(
                f"Poort {port} is bezet (misschien draait Steunwijzer al: kijk op http://127.0.0.1:{port}). "
                f"Stop dat programma, of kies een andere poort: PORT={port + 1} make start"
            ) from error


def is_ready(port: int) -> bool:
    """Whether a real question has been answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/api/v1/ready")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def wait_until_ready(steps: Steps, running: list[Part], port: int) -> None:
    """Wait for the first answer. Raises :class:`CannotPrepare` when a part stops or it takes too long."""
    started = time.monotonic()
    while not is_ready(port):
        for part in running:
            if part.fallen():
                raise CannotPrepare(
                    f"De {part.name} is gestopt. De laatste regels van {part.log.relative_to(ROOT)}:\n{tail(part.log)}"
                )
        if time.monotonic() - started > READY_WITHIN:
            raise CannotPrepare(
                f"Na {READY_WITHIN:.0f} seconden is er nog geen antwoord. Kijk in {LOGS.relative_to(ROOT)}."
            )
        time.sleep(0.2)
    steps.say(
        f"eerste antwoord na {time.monotonic() - started:.1f} s opstarten; hele start {time.monotonic() - steps.started:.1f} s"
    )


def tail(path: Path) -> str:
    """The last lines of a log, indented."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[-12:]
    return "\n".join(f"  {line}" for line in lines)


def watch(steps: Steps, running: list[Part]) -> str:
    """Keep everything running; returns the Dutch reason why it no longer can."""
    falls: list[float] = []
    while True:
        time.sleep(0.5)
        for part in running:
            if not part.fallen():
                continue
            falls = [moment for moment in falls if time.monotonic() - moment < FALLS_WITHIN] + [time.monotonic()]
            if part.name != "machinekamer" or len(falls) > MAX_ENGINE_FALLS:
                return f"De {part.name} is gestopt; alles gaat uit. De laatste regels:\n{tail(part.log)}"
            steps.say(f"de {part.name} viel om en start opnieuw; gesprekken gaan gewoon verder")
            part.start()


def desk_line(port: int) -> str:
    """In a demonstration: where the desk is and how to get in; a real installation has docs/beheer.md."""
    if os.environ.get("STEUNWIJZER_DEMO", "on") != "on":
        return ""
    site = f"http://127.0.0.1:{port}"
    who = '--naam "Uw naam" --email u@voorbeeldstad.example --gemeente GM9999'
    make = f".venv/bin/steunwijzer collega maak {who} --rol teamleider --rol beheerder --adres {site}"
    return f"De balie voor medewerkers: {site}/balie\nEen account daarvoor:      {make}\n"


def _stop_on_signal(*_: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Command line; exit code 1 with a Dutch reason when it cannot start or a part falls over."""
    signal.signal(signal.SIGTERM, _stop_on_signal)
    steps = Steps()
    running: list[Part] = []
    try:
        port = int(os.environ.get("PORT", "8080"))
        check_port(port)
        prepare(steps)
        LOGS.mkdir(parents=True, exist_ok=True)
        steps.say("machinekamer en front office starten")
        running = parts(port)
        for part in running:
            part.log.write_bytes(b"")
            part.start()
        wait_until_ready(steps, running, port)
        print(f"\nSteunwijzer staat klaar: http://127.0.0.1:{port}\n{desk_line(port)}Stoppen: Ctrl-C\n", flush=True)
        print(watch(steps, running), file=sys.stderr)
    except ValueError:
        print(f"PORT moet een getal zijn, niet '{os.environ.get('PORT')}'.", file=sys.stderr)
    except CannotPrepare as problem:
        print(f"\n{problem}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nSteunwijzer stopt.", flush=True)
        return 0
    finally:
        for part in running:
            part.stop()
    return 1


if __name__ == "__main__":
    sys.exit(main())
